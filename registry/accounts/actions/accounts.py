"""Who may sign in, and as what. Every change is in the trail, and holds from the person's next request on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry import roles as registry_roles
from registry.accounts import queries, rules
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.memberships.models import Membership
from registry.tasks import actions as tasks
from registry.tasks.models import Task
from registry.trail.actions import events as trail

MANAGE = "registry.manage_people"
#: On the trail of tasks that go back to everyone because of it.
OTHER_ROLES = "The roles of the person have changed."
#: A person who puts off adding a passkey is offered one again after this.
PASSKEY_OFFERED_AGAIN = timedelta(days=90)


@transaction.atomic
def join(person: User, *, role: str = "applicant", by: User | None, at: datetime) -> User:
    """Make somebody who has signed up an applicant or a labour user. Any other role is given by an administrator of people."""
    if role not in registry_roles.OPEN_ROLES:
        raise PermissionDenied(role)
    _give(person, {role})
    trail.record(person, "join", by=by, at=at, roles=[role])
    return person


@transaction.atomic
def appoint_first(*, email: str, name: str, by: User | None, at: datetime) -> User:
    """Let in the first administrator of people of an installation, who invites everybody else. Refused once there is one."""
    refuse_for(rules.appoint_first_blockers(there_is_one=_administrators().exists()))
    return _let_in(email=email, name=name, roles={"people_administrator"}, verb="appoint_first", by=by, at=at)


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Iterable[str], agency: Agency | None = None, by: User, at: datetime
) -> User:
    """Let somebody in with these roles, and write to them how to choose a password. `agency` is the one they answer for.

    The letter carries no key: the person proves that the mailbox is theirs on the page for a new password. Somebody
    who was off-boarded comes back under the reference they had.
    """
    permissions.require(by, MANAGE)
    known = User.objects.select_for_update().filter(email=email.lower()).first()
    refuse_for(rules.invite_blockers(known=known, roles=_known(roles), agency=agency))
    return _let_in(email=email, name=name, roles=_known(roles), agency=agency, verb="invite", by=by, at=at)


@transaction.atomic
def change_roles(person: User, *, roles: Iterable[str], agency: Agency | None = None, by: User, at: datetime) -> User:
    """Give somebody these roles and no others, from their next request on; `agency` is the one they answer for.

    Their open tasks that the new roles do not allow go back to everyone who may do them.
    """
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    before, after = person.roles, _known(roles)
    refuse_for(rules.change_roles_blockers(person, before=before, after=after, agency=agency, by=by))
    _give(person, after)
    person.agency = agency
    person.save(update_fields=["agency"])
    facts: dict[str, Any] = {"roles": sorted(after), "roles_before": sorted(before), **_for_agency(agency)}
    trail.record(person, "change_roles", by=by, at=at, **facts)
    # Read again: a person keeps the permissions with which they were read.
    tasks.release(User.objects.get(pk=person.pk), may_not=True, because=OTHER_ROLES, by=by, at=at)
    _tell(person, "roles_changed", _("Your roles have changed"), at=at, roles=after)
    return person


@transaction.atomic
def change_team(person: User, *, team: str, by: User, at: datetime) -> User:
    """Put somebody into a team, whose cases the work lists show together; an empty name takes them out of any."""
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    refuse_for(rules.manage_person_blockers(person, by=by))
    before, person.team = person.team, team
    person.save(update_fields=["team"])
    trail.record(person, "change_team", by=by, at=at, team=team, team_before=before)
    return person


@transaction.atomic
def take_own_data(person: User, *, by: User, at: datetime) -> User:
    """Note that somebody took a copy of what is held about them."""
    if by.pk != person.pk:
        raise PermissionDenied("own data")
    trail.record(person, "take_own_data", by=by, at=at)
    return person


@transaction.atomic
def reset_second_factor(person: User, *, because: str, by: User, at: datetime) -> User:
    """Take off a second factor that somebody has lost: they are signed out, and set up another when they next sign in."""
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    refuse_for(rules.manage_person_blockers(person, by=by))
    Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    trail.record(person, "reset_second_factor", by=by, at=at, because=because)
    _tell(person, "second_factor_reset", _("Your second factor has been reset"), at=at)
    return person


@transaction.atomic
def off_board(
    person: User, *, because: str, hand_over_to: User | None = None, at_once: bool = False, by: User, at: datetime
) -> User:
    """Shut a person out, from their next request on: sessions, password, second factor, roles, memberships and keys all go.

    Their open tasks go to `hand_over_to`, all or none. `at_once`: they go back to everyone who may do them; without either,
    a person with open tasks is refused. What they did stays on the trail, under their reference.
    """
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    refuse_for(rules.manage_person_blockers(person, by=by))
    given: dict[str, Any] = {}
    if hand_over_to is not None:
        count = tasks.hand_over(person, to=hand_over_to, because=because, by=by, at=at)
        given = {"tasks": count, "handed_over_to": hand_over_to}
    elif at_once:
        given = {"tasks": tasks.release(person, because=because, by=by, at=at)}
    refuse_for(rules.open_task_blockers(Task.objects.open().filter(owner=person).count()))
    tasks.give_back(person, because=because, by=by, at=at)
    before = person.roles
    person.is_active, person.agency = False, None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "agency", "password"])
    person.user_permissions.clear()
    _give(person, frozenset())
    Authenticator.objects.filter(user=person).delete()
    Membership.objects.filter(user=person, until=None).update(until=at)
    person.api_keys.filter(revoked_at=None).update(revoked_at=at)
    _end_sessions(person)
    trail.record(person, "off_board", by=by, at=at, because=because, roles_before=sorted(before), **given)
    return person


@transaction.atomic
def end_other_sessions(person: User, *, here: str, by: User, at: datetime) -> User:
    """Sign somebody out in every browser but the one whose session is `here` (docs/rules.md T18)."""
    _end_sessions(person, but=here)
    trail.record(person, "end_other_sessions", by=by, at=at)
    return person


@transaction.atomic
def set_up_second_factor(person: User, *, by: User, at: datetime) -> User:
    """Write down that somebody has set up a second factor of their own."""
    trail.record(person, "set_up_second_factor", by=by, at=at)
    return person


@transaction.atomic
def add_passkey(person: User, *, by: User, at: datetime) -> User:
    """Write down that somebody can sign in with one more passkey."""
    trail.record(person, "add_passkey", by=by, at=at)
    return person


@transaction.atomic
def put_off_passkey(person: User, *, by: User, at: datetime) -> User:
    """Offer this person no passkey for 90 days, in any browser. Nothing rests on it, so the trail does not say it."""
    person.passkey_offer_from = timezone.localdate(at) + PASSKEY_OFFERED_AGAIN
    person.save(update_fields=["passkey_offer_from"])
    return person


@transaction.atomic
def remove_passkey(person: User, *, by: User, at: datetime) -> User:
    """Write down that somebody can sign in with a passkey no longer."""
    trail.record(person, "remove_passkey", by=by, at=at)
    return person


@transaction.atomic
def set_password(person: User, *, password: str, by: User | None, at: datetime) -> User:
    """Set a new password, which ends every other session of this person. The trail says that, never what it is."""
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record(person, "set_password", by=by, at=at)
    return person


def _end_sessions(person: User, *, but: str = "") -> None:
    """Sign the person out everywhere, or in all sessions but one."""
    Session.objects.filter(pk__in=queries.session_keys_of(person)).exclude(pk=but).delete()


def _let_in(
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    agency: Agency | None = None,
    verb: str,
    by: User | None,
    at: datetime,
) -> User:
    person = User.objects.filter(email=email.lower()).first() or User(email=email.lower(), joined_at=at)
    person.name, person.is_active, person.agency = name, True, agency
    person.set_unusable_password()
    person.save()
    # Not verified before the code that is sent there comes back.
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    _give(person, roles)
    trail.record(person, verb, by=by, at=at, roles=sorted(roles), **_for_agency(agency))
    _tell(person, "invitation", _("You have been given access"), at=at, roles=roles)
    return person


def _for_agency(agency: Agency | None) -> dict[str, Any]:
    return {"agency": agency} if agency else {}


def _administrators() -> Any:
    return User.objects.filter(groups__name="people_administrator", is_active=True)


def _known(roles: Iterable[str]) -> frozenset[str]:
    """Roles that a person may hold; a name that is none of them is a mistake of the caller."""
    if unknown := set(roles) - registry_roles.GIVEN_ROLES:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    return frozenset(roles)


def _give(person: User, roles: Iterable[str]) -> None:
    person.groups.set(Group.objects.filter(name__in=roles))
    person.__dict__.pop("_roles", None)


def _tell(person: User, template: str, subject: Promise, *, at: datetime, roles: Iterable[str] = ()) -> None:
    with translation.override(person.language):
        titles = [str(registry_roles.ROLES[role].title) for role in sorted(roles)]
    sending.queue(
        f"registry/letters/{template}.html",
        to=person,
        subject=subject,
        facts={"roles": titles},
        about=person.reference,
        at=at,
    )
