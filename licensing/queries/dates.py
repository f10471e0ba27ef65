"""The dates that run: of one case, decision, licence or change, with their rules; and all that are open, for the list of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.models import Inspection
from compliance.states import InspectionStatus
from licensing.filters import DatesFilter, Source
from licensing.models import Appeal, Application, Change, Check, Decision, InformationRequest
from licensing.queries import appeals as appeal_queries
from licensing.queries.cases import holidays_of, scheme_of
from licensing.queries.work import case_officers
from licensing.rules import clocks
from licensing.rules import holding as holding_rules
from licensing.rules.clocks import Clock
from licensing.states import BEING_HEARD, OPEN_APPEALS, AppealOutcome, AppealStatus, DecisionKind, DecisionStatus
from registry import queries as registry_queries
from registry import schemes, workdays
from registry.models import Calendar, Condition, Conflict, Licence, Organisation, User
from registry.schemes import Scheme
from registry.states import ConditionStatus, LicenceStatus

# Licences whose last day is nearer than this stand in the list of dates: renewal is open by then.
ENDING = timedelta(weeks=8)
SOON = 5


@dataclass(frozen=True, slots=True)
class Due:
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

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def is_overdue(self) -> bool:
        return self.is_over and not self.lapses

    @property
    def is_soon(self) -> bool:
        return 0 <= self.left <= SOON


@dataclass(frozen=True, slots=True)
class _Counting:
    """What dates are counted with on one page: today, and the holidays of each part of the kingdom, read once."""

    today: date
    holidays: Callable[[Calendar], frozenset[date]]

    def due(
        self,
        clock: Clock,
        on: date,
        *,
        of: Organisation,
        scheme: Scheme | None = None,
        length: int | None = None,
        about: str = "",
        href: str = "",
        officer: User | None = None,
    ) -> Due:
        calendar = Calendar.of(of.address)
        if length is None and scheme is not None:
            length = clock.of(scheme)
        left = workdays.working_days_between(self.today, on, self.holidays(calendar))
        return Due(
            title=clock.title,
            about=about,
            href=href,
            due_on=on,
            left=min(left, -1) if on < self.today else left,
            rule=clock.rule(length),
            law=clock.law(scheme, get_language() or "en") if scheme else "",
            turn=clock.waits_for.label,
            officer=officer,
            lapses=clock.lapses,
            calendar=calendar.label,
        )


def dates_of(subject: Application | Decision | Licence | Change | Appeal, *, on: date) -> list[Due]:
    """Every date that runs or has run about it and is not done with, the next first."""
    counting = _Counting(on, cache(registry_queries.holidays))
    found = _OF[type(subject)](subject, counting)
    return sorted(found, key=lambda due: due.due_on)


def _of_application(case: Application, counting: _Counting) -> Iterator[Due]:
    if case.version is None:
        return
    given: dict[str, Any] = {"of": case.organisation, "scheme": scheme_of(case), "officer": case.case_officer}
    for check in case.checks.of_others().unanswered().order_by("pk"):
        length = (check.due_on - check.sent_on).days
        yield counting.due(clocks.CHECK_REPLY, check.due_on, length=length, about=check.subject, **given)
    for asked in case.requests.filter(answered_at=None).order_by("pk"):
        yield counting.due(clocks.ANSWER_REQUEST, asked.due_on, about=asked.question, **given)
    for visit in Inspection.objects.filter(case=case.reference, status=InspectionStatus.COMMISSIONED):
        yield counting.due(clocks.REPORT_INSPECTION, visit.due_on, about=visit.reference, **given)
    for decision in case.decisions.order_by("pk"):
        yield from _of_decision(decision, counting)


def _of_decision(decision: Decision, counting: _Counting) -> Iterator[Due]:
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
    decision: Decision, counting: _Counting, scheme: Scheme, given: dict[str, Any], *, on: date
) -> Iterator[Due]:
    for appeal in decision.appeals.filter(status__in=OPEN_APPEALS).order_by("pk"):
        yield from _of_appeal(appeal, counting)
    if decision.appeal_by:
        yield counting.due(clocks.to_appeal(immediate=decision.immediate), decision.appeal_by, **given)
    if decision.kind == DecisionKind.REFUSE and clocks.CORRECT_FACTS.of(scheme):
        yield counting.due(clocks.CORRECT_FACTS, clocks.CORRECT_FACTS.due_on(on, scheme=scheme), **given)
    # What gives something back waits for no appeal: its day is whichever was chosen.
    if decision.licence_id and decision.takes_effect and decision.kind != DecisionKind.LIFT:
        clock = clocks.IMMEDIATE_EFFECT if decision.immediate else clocks.TAKES_EFFECT
        effect = decision.takes_effect
        if decision.immediate:
            effect = clock.due_on(on, scheme=scheme, holidays=holidays_of(decision.organisation))
        yield counting.due(clock, effect, **given)


def _of_appeal(appeal: Appeal, counting: _Counting) -> Iterator[Due]:
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
        if on is not None and (on >= counting.today or clock is not clocks.HEARING_NOTICE):
            yield counting.due(clock, on, **given)


def _dates_of_appeal(appeal: Appeal) -> Iterator[tuple[Clock, date | None]]:
    if found := _WHILE_HEARD.get(appeal.status):
        yield from found(appeal)
    if appeal.status in BEING_HEARD:
        yield clocks.APPEAL_DECIDED, appeal.decide_by
    if appeal.outcome == AppealOutcome.WITHDRAWN:
        yield clocks.WITHDRAWAL_BITES, appeal.effect_on


def _before_the_hearing(appeal: Appeal) -> Iterator[tuple[Clock, date | None]]:
    if appeal.hearing_on is None:
        return
    yield clocks.HEARING_NOTICE, appeal_queries.due(clocks.HEARING_NOTICE, appeal, appeal.hearing_on)
    if appeal.barred_on is None:
        yield clocks.HEARING_STATEMENTS, None if appeal.statements_on else appeal.statements_by
        yield clocks.HEARING_REPRESENTATIONS, None if appeal.representations_on else appeal.representations_by


_WHILE_HEARD: dict[str, Callable[[Appeal], Iterable[tuple[Clock, date | None]]]] = {
    AppealStatus.ACKNOWLEDGED: lambda appeal: [(clocks.APPEAL_REPLY, appeal.reply_by)],
    AppealStatus.WITH_TRIBUNAL: lambda appeal: [(clocks.HEARING_FIXED, appeal.fix_by)],
    AppealStatus.LISTED: _before_the_hearing,
}


def _of_licence(licence: Licence, counting: _Counting) -> Iterator[Due]:
    scheme = scheme_of(licence)
    given: dict[str, Any] = {"of": licence.organisation, "scheme": scheme}
    for condition in licence.conditions.filter(status=ConditionStatus.OPEN).order_by("pk"):
        yield counting.due(clocks.MEET_CONDITION, condition.due_on, about=condition.requirement, **given)
    for visit in Inspection.objects.filter(licence_number=licence.number, status=InspectionStatus.COMMISSIONED):
        yield counting.due(clocks.REPORT_INSPECTION, visit.due_on, about=visit.reference, **given)
    if licence.status == LicenceStatus.ACTIVE:
        yield from _of_active_licence(licence, counting, scheme)
    for decision in licence.decisions.order_by("pk"):
        yield from _of_decision(decision, counting)


def _of_active_licence(licence: Licence, counting: _Counting, scheme: Scheme) -> Iterator[Due]:
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


def _of_change(change: Change, counting: _Counting) -> Iterator[Due]:
    given: dict[str, Any] = {"of": change.organisation, "scheme": scheme_of(change)}
    if change.due_on:
        kind = scheme_of(change).change_kind(change.kind)
        yield counting.due(clocks.TELL_CHANGE, change.due_on, length=kind.working_days, **given)
    for check in change.checks.filter(result="").order_by("pk"):
        length = (check.due_on - check.sent_on).days
        yield counting.due(clocks.CHECK_REPLY, check.due_on, length=length, about=check.subject, **given)


_OF: dict[type[Model], Callable[[Any, _Counting], Iterator[Due]]] = {
    Application: _of_application,
    Decision: _of_decision,
    Licence: _of_licence,
    Change: _of_change,
    Appeal: _of_appeal,
}


# --- all that are open ---


def dates(params: Mapping[str, Any], *, by: User, on: date) -> DatesFilter:
    """Every open date of the authority's work that this person may see, overdue first: one list over all that has one."""
    counting = _Counting(on, cache(registry_queries.holidays))
    return DatesFilter(
        params,
        sources=[_open_to(by, source) for source in _sources(on)],
        officers=case_officers(),
        show=lambda source, row: _shown(source, row, counting),
        by=by,
        on=on,
    )


def _open_to(officer: User, source: Source) -> Source:
    """Without what is about organisations with which this officer has a conflict of interest."""
    rows, conflicted = source.rows, Conflict.objects.organisations_of(officer)
    for way in source.organisations:
        rows = rows.exclude(**{f"{way}__in": conflicted})
    return replace(source, rows=rows)


def views() -> list[tuple[str | Promise, str]]:
    """The ways to look at the list that everybody is offered: what each is called, and its filters."""
    return [
        (_("All"), ""),
        (_("Mine"), "officer=mine"),
        (_("Overdue"), "state=overdue"),
        (_("Due within a week"), "state=soon"),
    ]


def just_missed(*, on: date) -> dict[User | None, list[Due]]:
    """What has become overdue since the last working day, by who sees to it; none on a day that is not worked.

    A right that has lapsed is nobody's failure, so only duties are among them.
    """
    holidays = registry_queries.holidays(Calendar.ENGLAND_AND_WALES)
    if not workdays.is_working_day(on, holidays):
        return {}
    since = workdays.add_working_days(on, -1, holidays)
    counting = _Counting(on, cache(registry_queries.holidays))
    missed: dict[User | None, list[Due]] = {}
    for source in _sources(on):
        if _CLOCKS[source.code].lapses:
            continue
        for row in source.rows.filter(**{f"{source.due}__gte": since, f"{source.due}__lt": on}).order_by(
            source.due, "pk"
        ):
            due = _shown(source, row, counting)
            missed.setdefault(due.officer, []).append(due)
    return missed


def managers() -> "QuerySet[User]":
    """Those who are told of what nobody sees to."""
    permission = Permission.objects.filter(codename="assign_application", content_type__app_label="licensing")
    return User.objects.filter(is_active=True, groups__permissions__in=permission).distinct().order_by("pk")


def _sources(on: date) -> Iterable[Source]:
    case = "application__organisation"
    decided = Decision.objects.select_related(case, "licence__organisation", "proposed_by")
    yield _source(
        clocks.CHECK_REPLY,
        Check.objects.of_others().filter(result="", application__is_over=False).select_related(case, "application__case_officer"),
        "due_on", (case,), "application__case_officer",
    )  # fmt: skip
    yield _source(
        clocks.ANSWER_REQUEST,
        InformationRequest.objects.filter(answered_at=None, application__is_over=False).select_related(
            case, "application__case_officer"
        ),
        "due_on", (case,), "application__case_officer",
    )  # fmt: skip
    yield _source(
        clocks.REPORT_INSPECTION,
        Inspection.objects.filter(status=InspectionStatus.COMMISSIONED).select_related("organisation", "inspector"),
        "due_on", ("organisation",), "inspector",
    )  # fmt: skip
    subjects = (case, "licence__organisation")
    notified = decided.filter(status=DecisionStatus.NOTIFIED, reply_by__isnull=False)
    yield _source(clocks.REPLY_TO_NOTICE, notified, "reply_by", subjects, "proposed_by")
    appealable = decided.filter(status=DecisionStatus.DECIDED, appeal_by__gte=on)
    yield _source(clocks.APPEAL, appealable, "appeal_by", subjects, "proposed_by")
    yield from _sources_of_appeals()
    yield _source(
        clocks.MEET_CONDITION,
        Condition.objects.filter(status=ConditionStatus.OPEN).select_related("licence__organisation"),
        "due_on", ("licence__organisation",),
    )  # fmt: skip
    yield _source(
        clocks.LICENCE_ENDS,
        Licence.objects.filter(status=LicenceStatus.ACTIVE, valid_until__gte=on, valid_until__lte=on + ENDING).select_related(
            "organisation"
        ),
        "valid_until", ("organisation",),
    )  # fmt: skip


def _sources_of_appeals() -> Iterator[Source]:
    case, licence = "decision__application__organisation", "decision__licence__organisation"
    rows, subjects = Appeal.objects.select_related(case, licence, "received_by"), (case, licence)
    listed = rows.filter(status=AppealStatus.LISTED, barred_on=None)
    for clock, found, due in (
        (clocks.APPEAL_REPLY, rows.filter(status=AppealStatus.ACKNOWLEDGED), "reply_by"),
        (clocks.HEARING_FIXED, rows.filter(status=AppealStatus.WITH_TRIBUNAL), "fix_by"),
        (clocks.HEARING_STATEMENTS, listed.filter(statements_on=None), "statements_by"),
        (clocks.HEARING_REPRESENTATIONS, listed.filter(representations_on=None), "representations_by"),
        (clocks.APPEAL_DECIDED, rows.filter(status__in=BEING_HEARD), "decide_by"),
    ):
        yield _source(clock, found.filter(**{f"{due}__isnull": False}), due, subjects, "received_by")


def _source(clock: Clock, rows: Any, due: str, organisations: tuple[str, ...], officer: str = "") -> Source:
    return Source(clock.code, clock.title, clock.waits_for, rows, due, organisations, officer)


_CLOCKS = {one.code: one for one in clocks.CLOCKS}


def _shown(source: Source, row: Any, counting: _Counting) -> Due:
    subject, href, scheme = _place(row)
    return counting.due(
        _CLOCKS[source.code],
        getattr(row, source.due),
        of=subject,
        scheme=scheme,
        length=(row.due_on - row.sent_on).days if isinstance(row, Check) else None,
        about=str(subject),
        href=href,
        officer=_officer(row),
    )


def _place(row: Any) -> tuple[Organisation, str, Scheme | None]:
    """Whom the row is about, which page is about it, and by which version it is counted."""
    if isinstance(row, Appeal):
        return row.organisation, reverse("appeal", args=[row.reference]), appeal_queries.rules_of(row)
    if isinstance(row, Decision):
        return row.organisation, reverse("decision", args=[row.reference]), scheme_of(row.subject)
    if isinstance(row, Inspection):
        return row.organisation, reverse("inspection", args=[row.reference]), schemes.get(row.scheme, row.version)
    licence = row.licence if isinstance(row, Condition) else row
    if isinstance(licence, Licence):
        return licence.organisation, reverse("staff_licence", args=[licence.number]), scheme_of(licence)
    return (
        row.application.organisation,
        reverse("application", args=[row.application.reference]),
        scheme_of(row.application),
    )


def _officer(row: Any) -> User | None:
    if isinstance(row, Inspection):
        return row.inspector
    if isinstance(row, Decision):
        return row.proposed_by
    if isinstance(row, Appeal):
        return row.received_by
    case = row.application if isinstance(row, Check | InformationRequest) else None
    return case.case_officer if case else None
