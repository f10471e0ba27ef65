"""How fast a report must be looked at, and what must be true before staff say something of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Channel, Report, TriageDecision
from compliance.reports.models.triage import LinkKind
from compliance.reports.states import Danger, ReportStatus
from registry import schemes
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes import IntelligenceTerms

# For a pack that says nothing of it: nothing waits without a date.
UNSAID = {Danger.YES: (0, 1, 5), Danger.NOT_SURE: (1, 4, 10), Danger.NO: (2, 72, 40)}


@dataclass(frozen=True, slots=True)
class Times:
    """How urgent a report is, by when a person decides what becomes of it, and by when the reporter is told."""

    priority: str
    urgency: int
    decide_by: datetime
    tell_by: date


def words_of(scheme: str, *, on: date) -> IntelligenceTerms | None:
    """By what a report is sorted: the pack of its scheme; of one that names no licence, the first that has any."""
    return next((one.intelligence for one in schemes.all_in_force(on, named=scheme) if one.intelligence), None)


def times(words: IntelligenceTerms | None, *, danger: str = "", priority: str = "", received_at: datetime) -> Times:
    """Counted from when the report came, whenever that is asked: by a priority, or by what the reporter answered."""
    if words is None:
        urgency, hours, days = UNSAID[Danger(danger or Danger.NOT_SURE)]
        return _times(priority, urgency, hours, days, received_at)
    chosen = words.priority(priority) or words.priority_of(danger)
    return _times(chosen.code, words.priorities.index(chosen), chosen.hours, chosen.outcome_days, received_at)


def _times(priority: str, urgency: int, hours: int, days: int, received_at: datetime) -> Times:
    told = timezone.localdate(received_at) + timedelta(days=days)
    return Times(priority, urgency, received_at + timedelta(hours=hours), told)


def channel_blockers(channel: str, agency: Agency | None, *, by_staff: bool) -> Iterator[Reason]:
    by_reporter = {Channel.PAGE, Channel.TELEPHONE}  # who records a voice rings without anybody who writes it down
    if (by_staff and channel == Channel.PAGE) or not (by_staff or channel in by_reporter):
        yield Reason("no_channel", _("Choose how the report arrived."), "channel")
    if channel == Channel.AGENCY and agency is None:
        yield Reason("no_agency", _("Choose the authority that reported it."), "agency")


def decide_blockers(
    report: Report,
    *,
    decision: str | None = None,
    because: str = "",
    called: str = "",
    agency: Agency | None = None,
    priority: str = "",
    words: IntelligenceTerms | None = None,
) -> Iterator[Reason]:
    """A decision of None is not asked yet: the question is only whether the button may be pressed."""
    if report.status != ReportStatus.BEING_LOOKED_AT:
        yield Reason("not_begun", _("Begin to look at it first."))
    if decision is None:
        return
    yield from reason_blockers(because)
    if priority and words and words.priority(priority) is None:
        yield Reason("unknown_priority", _("Choose the urgency of the report."), "priority")
    yield from _where_to_blockers(decision, called=called, agency=agency)


def _where_to_blockers(decision: str, *, called: str, agency: Agency | None) -> Iterator[Reason]:
    if decision == TriageDecision.DANGER and not called.strip():
        yield Reason("nobody_called", _("Write who was called, when, and what they said."), "called")
    if decision == TriageDecision.AGENCY and agency is None:
        yield Reason("no_agency", _("Say to which authority it goes."), "agency")


def translate_blockers(*, text: str, translator: str) -> Iterator[Reason]:
    if not text.strip():
        yield Reason("no_text", _("Enter the translation."), "text")
    if not translator.strip():
        yield Reason("no_translator", _("Enter the name of the translator."), "translator")


def translate_message_blockers(*, text: str, translator: str, is_there: bool) -> Iterator[Reason]:
    yield from translate_blockers(text=text, translator=translator)
    if is_there:
        yield Reason("translated_already", _("This text already has a translation."))


def tag_blockers(codes: Collection[str], known: Collection[str], where: str) -> Iterator[Reason]:
    if set(codes) - set(known):
        yield Reason("unknown_tag", _("Choose from the list."), where)


def link_blockers(report: Report, other: Report | None, *, kind: str, because: str) -> Iterator[Reason]:
    if other is None:
        yield Reason("no_such_report", _("There is no report with this reference that you may see."), "other")
    elif other == report:
        yield Reason("same_report", _("This is the report itself. Enter the reference of another."), "other")
    if kind not in LinkKind.values:
        yield Reason("no_kind", _("Choose whether the reports belong together."), "kind")
    yield from reason_blockers(because)
