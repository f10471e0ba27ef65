"""The tables of licensing in an edition of the public statistics: about businesses and cases, so that nothing is hidden.

Each follows from the cases and the register as they are on the day of making (docs/statistics.md says how to recount it).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from licensing.appeals.states import SET_ASIDE, AppealOutcome
from licensing.applications.models import Application
from licensing.applications.queries.offices import office_holidays
from licensing.applications.states import ApplicationStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from licensing.progress.queries.durations import DECIDED
from registry import schemes
from registry.editions.queries import declaring
from registry.editions.rules.quarters import before, days_of, quarter_on, trend_of
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.filtersets import midnight
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.register.models import Entry
from registry.register.states import LICENSED_STANDINGS, Standing
from registry.task_figures.rules import survival_quantile
from registry.workdays import counter

QUARTER, SCHEME, EVERY = _("Quarter"), _("Scheme"), _("All schemes")
MET = _("%(scheme)s: the target is %(aim)s working days. Nine in ten were decided within %(taken)s: met.")
MISSED = _(
    "%(scheme)s: the target is %(aim)s working days. Nine in ten were decided within %(taken)s: missed by %(by)s."
)
#: The standings of those that hold a licence: one that is suspended is held all the same.
HELD = (*LICENSED_STANDINGS, Standing.SUSPENDED)
#: How many quarters of received applications a time is counted from.
COHORT = 4


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """All of them, of the quarter that ends on this day and the seven before."""
    dimensions = (declaring.quarter_dimension(QUARTER, last_day), declaring.scheme_dimension(SCHEME, EVERY, last_day))
    yield _licences(last_day, dimensions)
    yield _applications(last_day, dimensions)
    yield _times(last_day, dimensions)
    yield _decisions(last_day, dimensions[0])
    yield _appeals(last_day, dimensions[0])
    yield _appeal_outcomes(last_day, dimensions[0])


def _ends(last_day: date) -> dict[str, date]:
    """The last day of each quarter that is shown."""
    found = {code: days_of(code) for code in trend_of(quarter_on(last_day))}
    return {code: days[1] for code, days in found.items() if days}


def _licences(last_day: date, dimensions: tuple[Dimension, ...]) -> ReleaseTable:
    held: declaring.Counts = Counter()
    for code, day in _ends(last_day).items():
        shown: Any = Entry.objects.shown_at(midnight(day + timedelta(days=1)) - timedelta(microseconds=1))
        by_scheme = shown.standing_on(day).filter(standing__in=HELD).order_by().values_list("scheme")
        held.update({(code, scheme): number for scheme, number in by_scheme.annotate(n=Count("pk"))})
    ran_out = Licence.objects.filter(status=LicenceStatus.ACTIVE, valid_until__lt=last_day)
    columns = (
        held,
        declaring.count_days(Licence.objects.all(), "revoked_from", last_day, "scheme"),
        declaring.count_days(Licence.objects.all(), "surrendered_from", last_day, "scheme"),
        declaring.count_days(Licence.objects.all(), "ended_from", last_day, "scheme")
        + declaring.count_days(ran_out, "valid_until", last_day, "scheme"),
    )
    titles = declaring.measures(
        held=_("Held on the last day"),
        revoked=_("Revoked"),
        surrendered=_("Given up by the holder"),
        ended=_("Ended or run out"),
    )
    return declaring.release_table(
        "licences",
        CountedThing.FIRMS,
        title=_("Licences"),
        about=_(
            "Licences held on the last day of each quarter, as the public register showed them, suspended ones included. "
            "Beside them, licences that were revoked, given up or ended in the quarter."
        ),
        dimensions=dimensions,
        measures=titles,
        unit="licences",
        rows=declaring.rows_of(dimensions, *map(declaring.with_all, columns)),
    )


def _applications(last_day: date, dimensions: tuple[Dimension, ...]) -> ReleaseTable:
    sent = Application.objects.handed_in()
    waiting: declaring.Counts = Counter()
    for code, day in _ends(last_day).items():
        after = midnight(day + timedelta(days=1))
        open_then = sent.filter(Q(closed_at=None) | Q(closed_at__gte=after), submitted_at__lt=after)
        by_scheme = open_then.order_by().values_list("scheme").annotate(n=Count("pk"))
        waiting.update({(code, scheme): number for scheme, number in by_scheme})
    columns = (
        declaring.count_instants(sent, "submitted_at", last_day, "scheme"),
        *(
            declaring.count_instants(sent.filter(status__in=ended), "closed_at", last_day, "scheme")
            for ended in (DECIDED, (ApplicationStatus.WITHDRAWN,))
        ),
        waiting,
    )
    titles = declaring.measures(
        received=_("Received"), decided=_("Decided"), withdrawn=_("Withdrawn"), waiting=_("Waiting on the last day")
    )
    return declaring.release_table(
        "applications",
        CountedThing.CASES,
        title=_("Applications"),
        about=_("Applications for a licence, a renewal or a change, by when they were received and decided."),
        dimensions=dimensions,
        measures=titles,
        unit="applications",
        rows=declaring.rows_of(dimensions, *map(declaring.with_all, columns)),
    )


Durations = dict[tuple[str, str], tuple[Counter[int], Counter[int]]]


def _times(last_day: date, dimensions: tuple[Dimension, ...]) -> ReleaseTable:
    """By quarter and scheme: of the applications of the year that ends with it, those still open counted as waiting."""
    found = _durations(last_day)
    titles = declaring.measures(
        half=_("Half decided within"),
        nine_in_ten=_("Nine in ten decided within"),
        decided=_("Decided"),
        still_open=_("Still open or withdrawn"),
    )
    units = dict.fromkeys(titles, "applications") | dict.fromkeys(("half", "nine_in_ten"), "working days")
    return declaring.release_table(
        "times",
        CountedThing.CASES,
        title=_("Working days to a decision"),
        about=_(
            "Applications received in the 12 months that end with the quarter, in working days from submission to the "
            "decision. Those that are still open, or were withdrawn, count as waiting for as long as they were (Kaplan and "
            "Meier). So old cases that are left open cannot make the figure better."
        ),
        dimensions=dimensions,
        measures=titles,
        units=units,
        rows=tuple(
            (quarter, scheme, *_time_cells(*found[quarter, scheme]))
            for quarter in dimensions[0].values
            for scheme in dimensions[1].values
        ),
        notes=(
            *_targets(last_day, found),
            declaring.in_languages(_("[x] means that too few cases are decided to know it.")),
        ),
    )


def _targets(last_day: date, found: Durations) -> Iterator[dict[str, str]]:
    """Of each scheme that has a target on that day: what it is, and whether nine in ten were decided within it."""
    for scheme in schemes.all_in_force(last_day):
        aim = next((one.working_days for one in scheme.targets if one.code == "decide"), None)
        taken = survival_quantile(*found[quarter_on(last_day), scheme.name], 0.9)
        if aim is not None and taken is not None:
            titles = declaring.said_in_languages(scheme.title)
            yield {
                language: text % {"aim": aim, "taken": taken, "by": taken - aim, "scheme": titles[language]}
                for language, text in declaring.in_languages(MET if taken <= aim else MISSED).items()
            }


def _time_cells(ended: Counter[int], still_open: Counter[int]) -> Iterator[Cell]:
    for share in (0.5, 0.9):
        days = survival_quantile(ended, still_open, share)
        yield Mark.UNKNOWN if days is None else days
    yield ended.total()
    yield still_open.total()


def _durations(last_day: date) -> Durations:
    """The working days of the cases of each year, decided by its end and not: read once, as many as there are pairs of days."""
    number, ends = counter(office_holidays()), _ends(last_day)
    first = days_of(before(quarter_on(last_day), len(ends) + COHORT - 2))
    assert first is not None
    cases: Any = Application.objects.handed_in().filter(submitted_at__gte=midnight(first[0]))
    rows: Any = cases.order_by().values_list("scheme", "status", TruncDate("submitted_at"), TruncDate("closed_at"))
    found: Durations = defaultdict(lambda: (Counter(), Counter()))
    for scheme, status, began, closed, cases_of_days in rows.annotate(n=Count("pk")):
        for code, end in ends.items():
            if _is_of_cohort(began, code, end):
                until = min(closed or end, end)
                is_decided = closed is not None and closed <= end and status in DECIDED
                for each in (scheme, declaring.ALL):
                    found[code, each][not is_decided][number(until) - number(began)] += cases_of_days
    return found


def _is_of_cohort(began: date, code: str, end: date) -> bool:
    first = days_of(before(code, COHORT - 1))
    return first is not None and first[0] <= began <= end


def _decisions(last_day: date, quarter: Dimension) -> ReleaseTable:
    decided = Decision.objects.filter(status=DecisionStatus.DECIDED)
    kinds = declaring.dimension(
        "kind", _("Kind"), {declaring.ALL: _("All kinds"), **{one.value: one.label for one in DecisionKind}}
    )
    columns = [
        declaring.with_all(declaring.count_instants(rows, "decided_at", last_day, "kind"))
        for rows in (decided, decided.filter(immediate=True))
    ]
    titles = declaring.measures(decided=_("Decided"), at_once=_("With immediate effect"))
    return declaring.release_table(
        "decisions",
        CountedThing.CASES,
        title=_("Decisions"),
        about=_("Decisions by kind and by the day on which they were taken."),
        dimensions=(quarter, kinds),
        measures=titles,
        unit="decisions",
        rows=declaring.rows_of((quarter, kinds), *columns),
    )


def _appeals(last_day: date, quarter: Dimension) -> ReleaseTable:
    ended = Appeal.objects.exclude(outcome="")
    columns = (
        declaring.count_days(Appeal.objects.all(), "received_on", last_day),
        declaring.count_days(ended, "ended_on", last_day),
        declaring.count_days(ended.filter(outcome__in=SET_ASIDE), "ended_on", last_day),
    )
    titles = declaring.measures(received=_("Received"), ended=_("Ended"), set_aside=_("Decision set aside"))
    return declaring.release_table(
        "appeals",
        CountedThing.CASES,
        title=_("Appeals"),
        about=_(
            "Appeals against our decisions, by the day on which the tribunal received them and on which they ended."
        ),
        dimensions=(quarter,),
        measures=titles,
        unit="appeals",
        rows=declaring.rows_of((quarter,), *columns),
    )


def _appeal_outcomes(last_day: date, quarter: Dimension) -> ReleaseTable:
    outcomes = declaring.dimension("outcome", _("Outcome"), {one.value: one.label for one in AppealOutcome})
    ended = declaring.count_days(Appeal.objects.exclude(outcome=""), "ended_on", last_day, "outcome")
    titles = declaring.measures(ended=_("Ended"))
    return declaring.release_table(
        "appeal-outcomes",
        CountedThing.CASES,
        title=_("Outcomes of appeals"),
        about=_("How appeals ended, by the day on which they did."),
        dimensions=(quarter, outcomes),
        measures=titles,
        unit="appeals",
        rows=declaring.rows_of((quarter, outcomes), ended),
        query="appeals",
    )
