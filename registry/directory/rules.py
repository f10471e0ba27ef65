"""Who the directory lets in, and what it may change of their access."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import powers
from registry.accounts.models import User
from registry.accounts.rules import acts_for_business_blockers, apart_blockers
from registry.directory.models import BreakGlassSignIn
from registry.directory_service import staff_directory
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.roles import OPEN_ROLES, STAFF_ROLES


@dataclass(frozen=True, slots=True)
class RolesAsked:
    """What becomes of the roles that a person's groups give: what holds at once, and what waits for an administrator."""

    at_once: frozenset[str]
    all: frozenset[str]

    @property
    def waits(self) -> bool:
        return self.at_once != self.all


def roles_asked(*, before: Set[str], wanted: frozenset[str]) -> RolesAsked:
    """A role that takes two administrators holds once another has approved it; what is no longer given is gone at once."""
    return RolesAsked(frozenset(role for role in wanted if role in before or role not in powers.TAKES_TWO), wanted)


def signs_in_by_directory(person: User) -> bool:
    """Whether this person may sign in by the directory alone: no password, and no passkey of ours, lets them in."""
    directory = staff_directory()
    return directory is not None and bool(person.roles & STAFF_ROLES) and person.email not in directory.break_glass


def is_break_glass(person: User) -> bool:
    directory = staff_directory()
    return directory is not None and bool(person.roles & STAFF_ROLES) and person.email in directory.break_glass


def password_blockers(person: User) -> Iterator[Reason]:
    directory = staff_directory()
    if directory is not None and signs_in_by_directory(person):
        text = _("You sign in with {name}, and have no password here. Change it there.")
        yield Reason("by_directory", format_lazy(text, name=directory.name))


def groups_blockers(wanted: frozenset[str]) -> Iterator[Reason]:
    """Why the groups of a person let them do nothing: there is no role in them, or roles that must not meet."""
    if not wanted:
        text = _("None of your groups in the directory gives you access. Ask the people who manage the directory.")
        yield Reason("no_group", text)
    yield from apart_blockers(wanted)


def follow_blockers(person: User, wanted: frozenset[str]) -> Iterator[Reason]:
    """Why what their groups give is not added to what this person holds."""
    yield from groups_blockers(wanted)
    yield from acts_for_business_blockers(person, wanted)


def not_approved_blockers() -> Iterator[Reason]:
    """Every role of a person takes two administrators, and they have not let it hold."""
    text = _("Your access was not approved by an administrator of people. Ask them why.")
    yield Reason("not_approved", text)


def email_blockers(email: str) -> Iterator[Reason]:
    if not email:
        yield Reason("no_email", _("The provider has not verified your email address. Verify it there first."))


def staff_link_blockers(known: User, *, is_linked: bool) -> Iterator[Reason]:
    """Why the directory does not let this account in: an address alone makes no member of staff of an applicant."""
    if not known.is_active:
        yield Reason("off_boarded", _("This account is closed. Ask an administrator of people to invite you again."))
    elif is_break_glass(known):
        yield Reason("break_glass", _("This is an emergency account: sign in to it with its password."))
    elif not is_linked and not known.roles & STAFF_ROLES:
        text = _("A business uses an account with your email address. Ask an administrator of people what to do.")
        yield Reason("not_staff", text)


def citizen_link_blockers(known: User) -> Iterator[Reason]:
    if not known.is_active:
        yield Reason("off_boarded", _("This account is closed. Contact us if you think that it should not be."))
    if not known.roles <= OPEN_ROLES:
        yield Reason("staff", _("Members of staff cannot sign in here. Sign in with the directory of the authority."))


def other_subject_blockers(*, has_other: bool) -> Iterator[Reason]:
    """An account belongs to one identity of the provider: another one with the same address is another person."""
    if has_other:
        text = _("Another identity of the provider uses this account. Ask the people who manage it what to do.")
        yield Reason("other_identity", text)


def confirm_blockers(sign_in: BreakGlassSignIn, because: str | None, *, by: User) -> Iterator[Reason]:
    if by.pk == sign_in.person_id:
        yield Reason("oneself", _("You signed in with this account. Another administrator of people must confirm it."))
    yield from reason_blockers(because)
