"""Who may be asked to work for the authority, and what may be changed of their access.

What must be true before a program gets a key, and before it decides."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.accounts.models import ApiKey, Scope, User
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.reasons import reason_blockers


def appoint_first_blockers(*, there_is_one: bool) -> Iterator[Reason]:
    if there_is_one:
        yield Reason("not_the_first", _("There is an administrator of people already, who can invite others."))


def invite_blockers(*, known: User | None, roles: Set[str], agency: Agency | None = None) -> Iterator[Reason]:
    if known is not None and known.is_active:
        yield Reason(
            "known", _("Someone with this email address has access already. Change their roles instead."), "email"
        )
    yield from _no_role(roles)
    yield from _agency_blockers(roles, agency)


def change_roles_blockers(
    person: User, *, before: Set[str], after: Set[str], agency: Agency | None = None, by: User
) -> Iterator[Reason]:
    yield from manage_person_blockers(person, by=by)
    yield from _no_role(after)
    yield from _agency_blockers(after, agency)
    if after == before and agency == person.agency:
        yield Reason("no_change", _("These are the roles that the person has now."), "roles")


def manage_person_blockers(person: User, *, by: User) -> Iterator[Reason]:
    if person == by:
        yield Reason("oneself", _("You cannot change your own access. Ask another administrator of people."))
    if person.is_system:
        yield Reason("system", _("This is a job of the system, not a person."))
    if not person.is_active:
        yield Reason("off_boarded", _("This person has been off-boarded. Invite them again if they come back."))


def _no_role(roles: Set[str]) -> Iterator[Reason]:
    if not roles:
        yield Reason("no_role", _("Choose at least one role. To take all access away, off-board the person."), "roles")


ANSWERS_FOR_AGENCY = "partner_agency"


def _agency_blockers(roles: Set[str], agency: Agency | None) -> Iterator[Reason]:
    """Whoever answers for another authority does nothing else here, and answers for one (docs/rules.md: a narrow account)."""
    if ANSWERS_FOR_AGENCY in roles and agency is None:
        yield Reason("no_agency", _("Choose for which authority the person answers."), "agency")
    if ANSWERS_FOR_AGENCY in roles and len(roles) > 1:
        yield Reason(
            "only_for_agency", _("A person who answers for another authority cannot have another role."), "roles"
        )
    if agency is not None and ANSWERS_FOR_AGENCY not in roles:
        yield Reason(
            "agency_without_role",
            _("Choose an authority only for a person who answers for another authority."),
            "agency",
        )


MOST_KEYS = 10


LONGEST_KEY = 366


def make_key_blockers(by: User, *, name: str, scopes: Iterable[str], days: int, at: datetime) -> Iterator[Reason]:
    if not name.strip():
        yield Reason("no_name", _("Enter what the key is for."), "name")
    if not scopes:
        yield Reason("no_scopes", _("Choose at least one thing that the key may be used for."), "scopes")
    if not set(scopes) <= set(Scope.values):
        yield Reason("unknown_scope", _("Choose a use of the key from the list."), "scopes")
    if not 0 < days <= LONGEST_KEY:
        yield Reason("too_long", _("A key lasts for a year at most."), "days")
    if by.api_keys.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_KEYS:
        text = _("You have {most} keys already. Revoke one first.")
        yield Reason("too_many_keys", format_lazy(text, most=MOST_KEYS))


def key_in_force_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    if not key.is_in_force(at):
        yield Reason("key_over", _("This key is not in force any more."))


def take_key_blockers(key: ApiKey, *, because: str | None = None, by: User, at: datetime) -> Iterator[Reason]:
    if key.user_id == by.pk:
        yield Reason("oneself", _("This is a key of your own: revoke it on the page of your keys."))
    yield from key_in_force_blockers(key, at=at)
    if because is not None:
        yield from reason_blockers(because)


def step_up_key_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    yield from key_in_force_blockers(key, at=at)
    if Scope.DECIDE not in key.scopes:
        yield Reason("not_for_deciding", _("This key may not be used to decide."))


def open_task_blockers(count: int) -> Iterator[Reason]:
    """A person who leaves hands their open tasks over."""
    if count:
        text = ngettext_lazy(
            "This person has %(count)s open task. Choose who takes it over.",
            "This person has %(count)s open tasks. Choose who takes them over.",
            "count",
        )
        yield Reason("open_tasks", text % {"count": count}, "hand_over_to")
