"""Who may sign in, and as what. Every change is in the trail, and holds from the person's next request on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from registry import permissions, powers
from registry import roles as registry_roles
from registry.accounts import rules
from registry.accounts.actions import access
from registry.accounts.models import AccessKind, User
from registry.accounts.states import MANAGE
from registry.agencies.models import Agency
from registry.errors import refuse_for
from registry.tasks import actions as tasks
from registry.tasks.models import Task
from registry.trail.actions import events as trail

#: A person who puts off adding a passkey is offered one again after this.
PASSKEY_OFFERED_AGAIN = timedelta(days=90)


@transaction.atomic
def join(person: User, *, role: str = "applicant", by: User | None, at: datetime) -> User:
    """Make somebody who has signed up an applicant or a labour user. Any other role is given by an administrator of people."""
    if role not in registry_roles.OPEN_ROLES:
        raise PermissionDenied(role)
    access.give(person, roles={role}, by=by, at=at)
    trail.record(person, "join", by=by, at=at, roles=[role])
    return person


@transaction.atomic
def appoint_first(*, email: str, name: str, by: User | None, at: datetime) -> User:
    """Let in one of the first two administrators of people of an installation. Refused once there are two with access."""
    refuse_for(rules.appoint_first_blockers(there_are=_administrators().count()))
    return access.let_in(email=email, name=name, roles={"people_administrator"}, verb="appoint_first", by=by, at=at)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    agency: Agency | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> User:
    """Let somebody in with these roles, and write to them how to choose a password. `agency` is the one they answer for.

    With a role that takes two administrators they are let in when another has approved it; before, nothing is written to
    them. The letter carries no key: the person proves that the mailbox is theirs on the page for a new password. Somebody
    who was off-boarded comes back under the reference they had.
    """
    permissions.require(by, MANAGE)
    known, wanted = User.objects.select_for_update().filter(email=email.lower()).first(), _known(roles)
    refuse_for(rules.invite_blockers(known=known, roles=wanted, agency=agency))
    if not wanted & powers.TAKES_TWO:
        return access.let_in(email=email, name=name, roles=wanted, agency=agency, verb="invite", by=by, at=at)
    person = known or User(email=email.lower(), joined_at=at)
    person.name, person.is_active = name, False
    person.save()
    access.ask(person, AccessKind.ROLES, roles=wanted, agency=agency, because=because, by=by, at=at)
    return person


@transaction.atomic
def change_roles(
    person: User,
    *,
    roles: Iterable[str],
    agency: Agency | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> User:
    """Give somebody these roles and no others, from their next request on; `agency` is the one they answer for.

    A change that adds a role that takes two administrators waits, as a whole, until another has approved it. Their open
    tasks that the new roles do not allow go back to everyone who may do them.
    """
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    before, after = person.roles, _known(roles)
    refuse_for(rules.change_roles_blockers(person, before=before, after=after, agency=agency, by=by))
    if (after - before) & powers.TAKES_TWO:
        access.ask(person, AccessKind.ROLES, roles=after, agency=agency, because=because, by=by, at=at)
        return person
    return access.change(person, roles=after, agency=agency, by=by, at=at)


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
    """Take off a second factor that somebody has lost: they are signed out, and set up another when they next sign in.

    Of somebody who works for the authority another administrator must approve it first.
    """
    permissions.require(by, MANAGE)
    person = trail.locked(person)
    refuse_for(rules.manage_person_blockers(person, by=by))
    refuse_for(rules.waiting_blockers(person))
    if permissions.is_staff(person):
        access.ask(person, AccessKind.SECOND_FACTOR, because=because, by=by, at=at)
        return person
    return access.take_off_factor(person, because=because, by=by, at=at)


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
    return access.shut_out(person, because=because, by=by, at=at, **given)


@transaction.atomic
def end_other_sessions(person: User, *, here: str, by: User, at: datetime) -> User:
    """Sign somebody out in every browser but the one whose session is `here` (docs/rules.md T18)."""
    access.sign_out(person, but=here, by=by, at=at)
    trail.record(person, "end_other_sessions", by=by, at=at)
    return person


@transaction.atomic
def note_factor(person: User, *, verb: str, by: User, at: datetime) -> User:
    """Write down that somebody has set up an app, or has added or removed a passkey."""
    trail.record(person, verb, by=by, at=at)
    return person


@transaction.atomic
def put_off_passkey(person: User, *, by: User, at: datetime) -> User:
    """Offer this person no passkey for 90 days, in any browser. Nothing rests on it, so the trail does not say it."""
    person.passkey_offer_from = timezone.localdate(at) + PASSKEY_OFFERED_AGAIN
    person.save(update_fields=["passkey_offer_from"])
    return person


@transaction.atomic
def set_password(person: User, *, password: str, by: User | None, at: datetime) -> User:
    """Set a new password, which ends every other session of this person. The trail says that, never what it is."""
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record(person, "set_password", by=by, at=at)
    return person


@transaction.atomic
def change_own_name(person: User, *, name: str, by: User, at: datetime) -> User:
    """Change the name that others read. Of people who work for the authority and for others, an administrator gives it."""
    person = trail.locked(User.objects.get(pk=person.pk))
    refuse_for(rules.own_name_blockers(person, by=by))
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    trail.record(person, "change_own_name", by=by, at=at, name=name, name_before=before)
    return person


@transaction.atomic
def change_own_email(person: User, *, before: str, here: str, by: User, at: datetime) -> User:
    """Write down that a person signs in with another address, which they have shown to be theirs by a code.

    Every other browser is signed out: a person who had the account in one of them does not keep it under the new address.
    """
    access.sign_out(person, but=here, by=by, at=at)
    trail.record(person, "change_own_email", by=by, at=at, email=person.email, email_before=before)
    return person


def _administrators() -> Any:
    return User.objects.filter(groups__name="people_administrator", is_active=True)


def _known(roles: Iterable[str]) -> frozenset[str]:
    """Roles that a person may hold; a name that is none of them is a mistake of the caller."""
    if unknown := set(roles) - registry_roles.GIVEN_ROLES:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    return frozenset(roles)
