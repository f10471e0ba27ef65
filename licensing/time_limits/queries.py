"""One date as it is shown: what, by when, how long still, by which rule and law."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language

from licensing.time_limits.rules.clock import Clock
from registry import workdays
from registry.accounts.models import User
from registry.holidays.models import Calendar
from registry.organisations.models import Organisation
from registry.overdue import has_passed
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date as a page shows it: what it is, of what, by when, how many working days are left, and by which rule."""

    title: str | Promise
    about: str
    href: str
    due_on: date
    left: int
    rule: str
    law: str
    turn: str | Promise
    officer: User | None
    lapses: bool
    calendar: str | Promise
    detail: str = ""

    @property
    def what(self) -> str:
        """What it is, and of which of several: a case waits for a dozen replies."""
        return f"{self.title}: {self.detail}" if self.detail else str(self.title)

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def is_overdue(self) -> bool:
        return self.is_over and not self.lapses


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What dates are counted with on one page: today, and the holidays of each part of the kingdom, read once."""

    today: date
    holidays: Callable[[Calendar], frozenset[date]]

    def due(
        self,
        clock: Clock,
        on: date,
        *,
        of: Organisation | None,
        scheme: Scheme | None = None,
        length: int | None = None,
        about: str = "",
        href: str = "",
        officer: User | None = None,
    ) -> DueDate:
        calendar = Calendar.of(of.address) if of else Calendar.ENGLAND_AND_WALES
        if length is None and scheme is not None:
            length = clock.of(scheme)
        left = workdays.working_days_between(self.today, on, self.holidays(calendar))
        return DueDate(
            title=clock.title,
            about=about,
            href=href,
            due_on=on,
            left=min(left, -1) if has_passed(on, self.today) else left,
            rule=clock.rule(length),
            law=clock.law(scheme, get_language() or "en") if scheme else "",
            turn=clock.waits_for.label,
            officer=officer,
            lapses=clock.lapses,
            calendar=calendar.label,
        )
