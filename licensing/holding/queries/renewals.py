"""What a renewal begins with, what has changed since, and whom to remind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from licensing.application_form.rules.facts import SIGNATURE
from licensing.applications.models import Application
from licensing.applications.queries.applications import last_answers, suggested
from licensing.applications.queries.eligibility import RenewalAnswers
from licensing.applications.states import NOT_OVER
from licensing.holding.models import Reminder
from licensing.holding.queries.holding import answers_now
from licensing.holding.rules import renewals as rules
from registry import schemes
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.schemes import FormPage, Scheme


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
    """What was answered when the licence was last granted, and what has been accepted since, as far as the form of today asks for it.

    What the organisation's file says by now of its name, numbers and addresses goes before what was answered then. Pages
    that the pack wants answered again, and the signature, begin empty; so does what everyone is asked about themselves, where
    such a page follows from it. Those to be confirmed wait to be saved again.
    """
    pages = {page.slug: page for page in scheme.form.pages}
    of_each = {key for slug in scheme.renewals.anew for one in pages[slug].from_each for key in one.from_each}
    for answer in answers_now(licence, scheme):
        page = pages.get(answer.page)
        if page is not None and not _begins_empty(page, scheme):
            emptied = of_each if page.is_about_people else frozenset()
            kept = {key: value for key, value in answer.data.items() if key not in emptied}
            data = {**kept, **suggested(licence.organisation, page)}
            complete = answer.is_complete and page.slug not in scheme.renewals.confirmed
            yield RenewalAnswers(answer.page, answer.name, data, complete)


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


def _begins_empty(page: FormPage, scheme: Scheme) -> bool:
    return page.slug in scheme.renewals.anew or any(question.key == SIGNATURE for question in page.questions)
