"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import workdays
from registry.schemes import Scheme, Text, said

NO_HOLIDAYS: frozenset[date] = frozenset()


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    AGREED = "agreed"  # set each time


class Party(TextChoices):
    """Who has to do something by the day."""

    SUBJECT = "subject", _("Applicant or holder")
    AUTHORITY = "authority", _("The authority")
    INSPECTOR = "inspector", _("The inspector")
    AGENCY = "agency", _("Another authority")
    TRIBUNAL = "tribunal", _("The tribunal")
    OTHER_SIDE = "other_side", _("The person that we asked")


def _set_each_time(scheme: Scheme) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Clock:
    """One date that is counted. The law that it rests on is the pack's (`clocks.toml`).

    `lapses`: a right that ends with the day, and no duty: nobody is late once it has passed.
    `begins_with`: the law counts from the beginning of the first day, so that this day is one of them.
    """

    code: str
    title: str | Promise
    words: str | Promise
    waits_for: Party
    unit: Unit
    of: Callable[[Scheme], int | None] = _set_each_time
    back: bool = False
    lapses: bool = False
    begins_with: bool = False
    rests_on: Callable[[Scheme], Text | None] | None = None  # where the law stands in another file of the pack

    def length(self, scheme: Scheme) -> int:
        """How long it is under this version of the scheme. Raises ValueError where the version says nothing of it."""
        found = self.of(scheme)
        if found is None:
            raise ValueError(f"{scheme} has no length for the clock {self.code}")
        return found

    def due_on(self, start: date, *, scheme: Scheme, holidays: Set[date] = NO_HOLIDAYS) -> date:
        """The day it ends on, counted under this version of the scheme."""
        return self.after(start, self.length(scheme), holidays=holidays)

    def after(self, start: date, length: int, *, holidays: Set[date] = NO_HOLIDAYS) -> date:
        """The day it ends on when it is this long: of clocks that differ from check to check, or from change to change."""
        length = -length if self.back else length
        if self.begins_with:
            start -= timedelta(days=1)
        if self.unit == Unit.WORKING_DAYS:
            return workdays.add_working_days(start, length, holidays)
        if self.unit == Unit.MONTHS:
            return workdays.last_day_of_term(start, length)
        return start + (timedelta(weeks=length) if self.unit == Unit.WEEKS else timedelta(days=length))

    def law(self, scheme: Scheme, language: str) -> str:
        """The law that it rests on, as the pack says it; empty where this version says nothing."""
        if self.rests_on is not None:
            law = self.rests_on(scheme)
        else:
            found = scheme.clock(self.code)
            law = found.law if found else None
        return said(law, language) if law else ""

    def rule(self, length: int | None = None) -> str:
        """The rule in words, with its length."""
        return str(self.words) if length is None else str(self.words).format(n=length)
