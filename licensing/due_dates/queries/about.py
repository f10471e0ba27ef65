"""The dates about one application, decision, licence, change or appeal, for its page."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.states import BEING_HEARD, OPEN_APPEALS, AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.applications.queries.applications import holidays_of, scheme_of
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.models import Change
from licensing.holding.rules import holding as holding_rules
from licensing.requests.queries import requests_of
from licensing.requests.states import RequestStatus
from licensing.time_limits.queries import DueDate, WorkingCalendar
from licensing.time_limits.rules import appeals
from licensing.time_limits.rules import licensing as clocks
from licensing.time_limits.rules.clock import Clock
from registry import schemes
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.schemes import Scheme


def dates_of(subject: Application | Decision | Licence | Change | Appeal, *, on: date) -> list[DueDate]:
    """Every date that runs or has run about it and is not done with, the next first."""
    counting = WorkingCalendar(on, cache(registry_queries.holidays))
    found = _OF[type(subject)](subject, counting)
    return sorted(found, key=lambda due: due.due_on)


def _of_application(case: Application, counting: WorkingCalendar) -> Iterator[DueDate]:
    if case.version is None:
        return
    given: dict[str, Any] = {"of": case.organisation, "scheme": scheme_of(case), "officer": case.case_officer}
    for check in case.checks.of_others().unanswered().order_by("pk"):
        length = (check.due_on - check.sent_on).days
        yield counting.due(clocks.CHECK_REPLY, check.due_on, length=length, about=check.subject, **given)
    for asked in (one for one in requests_of(case) if one.request.status == RequestStatus.OPEN):
        yield counting.due(clocks.ANSWER_REQUEST, asked.request.due_on, about=asked.words, **given)
    for visit in Inspection.objects.filter(case=case.reference, status=InspectionStatus.COMMISSIONED):
        yield counting.due(clocks.REPORT_INSPECTION, visit.due_on, about=visit.reference, **given)
    for decision in case.decisions.order_by("pk"):
        yield from _of_decision(decision, counting)


def _of_decision(decision: Decision, counting: WorkingCalendar) -> Iterator[DueDate]:
    scheme = scheme_of(decision.subject)
    given: dict[str, Any] = {
        "of": decision.organisation,
        "scheme": scheme,
        "about": decision.reference,
        "href": reverse("decision", args=[decision.reference]),
        "officer": decision.proposed_by,
    }
    if decision.status == DecisionStatus.NOTIFIED and decision.reply_by:
        yield counting.due(clocks.REPLY_TO_NOTICE, decision.reply_by, **given)
    if decision.decided_at is not None:
        yield from _of_decided(decision, counting, scheme, given, on=timezone.localdate(decision.decided_at))


def _of_decided(
    decision: Decision, counting: WorkingCalendar, scheme: Scheme, given: dict[str, Any], *, on: date
) -> Iterator[DueDate]:
    for appeal in decision.appeals.filter(status__in=OPEN_APPEALS).order_by("pk"):
        yield from _of_appeal(appeal, counting)
    if decision.appeal_by:
        yield counting.due(appeals.to_appeal(immediate=decision.immediate), decision.appeal_by, **given)
    if decision.kind == DecisionKind.REFUSE and clocks.CORRECT_FACTS.of(scheme):
        yield counting.due(clocks.CORRECT_FACTS, clocks.CORRECT_FACTS.due_on(on, scheme=scheme), **given)
    # What gives something back waits for no appeal: its day is whichever was chosen.
    if decision.licence_id and decision.takes_effect and decision.kind != DecisionKind.LIFT:
        clock = clocks.IMMEDIATE_EFFECT if decision.immediate else clocks.TAKES_EFFECT
        effect = decision.takes_effect
        if decision.immediate:
            effect = clock.due_on(on, scheme=scheme, holidays=holidays_of(decision.organisation))
        yield counting.due(clock, effect, **given)


def _of_appeal(appeal: Appeal, counting: WorkingCalendar) -> Iterator[DueDate]:
    """What its side, the authority and the tribunal have to do while it is heard, and when it comes to hold what was decided."""
    given: dict[str, Any] = {
        "of": appeal.organisation,
        "scheme": appeal_queries.rules_of(appeal),
        "about": appeal.reference,
        "href": reverse("appeal", args=[appeal.reference]),
        "officer": appeal.received_by,
    }
    for clock, on in _dates_of_appeal(appeal):
        # By when the tribunal gives notice is no date of ours: once it has passed, it has.
        if on is not None and (on >= counting.today or clock is not appeals.HEARING_NOTICE):
            yield counting.due(clock, on, **given)


def _dates_of_appeal(appeal: Appeal) -> Iterator[tuple[Clock, date | None]]:
    if found := _WHILE_HEARD.get(appeal.status):
        yield from found(appeal)
    if appeal.status in BEING_HEARD:
        yield appeals.APPEAL_DECIDED, appeal.decide_by
    if appeal.outcome == AppealOutcome.WITHDRAWN:
        yield appeals.WITHDRAWAL_BITES, appeal.effect_on


def _before_the_hearing(appeal: Appeal) -> Iterator[tuple[Clock, date | None]]:
    if appeal.hearing_on is None:
        return
    yield appeals.HEARING_NOTICE, appeal_queries.due(appeals.HEARING_NOTICE, appeal, appeal.hearing_on)
    if appeal.barred_on is None:
        yield appeals.HEARING_STATEMENTS, None if appeal.statements_on else appeal.statements_by
        yield appeals.HEARING_REPRESENTATIONS, None if appeal.representations_on else appeal.representations_by


_WHILE_HEARD: dict[str, Callable[[Appeal], Iterable[tuple[Clock, date | None]]]] = {
    AppealStatus.ACKNOWLEDGED: lambda appeal: [(appeals.APPEAL_REPLY, appeal.reply_by)],
    AppealStatus.WITH_TRIBUNAL: lambda appeal: [(appeals.HEARING_FIXED, appeal.fix_by)],
    AppealStatus.LISTED: _before_the_hearing,
}


def _of_licence(licence: Licence, counting: WorkingCalendar) -> Iterator[DueDate]:
    scheme = scheme_of(licence)
    given: dict[str, Any] = {"of": licence.organisation, "scheme": scheme}
    for condition in licence.conditions.to_be_met().order_by("pk"):
        yield counting.due(clocks.MEET_CONDITION, condition.due_on, about=condition.requirement, **given)
    for visit in Inspection.objects.filter(licence_number=licence.number, status=InspectionStatus.COMMISSIONED):
        yield counting.due(clocks.REPORT_INSPECTION, visit.due_on, about=visit.reference, **given)
    if licence.status == LicenceStatus.ACTIVE:
        yield from _of_active_licence(licence, counting, scheme)
    for decision in licence.decisions.order_by("pk"):
        yield from _of_decision(decision, counting)


def _of_active_licence(licence: Licence, counting: WorkingCalendar, scheme: Scheme) -> Iterator[DueDate]:
    given: dict[str, Any] = {"of": licence.organisation, "scheme": scheme}
    yield counting.due(clocks.RENEWAL_OPENS, clocks.RENEWAL_OPENS.due_on(licence.valid_until, scheme=scheme), **given)
    yield counting.due(clocks.LICENCE_ENDS, licence.valid_until, **given)
    if licence.suspended_until:
        yield counting.due(clocks.SUSPENSION_ENDS, licence.suspended_until, **given)
    if not hasattr(licence, "start_of_supply"):
        now = schemes.in_force(licence.scheme, counting.today)
        holidays = counting.holidays(Calendar.of(licence.organisation.address))
        told_by = holding_rules.start_due_on(licence, now, holidays=holidays)
        yield counting.due(clocks.START_OF_SUPPLY, told_by, **{**given, "scheme": now})


def _of_change(change: Change, counting: WorkingCalendar) -> Iterator[DueDate]:
    given: dict[str, Any] = {"of": change.organisation, "scheme": scheme_of(change)}
    if change.due_on:
        kind = scheme_of(change).change_kind(change.kind)
        yield counting.due(clocks.TELL_CHANGE, change.due_on, length=kind.working_days, **given)
    for check in change.checks.filter(result="").order_by("pk"):
        length = (check.due_on - check.sent_on).days
        yield counting.due(clocks.CHECK_REPLY, check.due_on, length=length, about=check.subject, **given)


_OF: dict[type[Model], Callable[[Any, WorkingCalendar], Iterator[DueDate]]] = {
    Application: _of_application,
    Decision: _of_decision,
    Licence: _of_licence,
    Change: _of_change,
    Appeal: _of_appeal,
}
