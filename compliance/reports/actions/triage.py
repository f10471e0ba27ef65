"""What staff say of a report: why they read it, what becomes of it, what it means, what belongs with it.

The trail keeps who and when, codes and references, and why somebody read it; no word of what was reported.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs import rules as handing
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus, HandOverTo
from compliance.reports import letters
from compliance.reports.actions import reports
from compliance.reports.filters import match_keys as index
from compliance.reports.models import triage
from compliance.reports.models.reports import Report, ReportMessage
from compliance.reports.queries import triage as sorting
from compliance.reports.queries.reporters import reporter_in
from compliance.reports.rules import triage as rules
from registry import permissions, schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason, refuse_for
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers
from registry.trail.actions import events as trail
from registry.trail.models.events import Event


@transaction.atomic
def read(report: Report, *, because: str, by: User, at: datetime) -> Event:
    """Note why somebody opens a report, before they see it. Raises `Refused` (no_reason)."""
    report = _handled(report, by)
    refuse_for(reason_blockers(because))
    return trail.record(report, "read", by=by, at=at, because=because)


@transaction.atomic
def decide(
    report: Report,
    *,
    decision: str,
    priority: str = "",
    because: str,
    called: str = "",
    agency: Agency | None = None,
    cleared: str = "",
    basis: str = "",
    by: User,
    at: datetime,
) -> triage.Triage:
    """Say what becomes of a report, and how urgent it is; its dates are counted again from when it came.

    Where others must act, it is handed over to them in the same transaction, with a text `cleared` for them and for another
    authority the legal `basis`; what was handed over otherwise, and no one has acted on, is taken back.

    Raises `Refused` (not_begun, no_reason, nobody_called, no_agency, unknown_priority, no_cleared_text, repeats_report,
    who_reported, no_basis, not_identified).
    """
    report = _handled(report, by)
    words = rules.words_of(report.scheme, on=timezone.localdate(report.received_at))
    is_handed_over = decision in HandOverTo.values and not report.hand_overs.open().filter(to=decision).exists()
    refuse_for(
        [
            *rules.decide_blockers(
                report, decision=decision, because=because, called=called, agency=agency, priority=priority, words=words
            ),
            *(_hand_over_blockers(report, decision, cleared, basis) if is_handed_over else ()),
        ]
    )
    urgent = priority or report.priority
    times = rules.times(words, danger=report.danger, priority=urgent, received_at=report.received_at)
    made = triage.Triage.objects.create(
        report=report,
        decision=decision,
        priority=times.priority,
        because=because,
        called=called,
        agency=agency,
        by=by,
        at=at,
    )
    former = report.priority
    report.decision, report.priority, report.urgency = decision, times.priority, times.urgency
    report.decide_by, report.tell_by = times.decide_by, times.tell_by
    report.save(update_fields=["decision", "priority", "urgency", "decide_by", "tell_by"])
    trail.record(
        report,
        "decide",
        by=by,
        at=at,
        decision=decision,
        former_priority=former,
        priority=times.priority,
        agency=agency.reference if agency else "",
    )
    for former_hand_over in report.hand_overs.filter(status=HandOverStatus.OPEN).exclude(to=decision):
        hand_overs.take_back(former_hand_over, by=by, at=at)
    if is_handed_over:
        _hand_over(report, made, cleared, basis, by=by, at=at)
    return made


def _hand_over_blockers(report: Report, to: str, text: str, basis: str) -> Iterable[Reason]:
    has_organisation = report.organisation is not None
    yield from handing.hand_over_blockers(
        to=to, text=text, reported=report.text, basis=basis, has_organisation=has_organisation
    )
    for reason in reporter_in(text, own=[report]):
        yield Reason(reason.code, reason.text, "cleared")


def _hand_over(report: Report, made: triage.Triage, text: str, basis: str, *, by: User, at: datetime) -> None:
    licence = sorting.licence_of(report)
    hand_overs.open_for(
        report=report,
        to=made.decision,
        organisation=report.organisation,
        licence_number=licence.number if licence else "",
        scheme=sorting.scheme_of(report),
        text=text,
        agency=made.agency if made.decision == HandOverTo.AUTHORITY else None,
        basis=basis if made.decision == HandOverTo.AUTHORITY else "",
        by=by,
        at=at,
    )


@transaction.atomic
def note(hand_over: HandOver, *, tell: bool = False, by: User, at: datetime) -> HandOver:
    """Read the result of what was handed over, and close it; tell the reporter in the mailbox, in their language, if asked to.

    The words are the service's own, and name no one: what was found, where and when is in none of them. Raises `Refused`
    (wrong_state, no_mailbox).
    """
    closed = hand_overs.note(hand_over, by=by, at=at)
    if tell:
        told = sorting.words_for_reporter(closed)
        assert closed.report is not None
        reports.ask(closed.report, **asdict(told), by=by, at=at)
    return closed


@transaction.atomic
def translate(
    report: Report, *, language: str, text: str, translator: str, by: User, at: datetime
) -> triage.ReportTranslation:
    """Put a translation that a person made beside what was said. Raises `Refused` (no_text, no_translator)."""
    report = _handled(report, by)
    refuse_for(rules.translate_blockers(text=text, translator=translator))
    made = triage.ReportTranslation.objects.create(
        report=report, language=language, text=text, translator=translator, by=by, at=at
    )
    words = (triage.ReportClue(report=report, kind=index.WORD, value=word) for word in sorted(index.words(text)))
    triage.ReportClue.objects.bulk_create(words, ignore_conflicts=True)
    trail.record(report, "translate", by=by, at=at)
    return made


@transaction.atomic
def translate_message(
    message: ReportMessage, *, language: str, text: str, translator: str, by: User, at: datetime
) -> triage.MessageTranslation:
    """Put beside a message of the reporter what it says in English, or beside one of ours what it says in their language.

    Raises `Refused` (no_text, no_translator, translated_already).
    """
    report = _handled(message.report, by)
    is_there = triage.MessageTranslation.objects.filter(message=message).exists()
    refuse_for(rules.translate_message_blockers(text=text, translator=translator, is_there=is_there))
    made = triage.MessageTranslation.objects.create(
        message=message, language=language, text=text, translator=translator, by=by, at=at
    )
    if not message.from_authority:
        words = (triage.ReportClue(report=report, kind=index.WORD, value=word) for word in sorted(index.words(text)))
        triage.ReportClue.objects.bulk_create(words, ignore_conflicts=True)
    trail.record(report, "translate", by=by, at=at)
    return made


@transaction.atomic
def remind(report: Report, *, clock: str, due: datetime, by: None, at: datetime) -> int:
    """Tell those who handle the report that a day or hour of it has passed, once; says how many were told.

    Whoever has begun is told; else everybody who may. Nobody with a conflict of interest, and no word of the report.
    """
    report = trail.locked(report)
    _reminder, is_new = triage.ReportReminder.objects.get_or_create(
        report=report, clock=clock, due=due, defaults={"at": at}
    )
    handlers = list(sorting.to_be_reminded(report)) if is_new else []
    if handlers:
        trail.record(report, "remind", by=by, at=at, clock=clock, told=len(handlers))
    for handler in handlers:
        letters.report_overdue(report, clock, to=handler, due=due, at=at)
    return len(handlers)


@transaction.atomic
def tag(
    report: Report,
    *,
    scheme: str,
    standards: Collection[str],
    indicators: Collection[str],
    methods: Collection[str] = (),
    by: User,
    at: datetime,
) -> Report:
    """Say which standards of a scheme, which indicators and which methods of offenders a report speaks of: these and no others.

    Raises `Refused` (unknown_tag).
    """
    report = _handled(report, by)
    pack = schemes.in_force(scheme, timezone.localdate(at))
    terms = pack.intelligence
    signs, ways = (terms.indicators, terms.methods) if terms else ((), ())
    refuse_for(
        [
            *rules.tag_blockers(standards, {one.code for one in pack.standards}, "standards"),
            *rules.tag_blockers(indicators, {one.code for one in signs}, "indicators"),
            *rules.tag_blockers(methods, {one.code for one in ways}, "methods"),
        ]
    )
    report.tags.all().delete()
    wanted = {triage.TagKind.STANDARD: standards, triage.TagKind.INDICATOR: indicators, triage.TagKind.METHOD: methods}
    triage.ReportTag.objects.bulk_create(
        triage.ReportTag(report=report, kind=kind, scheme=scheme, code=code)
        for kind, codes in wanted.items()
        for code in dict.fromkeys(codes)
    )
    trail.record(
        report,
        "tag",
        by=by,
        at=at,
        standards=sorted(standards),
        indicators=sorted(indicators),
        methods=sorted(methods),
    )
    return report


@transaction.atomic
def identify(report: Report, *, organisation: Organisation, by: User, at: datetime) -> Report:
    """Say which organisation a report is about; whoever has a conflict of interest with it sees it no more.

    Raises `Refused` (conflicted).
    """
    report = _handled(report, by)
    refuse_for(permissions.conflict_blockers(by, organisation))
    report.organisation = organisation
    report.save(update_fields=["organisation"])
    trail.record(report, "identify", by=by, at=at, organisation=organisation)
    return report


@transaction.atomic
def link(report: Report, *, other: Report | None, kind: str, because: str, by: User, at: datetime) -> triage.ReportLink:
    """Say whether two reports are of the same thing, belong together, or do not; said again, the later word stands.

    Raises `Refused` (no_such_report, same_report, no_kind, no_reason).
    """
    report = _handled(report, by)
    refuse_for(rules.link_blockers(report, other, kind=kind, because=because))
    assert other is not None
    other = Report.objects.visible_to(by).get(pk=other.pk)
    first, second = sorted((report, other), key=lambda one: one.pk)
    made, _is_new = triage.ReportLink.objects.update_or_create(
        first=first, second=second, defaults={"kind": kind, "because": because, "by": by, "at": at}
    )
    for one, beside in ((report, other), (other, report)):
        trail.record(one, "link", by=by, at=at, other=beside, link=kind)
    return made


def _handled(report: Report, by: User) -> Report:
    """The report, locked, if this person may handle it."""
    permissions.require(by, "compliance.handle_reports")
    return trail.locked(report, among=Report.objects.visible_to(by))
