"""Every open date of the authority's work in one list, and what was missed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import get_language

from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from compliance.reports.models.reports import Report
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.states import BEING_HEARD, AppealStatus
from licensing.applications.queries.applications import scheme_of
from licensing.applications.queries.offices import case_officers
from licensing.checks.models import Check
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.due_dates.filters import DatesFilter, DateSource
from licensing.requests.models import InformationRequest
from licensing.time_limits.queries import DueDate, WorkingCalendar
from licensing.time_limits.rules import appeals, every_limit, licensing
from licensing.time_limits.rules import compliance as clocks
from licensing.time_limits.rules.clock import Clock
from registry import schemes, workdays
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Condition, Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Organisation
from registry.overdue import passed
from registry.schemes import Scheme, said

# Licences whose last day is nearer than this stand in the list of dates: renewal is open by then.
ENDING = timedelta(weeks=8)


def dates(params: Mapping[str, Any], *, by: User, on: date) -> DatesFilter:
    """Every open date of the authority's work that this person may see, overdue first: one list over all that has one."""
    counting = WorkingCalendar(on, cache(registry_queries.holidays))
    return DatesFilter(
        params,
        sources=[
            *(_open_to(by, source) for source in (*_sources_for(by, on), *_sources_of_undertakings(by))),
            *_sources_of_reports(by),
        ],
        officers=case_officers(),
        show=lambda source, row: _shown(source, row, counting),
        by=by,
        on=on,
    )


def _open_to(officer: User, source: DateSource) -> DateSource:
    """Without what is about organisations with which this officer has a conflict of interest."""
    rows, conflicted = source.rows, Conflict.objects.organisations_of(officer)
    for way in source.organisations:
        rows = rows.exclude(**{f"{way}__in": conflicted})
    return replace(source, rows=rows)


def just_missed(*, on: date) -> dict[User | None, list[DueDate]]:
    """What has become overdue since the last working day, by who sees to it; none on a day that is not worked.

    A right that has lapsed is nobody's failure, so only duties are among them.
    """
    holidays = registry_queries.holidays(Calendar.ENGLAND_AND_WALES)
    if not workdays.is_working_day(on, holidays):
        return {}
    since = workdays.add_working_days(on, -1, holidays)
    counting = WorkingCalendar(on, cache(registry_queries.holidays))
    missed: dict[User | None, list[DueDate]] = {}
    for source in _sources(on):
        if source.lapses:
            continue
        missed_since = source.rows.filter(passed(source.due, on)).exclude(passed(source.due, since))
        for row in missed_since.order_by(source.due, "pk"):
            due = _shown(source, row, counting)
            missed.setdefault(due.officer, []).append(due)
    return missed


def managers() -> "QuerySet[User]":
    """Those who are told of what nobody sees to."""
    return User.objects.who_may("licensing.assign_application").order_by("pk")


def _sources_for(by: User, on: date) -> Iterator[DateSource]:
    """Whoever sees no decisions sees by when visits are reported, if anything of this."""
    for source in _sources(on):
        of_visits = source.code == licensing.REPORT_INSPECTION.code and by.has_perm("compliance.view_inspections")
        if of_visits or by.has_perm("licensing.view_decisions"):
            yield source


def _sources(on: date) -> Iterable[DateSource]:
    case = "application__organisation"
    decided = Decision.objects.select_related(case, "licence__organisation", "proposed_by")
    yield _source(
        licensing.CHECK_REPLY,
        Check.objects.of_others()
        .filter(result="", application__is_over=False)
        .select_related(case, "application__case_officer"),
        "due_on",
        (case,),
        "application__case_officer",
    )
    yield _source(
        licensing.ANSWER_REQUEST,
        InformationRequest.objects.open()
        .filter(application__is_over=False)
        .select_related(case, "application__case_officer"),
        "due_on",
        (case,),
        "application__case_officer",
    )
    yield _source(
        licensing.REPORT_INSPECTION,
        # None of them is over: so an index begins with them, and not with the visits of all years.
        Inspection.objects.filter(status=InspectionStatus.COMMISSIONED, is_over=False).select_related(
            "organisation", "inspector"
        ),
        "due_on",
        ("organisation",),
        "inspector",
    )
    subjects = (case, "licence__organisation")
    notified = decided.filter(status=DecisionStatus.NOTIFIED, reply_by__isnull=False)
    yield _source(licensing.REPLY_TO_NOTICE, notified, "reply_by", subjects, "proposed_by")
    appealable = decided.filter(status=DecisionStatus.DECIDED, appeal_by__gte=on)
    yield _source(appeals.APPEAL, appealable, "appeal_by", subjects, "proposed_by")
    yield from _sources_of_appeals()
    yield _source(
        licensing.MEET_CONDITION,
        Condition.objects.to_be_met().select_related("licence__organisation"),
        "due_on",
        ("licence__organisation",),
    )
    yield _source(
        licensing.LICENCE_ENDS,
        Licence.objects.filter(
            status=LicenceStatus.ACTIVE, valid_until__gte=on, valid_until__lte=on + ENDING
        ).select_related("organisation"),
        "valid_until",
        ("organisation",),
    )


def _sources_of_appeals() -> Iterator[DateSource]:
    case, licence = "decision__application__organisation", "decision__licence__organisation"
    rows, subjects = Appeal.objects.select_related(case, licence, "received_by"), (case, licence)
    listed = rows.filter(status=AppealStatus.LISTED, barred_on=None)
    for clock, found, due in (
        (appeals.APPEAL_REPLY, rows.filter(status=AppealStatus.ACKNOWLEDGED), "reply_by"),
        (appeals.HEARING_FIXED, rows.filter(status=AppealStatus.WITH_TRIBUNAL), "fix_by"),
        (appeals.HEARING_STATEMENTS, listed.filter(statements_on=None), "statements_by"),
        (appeals.HEARING_REPRESENTATIONS, listed.filter(representations_on=None), "representations_by"),
        (appeals.APPEAL_DECIDED, rows.filter(status__in=BEING_HEARD), "decide_by"),
    ):
        yield _source(clock, found.filter(**{f"{due}__isnull": False}), due, subjects, "received_by")


def _sources_of_undertakings(by: User) -> Iterator[DateSource]:
    """Need to know: those who see the cases that they belong to."""
    if not by.has_perm("compliance.view_enforcement"):
        return
    rows, subject = Undertaking.objects.select_related("case__organisation", "case__officer"), ("case__organisation",)
    yield _source(clocks.AGREE_UNDERTAKING, rows.in_negotiation(), "negotiate_by", subject, "case__officer")
    yield _source(clocks.UNDERTAKING_ENDS, rows.in_force(), "until", subject, "case__officer")
    yield _source(clocks.ORDER_ENDS, rows.orders_in_force(), "order_until", subject, "case__officer")
    notices = UnderpaymentNotice.objects.to_pay().select_related("organisation", "drafted_by")
    yield _source(clocks.PAY_UNDERPAYMENT, notices, "pay_by", ("organisation",), "drafted_by")
    # Of those who have a file: a date is about somebody.
    orders = ConvictionOrder.objects.in_force().exclude(case__organisation=None)
    orders = orders.select_related("case__organisation", "case__officer")
    yield _source(clocks.CONVICTION_ORDER_ENDS, orders, "until", subject, "case__officer")


def _sources_of_reports(by: User) -> Iterator[DateSource]:
    """Of those that this person handles. Managers see how many are late (`/staff/reports/clocks/`), and not which."""
    if not by.has_perm("compliance.handle_reports"):
        return
    rows, subject = Report.objects.visible_to(by).open().select_related("organisation", "begun_by"), ("organisation",)
    undecided = rows.undecided().annotate(decide_on=TruncDate("decide_by"))
    yield _source(clocks.DECIDE_REPORT, undecided, "decide_on", subject, "begun_by")
    yield _source(clocks.TELL_REPORTER, rows.filter(is_decided=True), "tell_by", subject, "begun_by")


def _source(clock: Clock, rows: Any, due: str, organisations: tuple[str, ...], officer: str = "") -> DateSource:
    return DateSource(clock.code, clock.title, clock.waits_for, rows, due, organisations, officer, clock.lapses)


_CLOCKS = {
    one.code: one for one in (*every_limit.CLOCKS, *clocks.OF_UNDERTAKINGS, *clocks.OF_SANCTIONS, *clocks.OF_REPORTS)
}


def _shown(source: DateSource, row: Any, counting: WorkingCalendar) -> DueDate:
    subject, href, scheme = _place(row)
    due = counting.due(
        _CLOCKS[source.code],
        getattr(row, source.due),
        of=subject,
        scheme=scheme,
        length=(row.due_on - row.sent_on).days if isinstance(row, Check) else None,
        about=row.reference if isinstance(row, Report) else str(subject),
        href=href,
        officer=_officer(source, row),
    )
    return replace(due, detail=_of_check(row, scheme)) if isinstance(row, Check) and scheme else due


def _of_check(check: Check, scheme: Scheme) -> str:
    """What is asked, and of whom, where that is somebody of the organisation."""
    title = said(scheme.check(check.code).title, get_language())
    return f"{title}, {check.subject}" if check.person_id else title


OF_COMPLIANCE = (Inspection, Report, Undertaking, UnderpaymentNotice, ConvictionOrder)


def _place(row: Any) -> tuple[Organisation | None, str, Scheme | None]:
    """Whom the row is about, which page is about it, and by which version it is counted."""
    if isinstance(row, Appeal):
        return row.organisation, reverse("appeal", args=[row.reference]), appeal_queries.rules_of(row)
    if isinstance(row, Decision):
        return row.organisation, reverse("decision", args=[row.reference]), scheme_of(row.subject)
    if isinstance(row, OF_COMPLIANCE):
        return _place_in_compliance(row)
    licence = row.licence if isinstance(row, Condition) else row
    if isinstance(licence, Licence):
        return licence.organisation, reverse("staff_licence", args=[licence.number]), scheme_of(licence)
    return (
        row.application.organisation,
        reverse("application", args=[row.application.reference]),
        scheme_of(row.application),
    )


def _place_in_compliance(row: Any) -> tuple[Organisation | None, str, Scheme | None]:
    if isinstance(row, Undertaking | ConvictionOrder):
        assert row.case.organisation is not None  # whoever is asked for one is written to
        page = "undertaking" if isinstance(row, Undertaking) else "conviction_order"
        rules = schemes.get(row.case.scheme, row.case.version)
        return row.case.organisation, reverse(page, args=[row.reference]), rules
    if isinstance(row, UnderpaymentNotice):
        rules = schemes.get(row.scheme, row.version)
        return row.organisation, reverse("underpayment", args=[row.reference]), rules
    if isinstance(row, Report):
        return row.organisation, reverse("staff_report", args=[row.reference]), None
    return row.organisation, reverse("inspection", args=[row.reference]), schemes.get(row.scheme, row.version)


def _officer(source: DateSource, row: Any) -> User | None:
    """Whoever sees to it, where the source says in which column they stand."""
    for step in source.officer.split("__") if source.officer else ():
        row = getattr(row, step)
    return row if isinstance(row, User) else None
