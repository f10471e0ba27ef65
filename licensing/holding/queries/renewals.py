"""What a renewal begins with, what has changed since, and whom to remind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from licensing.applications.models import Application
from licensing.applications.queries.applications import last_answers
from licensing.applications.queries.eligibility import RenewalAnswers
from licensing.applications.states import NOT_OVER
from licensing.holding.models import Reminder
from licensing.holding.queries.holding import answers_now
from licensing.holding.queries.reuse import KnownAnswers, carried
from licensing.holding.rules import renewals as rules
from registry import schemes
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """What a holder is told about renewing a licence: from when, by when, and what is under way."""

    opens_on: date
    closed: tuple[Reason, ...]  # why it cannot be asked for today
    under_way: Application | None

    @property
    def is_open(self) -> bool:
        return not self.closed


def renewal_of(licence: Licence, *, today: date) -> RenewalWindow:
    scheme = schemes.in_force(licence.scheme, today)
    return RenewalWindow(
        opens_on=rules.opens_on(licence, scheme),
        closed=tuple(rules.open_blockers(licence, scheme=scheme, today=today)),
        under_way=licence.renewals.filter(status__in=NOT_OVER).first(),
    )


def carried_over(licence: Licence, scheme: Scheme) -> Iterator[RenewalAnswers]:
    """What was answered when the licence was last granted, and what has been accepted since, as far as the form of today asks for it."""
    return carried(licence.organisation, KnownAnswers(scheme, tuple(answers_now(licence, scheme))), scheme)


def changed_since(application: Application) -> frozenset[tuple[str, str]]:
    """The pages, and things of lists, that a renewal or an alteration answers otherwise than the application before it.

    Empty for a first one.
    """
    licence = application.renews or application.alters
    if licence is None:
        return frozenset()
    before = {(one.page, one.item): one.data for one in last_answers(licence, until=application.started_at)}
    now = {(one.page, one.item): one.data for one in application.answers.all()}
    return frozenset(key for key, data in now.items() if before and before.get(key) != data)


def to_remind(scheme: Scheme, *, today: date) -> Iterator[tuple[Licence, int]]:
    """The licences whose holders are to be reminded today, each with how many weeks are left; none that is being renewed."""
    for weeks, first, last in rules.reminders_due(scheme.renewal.reminders_weeks, today=today):
        for licence in _ending(scheme, first, last).exclude(Exists(_told(weeks))).iterator(chunk_size=200):
            yield licence, weeks


def _ending(scheme: Scheme, first: date, last: date) -> QuerySet[Licence]:
    """The licences that end within these days and whose renewal has not been handed in."""
    handed_in = Application.objects.filter(renews=OuterRef("pk"), status__in=NOT_OVER, submitted_at__isnull=False)
    ending = Licence.objects.filter(
        scheme=scheme.name, status=LicenceStatus.ACTIVE, valid_until__gte=first, valid_until__lte=last
    )
    return ending.exclude(Exists(handed_in)).select_related("organisation").order_by("valid_until", "pk")


def _told(weeks: int) -> QuerySet[Reminder]:
    return Reminder.objects.filter(licence=OuterRef("pk"), valid_until=OuterRef("valid_until"), weeks__lte=weeks)
