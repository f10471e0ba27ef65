"""Who may be asked to work for the authority, and what may be changed of their access.

What must be true before a program gets a key, and before it decides."""

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry import powers
from registry import roles as registry_roles
from registry.accounts.models import AccessKind, AccessRequest, ApiKey, Scope, User
from registry.accounts.states import AccessStatus
from registry.agencies.models import Agency
from registry.directory_service import STAFF, staff_directory
from registry.errors import Reason
from registry.reasons import reason_blockers

#: How many administrators of people are appointed without another: two, so that each has a second.
FIRST_ADMINISTRATORS = 2


def appoint_first_blockers(*, there_are: int) -> Iterator[Reason]:
    if there_are >= FIRST_ADMINISTRATORS:
        yield Reason("not_the_first", _("There are two administrators of people already, who can invite others."))


def invite_blockers(*, known: User | None, roles: Set[str], agency: Agency | None = None) -> Iterator[Reason]:
    if known is not None and known.is_active:
        yield Reason(
            "known", _("Someone with this email address has access already. Change their roles instead."), "email"
        )
    elif known is not None:
        yield from waiting_blockers(known)
    yield from _no_role(roles)
    yield from apart_blockers(roles)
    yield from _agency_blockers(roles, agency)


def change_roles_blockers(
    person: User, *, before: Set[str], after: Set[str], agency: Agency | None = None, by: User
) -> Iterator[Reason]:
    yield from manage_person_blockers(person, by=by)
    yield from by_directory_blockers(person)
    yield from waiting_blockers(person)
    yield from _no_role(after)
    yield from apart_blockers(after)
    yield from acts_for_business_blockers(person, after)
    yield from _agency_blockers(after, agency)
    if after == before and agency == person.agency:
        yield Reason("no_change", _("These are the roles that the person has now."), "roles")


def by_directory_blockers(person: User) -> Iterator[Reason]:
    """The groups of a person in the directory give their roles: what is changed by hand would not last for one request."""
    if staff_directory() is not None and person.socialaccount_set.filter(provider=STAFF).exists():
        text = _("The directory gives this person's roles. Ask the people who manage it to change the person's groups.")
        yield Reason("by_directory", text)


def own_name_blockers(person: User, *, by: User) -> Iterator[Reason]:
    """Why a person cannot change this name: it is not theirs, or stands on what they decide for an authority."""
    if person != by:
        yield Reason("not_own", _("You can change your own name only."))
    if person.roles & registry_roles.STAFF_ROLES:
        yield Reason("given", _("An administrator of people gives you your name. Ask them to change it."))


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


#: What gives a person something that a program can do for them.
WORK = "registry.work_for_authority"
SUPPLIERS = "public_lookup.make_formal_check"
MAKES_KEYS = (WORK, SUPPLIERS)


def scopes_for(person: User) -> list[Scope]:
    """What a key of this person can be used for now. Those who work for the authority have no board of suppliers, and only they see cases."""
    return [scope for scope in Scope if person.has_perm(SUPPLIERS if scope == Scope.SUPPLIERS else WORK)]


def make_key_blockers(by: User, *, name: str, scopes: Iterable[str], days: int, at: datetime) -> Iterator[Reason]:
    if not name.strip():
        yield Reason("no_name", _("Enter what the key is for."), "name")
    if not scopes:
        yield Reason("no_scopes", _("Choose at least one thing that the key may be used for."), "scopes")
    if not set(scopes) <= set(scopes_for(by)):
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


# --- access that takes two administrators ---

#: How long a new administrator approves nothing: nobody makes one to approve their own requests.
SETTLES = timedelta(days=7)


def apart_blockers(roles: Set[str]) -> Iterator[Reason]:
    """Roles that must not meet in one person (`registry.powers.APART`)."""
    for one, other in powers.APART:
        if {one, other} <= roles:
            text = _("One person must not be both {one} and {other}.")
            titles = {"one": registry_roles.ROLES[one].title, "other": registry_roles.ROLES[other].title}
            yield Reason("apart", format_lazy(text, **titles), "roles")


def acts_for_business_blockers(person: User, roles: Set[str]) -> Iterator[Reason]:
    """Who acts for a business works for the authority only once that is over (`memberships.rules` refuses the other order)."""
    if roles & registry_roles.STAFF_ROLES and person.memberships.filter(until=None).exists():
        text = _("This person acts for a business. They must stop doing that before they work for the authority.")
        yield Reason("acts_for_business", text, "roles")


def waiting_blockers(person: User) -> Iterator[Reason]:
    if person.access_requests.open().exists():
        yield Reason(
            "waits",
            _("A change of this person's access is waiting for a second administrator. It must be ended first."),
        )


def second_administrator_blockers(request: AccessRequest, *, by: User) -> Iterator[Reason]:
    if by.pk == request.asked_by_id:
        yield Reason("asked_oneself", _("You asked for this. Another administrator of people must decide."))
    if by.pk == request.person_id:
        yield Reason("oneself", _("You cannot change your own access. Ask another administrator of people."))


def approve_access_blockers(request: AccessRequest, *, by: User, on: date) -> Iterator[Reason]:
    yield from second_administrator_blockers(request, by=by)
    if is_new_administrator(by, on=on):
        text = _("You have been an administrator of people for less than {days} days. Someone else must approve this.")
        yield Reason("new_administrator", format_lazy(text, days=SETTLES.days))
    if request.kind == AccessKind.ROLES:
        yield from apart_blockers(frozenset(request.roles))
        yield from acts_for_business_blockers(request.person, frozenset(request.roles))
        yield from _agency_blockers(frozenset(request.roles), request.agency)


def is_new_administrator(person: User, *, on: date) -> bool:
    """Whether the role was given to this person by others of late; who was appointed when the service was set up is not new."""
    given = person.access_requests.filter(status=AccessStatus.GIVEN, ended_at__date__gt=on - SETTLES)
    return any("people_administrator" in roles for roles in given.values_list("roles", flat=True))


def refuse_access_blockers(*, because: str) -> Iterator[Reason]:
    yield from reason_blockers(because)


def withdraw_access_blockers(request: AccessRequest, *, by: User) -> Iterator[Reason]:
    if by.pk != request.asked_by_id:
        yield Reason("not_asked", _("Only the person who asked for this can withdraw it."))
