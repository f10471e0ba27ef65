"""What a business must do and by when, for one of the people who act for it: from its open tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from registry import permissions
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.overdue import has_passed
from registry.permissions import Acting
from registry.tasks.models import Task
from registry.waits import Pending


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a business must do, or that it waits for, as its people read it today."""

    task: Task
    today: date

    @property
    def text(self) -> str:
        return self.task.todo

    @property
    def about(self) -> str:
        return f"{self.organisation.legal_name}, {self.task.reference}"

    @property
    def organisation(self) -> Organisation:
        assert self.task.organisation is not None, "a duty is the duty of a business"
        return self.task.organisation

    @property
    def href(self) -> str:
        return self.task.address

    @property
    def due(self) -> date | None:
        """The day that the law or the case sets; none where there is none, or where no one is late after it."""
        wait = self.task.wait
        is_past = wait.lapses and has_passed(self.task.due_on, self.today)
        return self.task.due_on if wait.has_day and not is_past else None

    @property
    def since(self) -> date:
        return timezone.localdate(self.task.raised_at)

    @property
    def is_on_day(self) -> bool:
        """Whether it happens on its day: a hearing, and not a time limit."""
        return self.task.wait.is_on_day

    @property
    def missed(self) -> str:
        """What happens if it is not done in time."""
        return str(self.task.wait.missed)

    @property
    def waits_for(self) -> str:
        """The party that the business waits for; empty for what it must do itself."""
        return str(Pending(self.task.wait.pending).label) if self.task.wait.pending else ""

    @property
    def days_left(self) -> int | None:
        return (self.due - self.today).days if self.due else None

    @property
    def is_late(self) -> bool:
        return has_passed(self.due, self.today)

    @property
    def countdown(self) -> str:
        """How long there is still time, in days of the calendar."""
        left = self.days_left
        if left is None:
            return ""
        if left == 0:
            return gettext("Today")
        if left < 0:
            return ngettext("%d day late", "%d days late", -left) % -left
        return ngettext("%d day left", "%d days left", left) % left


def duties_of(acting: Iterable[Acting], *, today: date) -> list[Duty]:
    """What these memberships let a person do that must be done, what is due first at the top."""
    by_organisation: dict[int | None, Acting] = {one.organisation.pk: one for one in acting}
    open_ones = Task.objects.open().for_holder(*(one.organisation for one in by_organisation.values()))
    found = [
        Duty(task, today)
        for task in open_ones.select_related("organisation").order_by("pk")
        if task.organisation_id is not None
        and by_organisation[task.organisation_id].may(task.wait.act)
        and not _is_over(task, today)
    ]
    return sorted(found, key=lambda duty: (duty.due or date.max, duty.task.raised_at, duty.task.pk))


def pending_for(acting: Iterable[Acting], *, today: date) -> list[Duty]:
    """What the businesses wait for, the longest first."""
    open_ones = Task.objects.open().pending_for(*(one.organisation for one in acting))
    return [Duty(task, today) for task in open_ones.select_related("organisation").order_by("raised_at", "pk")]


def duties_for(user: User, *, today: date) -> list[Duty]:
    """All that this person may do of what the businesses that they act for must do."""
    return duties_of(permissions.acting(user, on=today), today=today)


def duties_below(*addresses: str, organisation: Organisation, by: User, today: date) -> tuple[list[Duty], list[Duty]]:
    """What this person may do on pages below the addresses, of one application, licence or appeal; and what is waited for."""
    acting = permissions.acts_for(by, organisation, on=today)
    if acting is None:
        return [], []
    found = duties_of([acting], today=today), pending_for([acting], today=today)
    duties, pending = ([one for one in some if one.href.startswith(addresses)] for some in found)
    return duties, pending


@dataclass(frozen=True, slots=True)
class DutyDay:
    """The duties of one day; without a day, those that have none."""

    day: date | None
    duties: tuple[Duty, ...]


def by_day(duties: Iterable[Duty]) -> list[DutyDay]:
    """In the order in which they are given, those of one day together."""
    days: dict[date | None, list[Duty]] = {}
    for duty in duties:
        days.setdefault(duty.due, []).append(duty)
    return [DutyDay(day, tuple(found)) for day, found in days.items()]


def _is_over(task: Task, today: date) -> bool:
    """Whether its time was over before the night closed it: a chance that ends with its day is no duty after it."""
    return bool(task.wait.until) and has_passed(task.due_on, today)
