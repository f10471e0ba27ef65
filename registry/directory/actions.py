"""What follows from a sign-in by the directory: accounts, their roles, and what is written down of emergency accounts.

Roles come by the same acts as those that administrators give (docs/decisions/0165).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry.accounts.actions import access, accounts
from registry.accounts.models import AccessKind, AccessRequest, User
from registry.accounts.rules import manage_person_blockers
from registry.accounts.states import MANAGE, AccessStatus
from registry.directory import queries, rules
from registry.directory.models import BreakGlassSignIn
from registry.directory_service import CITIZENS, STAFF
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.tasks import actions as tasks
from registry.trail.actions import events as trail

#: The account as which the directory acts: its name is on the trail.
ACCOUNT, NAME = "directory@system.invalid", "The directory"
GROUPS = "The groups of the person in the directory give this."
#: By when another administrator looks at a sign-in with an emergency account.
CONFIRMED_WITHIN = timedelta(days=1)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@transaction.atomic
def act_as_directory(*, by: User | None, at: datetime) -> User:
    """The account of the directory, made when it first acts. It holds no role, and no one can sign in as it."""
    account, is_new = User.objects.get_or_create(
        email=ACCOUNT, defaults={"name": NAME, "is_system": True, "joined_at": at}
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


@transaction.atomic
def admit(*, sub: str, email: str, name: str, language: str, roles: frozenset[str], by: User, at: datetime) -> User:
    """The account of a member of staff by their identity in the directory: made, or linked once to the one with the address.

    Roles are given by `follow`. Raises `Refused` (no_email, no_group, apart, not_staff, off_boarded, break_glass, other_identity).
    """
    if person := queries.person_of(STAFF, sub):
        refuse_for(rules.staff_link_blockers(person, is_linked=True))
        return person
    refuse_for((*rules.email_blockers(email), *rules.groups_blockers(roles)))
    person = User.objects.select_for_update().filter(email=email).first()
    if person is None:
        person = _made(email=email, name=name, language=language, at=at)
        verb = "join_by_directory"
    else:
        refuse_for(rules.staff_link_blockers(person, is_linked=False))
        verb = "link_to_directory"
    _link(person, STAFF, sub)
    trail.record(person, verb, by=by, at=at)
    return person


@transaction.atomic
def admit_citizen(*, sub: str, email: str, language: str, by: User | None, at: datetime) -> User:
    """The account of an applicant by their identity at the provider of citizens, which never gives a role of staff.

    Raises `Refused` (no_email, off_boarded, staff, other_identity).
    """
    if person := queries.person_of(CITIZENS, sub):
        refuse_for(rules.citizen_link_blockers(person))
        return person
    refuse_for(rules.email_blockers(email))
    person = User.objects.select_for_update().filter(email=email).first()
    if person is None:
        person = _made(email=email, name="", language=language, at=at)
        _link(person, CITIZENS, sub)
        return accounts.join(person, by=person, at=at)
    refuse_for(rules.citizen_link_blockers(person))
    _link(person, CITIZENS, sub)
    trail.record(person, "link_to_citizens", by=person, at=at)
    return person


def _made(*, email: str, name: str, language: str, at: datetime) -> User:
    person = User(email=email, name=name, language=language, joined_at=at)
    person.set_unusable_password()
    person.save()
    return person


def _link(person: User, kind: str, sub: str) -> None:
    """A password that someone chose before the address was shown to be theirs opens nothing any more."""
    refuse_for(rules.other_subject_blockers(has_other=queries.has_identity(person, kind)))
    SocialAccount.objects.create(user=person, provider=kind, uid=sub)
    address, _is_new = EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    if kind == STAFF or not address.verified:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    address.verified = True
    address.save(update_fields=["verified"])


@transaction.atomic
def follow(person: User, *, roles: frozenset[str], by: User, at: datetime) -> User:
    """Let a person hold the roles that their groups give now, and no others.

    What is gone is gone at once. Where the groups give nothing, or roles that must not meet, nothing is added. A role that
    takes two administrators is asked for, once, and holds when another has approved it.
    """
    person = trail.locked(User.objects.get(pk=person.pk))
    before = person.roles
    lasting = before & roles if any(rules.follow_blockers(person, roles)) else roles
    asked = rules.roles_asked(before=before, wanted=lasting)
    if asked.at_once != before:
        access.change(person, roles=asked.at_once, agency=None, by=by, at=at)
    _ask_for_rest(person, asked, by=by, at=at)
    return User.objects.get(pk=person.pk)


def _ask_for_rest(person: User, asked: rules.RolesAsked, *, by: User, at: datetime) -> None:
    """Withdraw what the directory asked for and the groups give no longer; ask for what takes two, unless it was refused."""
    last = person.access_requests.filter(asked_by=by).order_by("-asked_at", "-pk").first()
    is_same = last is not None and asked.waits and set(last.roles) == asked.all
    if last is not None and last.status == AccessStatus.ASKED and not is_same:
        trail.move(last, "withdraw_access", by=by, at=at, because=GROUPS, ended_by=by, ended_at=at)
    was_answered = last is not None and is_same and last.status in {AccessStatus.ASKED, AccessStatus.REFUSED}
    if asked.waits and not was_answered and not AccessRequest.objects.open().filter(person=person).exists():
        access.ask(person, AccessKind.ROLES, roles=asked.all, because=GROUPS, by=by, at=at)


@transaction.atomic
def note_confirmed(person: User, *, by: User, at: datetime) -> None:
    """Write down that the directory has confirmed this person now: their keys rest on it while they are signed out."""
    SocialAccount.objects.filter(provider=STAFF, user=person).update(last_login=at)


@transaction.atomic
def forget_confirmed(person: User, *, by: User, at: datetime) -> None:
    """The directory does not confirm this person: their keys open nothing until it does again."""
    SocialAccount.objects.filter(provider=STAFF, user=person).update(last_login=NEVER)


@transaction.atomic
def rename(person: User, *, name: str, by: User, at: datetime) -> User:
    """Take the name that the directory has."""
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    trail.record(person, "rename_by_directory", by=by, at=at, name=name, name_before=before)
    return person


@transaction.atomic
def leave(person: User, *, because: str, by: User, at: datetime) -> User:
    """Off-board a person who is not in the directory now: their open tasks go back to everyone who may do them."""
    person = trail.locked(person)
    refuse_for(manage_person_blockers(person, by=by))
    released = tasks.release(person, because=because, by=by, at=at)
    return access.shut_out(person, because=because, by=by, at=at, tasks=released)


@transaction.atomic
def note_file(
    *, people: int, off_boarded: Sequence[User], not_done: Mapping[User, str], because: str = "", by: User, at: datetime
) -> None:
    """Write down, for administrators, what a nightly file changed and what could not be done; `because`: why it was refused."""
    trail.record(
        by,
        "refuse_directory_file" if because else "read_directory_file",
        by=by,
        at=at,
        because=because,
        people=people,
        off_boarded=[person.reference for person in off_boarded],
        not_done={person.reference: words for person, words in not_done.items()},
    )


@transaction.atomic
def end_sessions(person: User | None, *, sessions: Iterable[str], by: User, at: datetime) -> int:
    """End these sessions at once, as the provider asks when a person signs out there. Says how many there were."""
    count, _each = Session.objects.filter(pk__in=list(sessions)).delete()
    if person is not None:
        trail.record(person, "sign_out_by_directory", by=by, at=at, sessions=count)
    return count


@transaction.atomic
def sign_in_past_directory(person: User, *, by: User, at: datetime) -> BreakGlassSignIn:
    """Write down that someone signed in with an emergency account, and tell every administrator of people by mail."""
    sign_in = BreakGlassSignIn.objects.create(
        person=person, signed_in_at=at, due_on=timezone.localdate(at) + CONFIRMED_WITHIN
    )
    trail.record(sign_in, "sign_in_past_directory", by=by, at=at, person=person)
    for administrator in User.objects.who_may(MANAGE):
        sending.queue(
            "registry/letters/break_glass.html",
            to=administrator,
            subject=_("Someone signed in with an emergency account"),
            facts={"account": person.email},
            about=sign_in.reference,
            at=at,
        )
    return sign_in


@transaction.atomic
def confirm_break_glass(sign_in: BreakGlassSignIn, *, because: str, by: User, at: datetime) -> BreakGlassSignIn:
    """Say, as another administrator of people, what an emergency account was used for."""
    permissions.require(by, MANAGE)
    sign_in = trail.locked(sign_in)
    refuse_for(sign_in.lifecycle.blockers(sign_in.status, "confirm_break_glass"))
    refuse_for(rules.confirm_blockers(sign_in, because, by=by))
    return trail.move(
        sign_in,
        "confirm_break_glass",
        by=by,
        at=at,
        because=because,
        used_for=because,
        confirmed_by=by,
        confirmed_at=at,
    )
