"""Access: what one administrator of people gives, what takes two, and the approval (docs/decisions/0115).

Until a second administrator has approved it nothing of what takes two holds.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry import roles as registry_roles
from registry.accounts import queries, rules
from registry.accounts.models import AccessKind, AccessRequest, User
from registry.accounts.states import MANAGE
from registry.agencies.models import Agency
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.memberships.models import Membership
from registry.tasks import actions as tasks
from registry.trail.actions import events as trail

#: On the trail of tasks that go back to everyone because of it.
OTHER_ROLES = "The roles of the person have changed."
#: By when a second administrator decides: a person waits for it, sometimes shut out.
DECIDED_WITHIN = timedelta(days=2)


@transaction.atomic
def give(person: User, *, roles: Iterable[str], by: User | None, at: datetime) -> User:
    """Let somebody hold these roles and no others: part of an act that writes it down."""
    person.groups.set(Group.objects.filter(name__in=roles))
    person.__dict__.pop("_roles", None)
    return person


@transaction.atomic
def sign_out(person: User, *, but: str = "", by: User | None, at: datetime) -> User:
    """Sign somebody out everywhere, or in all sessions but one: part of an act that writes it down."""
    Session.objects.filter(pk__in=queries.session_keys_of(person)).exclude(pk=but).delete()
    return person


@transaction.atomic
def let_in(
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    agency: Agency | None = None,
    verb: str,
    by: User | None,
    at: datetime,
) -> User:
    """Let somebody in with these roles, and write to them how to choose a password."""
    person = User.objects.filter(email=email.lower()).first() or User(email=email.lower(), joined_at=at)
    person.name, person.is_active, person.agency = name, True, agency
    person.set_unusable_password()
    person.save()
    # Not verified before the code that is sent there comes back.
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    give(person, roles=roles, by=by, at=at)
    trail.record(person, verb, by=by, at=at, roles=sorted(roles), **_for_agency(agency))
    _tell(person, "invitation", _("You have been given access"), at=at, roles=roles)
    return person


@transaction.atomic
def change(person: User, *, roles: Iterable[str], agency: Agency | None, by: User, at: datetime) -> User:
    """Give somebody these roles and no others; their open tasks that these do not allow go back to everyone."""
    before, after = person.roles, frozenset(roles)
    give(person, roles=after, by=by, at=at)
    person.agency = agency
    person.save(update_fields=["agency"])
    facts: dict[str, Any] = {"roles": sorted(after), "roles_before": sorted(before), **_for_agency(agency)}
    trail.record(person, "change_roles", by=by, at=at, **facts)
    # Read again: a person keeps the permissions with which they were read.
    tasks.release(User.objects.get(pk=person.pk), may_not=True, because=OTHER_ROLES, by=by, at=at)
    _tell(person, "roles_changed", _("Your roles have changed"), at=at, roles=after)
    return person


@transaction.atomic
def shut_out(person: User, *, because: str, by: User, at: datetime, **handed_over: Any) -> User:
    """Take everything that lets a person in: part of off-boarding, once their open tasks were given to others."""
    tasks.give_back(person, because=because, by=by, at=at)
    for waiting in AccessRequest.objects.open().filter(person=person):
        trail.move(waiting, "withdraw_access", by=by, at=at, because=because, ended_by=by, ended_at=at)
    before = person.roles
    person.is_active, person.agency = False, None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "agency", "password"])
    person.user_permissions.clear()
    give(person, roles=(), by=by, at=at)
    Authenticator.objects.filter(user=person).delete()
    Membership.objects.filter(user=person, until=None).update(until=at)
    person.api_keys.filter(revoked_at=None).update(revoked_at=at)
    sign_out(person, by=by, at=at)
    trail.record(person, "off_board", by=by, at=at, because=because, roles_before=sorted(before), **handed_over)
    return person


@transaction.atomic
def take_off_factor(person: User, *, because: str, by: User, at: datetime) -> User:
    """Take off every second factor of a person, and sign them out everywhere."""
    Authenticator.objects.filter(user=person).delete()
    sign_out(person, by=by, at=at)
    trail.record(person, "reset_second_factor", by=by, at=at, because=because)
    _tell(person, "second_factor_reset", _("Your second factor has been reset"), at=at)
    return person


@transaction.atomic
def ask(
    person: User,
    kind: str,
    *,
    roles: Iterable[str] = (),
    agency: Agency | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> AccessRequest:
    """Write down what takes a second administrator: until one approves it nothing of it holds."""
    asked = AccessRequest.objects.create(
        person=person,
        kind=kind,
        roles=sorted(roles),
        agency=agency,
        because=because,
        asked_by=by,
        asked_at=at,
        due_on=timezone.localdate(at) + DECIDED_WITHIN,
    )
    trail.record(asked, "ask_access", by=by, at=at, person=person, kind=kind, roles=sorted(roles))
    return asked


@transaction.atomic
def approve_access(request: AccessRequest, *, by: User, at: datetime) -> AccessRequest:
    """Let what another administrator asked for hold, from the person's next request on. Raises `Refused` with every reason."""
    permissions.require(by, MANAGE)
    request = trail.locked(request)
    person = trail.locked(request.person)
    refuse_for(request.lifecycle.blockers(request.status, "approve_access"))
    refuse_for(rules.approve_access_blockers(request, by=by, on=timezone.localdate(at)))
    trail.move(request, "approve_access", by=by, at=at, ended_by=by, ended_at=at)
    if request.kind == AccessKind.SECOND_FACTOR:
        take_off_factor(person, because=request.because, by=by, at=at)
    elif person.is_active:
        change(person, roles=request.roles, agency=request.agency, by=by, at=at)
    else:
        let_in(
            email=person.email,
            name=person.name,
            roles=request.roles,
            agency=request.agency,
            verb="invite",
            by=by,
            at=at,
        )
    return request


@transaction.atomic
def refuse_access(request: AccessRequest, *, because: str, by: User, at: datetime) -> AccessRequest:
    """Do not approve: the person who asked is told why, and nothing changes."""
    permissions.require(by, MANAGE)
    request = trail.locked(request)
    refuse_for(request.lifecycle.blockers(request.status, "refuse_access"))
    refuse_for(rules.second_administrator_blockers(request, by=by))
    refuse_for(rules.refuse_access_blockers(because=because))
    ended = {"ended_by": by, "ended_at": at, "refused_because": because}
    trail.move(request, "refuse_access", by=by, at=at, because=because, **ended)
    if not request.asked_by.is_system:  # the directory reads no letters
        sending.queue(
            "registry/letters/access_refused.html",
            to=request.asked_by,
            subject=_("The access that you asked for was not approved"),
            facts={"person": str(request.person), "because": because},
            about=request.reference,
            at=at,
        )
    return request


@transaction.atomic
def withdraw_access(request: AccessRequest, *, by: User, at: datetime) -> AccessRequest:
    """Take back what one asked for oneself."""
    permissions.require(by, MANAGE)
    request = trail.locked(request)
    refuse_for(request.lifecycle.blockers(request.status, "withdraw_access"))
    refuse_for(rules.withdraw_access_blockers(request, by=by))
    return trail.move(request, "withdraw_access", by=by, at=at, ended_by=by, ended_at=at)


def _for_agency(agency: Agency | None) -> dict[str, Any]:
    return {"agency": agency} if agency else {}


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
