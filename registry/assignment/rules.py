"""Why an absence or a rule of assignment cannot be recorded, and whether a rule matches a task."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason

#: No one is away for longer than this without saying so again.
LONGEST = timedelta(days=366)


def absence_blockers(
    person: User, *, deputy: User, starts: date, until: date, overlaps: bool, today: date
) -> Iterator[Reason]:
    if deputy == person:
        yield Reason("own_deputy", _("Choose another person as deputy."), "deputy")
    elif not deputy.is_active or not permissions.is_staff(deputy):
        yield Reason("no_deputy", _("Choose a deputy who works for the authority."), "deputy")
    if until < starts:
        yield Reason("ends_before", _("The last day must not be before the first."), "until")
    if until < today or until > today + LONGEST:
        yield Reason("day_out_of_range", _("Enter a last day from today to a year ahead."), "until")
    if overlaps:
        yield Reason("absent_already", _("An absence is recorded for some of these days."), "starts")


def rule_blockers(people: Sequence[User], *, permission: str) -> Iterator[Reason]:
    """Each person of a rule must be able to do its tasks."""
    if not people:
        yield Reason("no_people", _("Choose at least one person."), "people")
    for person in people:
        if not person.is_active or not person.has_perm(permission):
            text = format_lazy(_("{person} cannot do this task with their roles."), person=str(person))
            yield Reason("may_not", text, "people")


def matches(*, initials: str, nation: str, sector: str, name: str, nation_of_firm: str, sectors: Sequence[str]) -> bool:
    """Whether a rule is about a task of this organisation. An empty condition holds for all; without an organisation only those do."""
    letters = not initials or (name[:1].upper() in initials.upper() and name != "")
    return letters and nation in ("", nation_of_firm) and (not sector or sector in sectors)
