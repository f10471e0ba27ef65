"""How the service does today: times with the open cases counted, the backlog by age, expected dates, appeals.

Each figure equals a published query over the event log (docs/service-figures.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.states.kinds import DecisionKind
from licensing.figures.queries import backlog
from licensing.figures.queries.outcomes import count_decisions
from licensing.figures.queries.service.cases import cases_received
from licensing.letters.rules import template_of
from licensing.progress.queries.durations import DECIDED, YEAR
from registry import schemes
from registry.editions.queries.declaring import ALL, dimension, in_languages, measures, release_table, scheme_dimension
from registry.editions.tables import Cell, CountedThing, Mark, ReleaseTable
from registry.filtersets import midnight
from registry.letters.models import Letter
from registry.task_figures.rules import survival_quantile

KINDS = {"application": _("New application or change"), "renewal": _("Renewal")}
#: The letter that says for the first time when to expect a decision.
RECEIVED = template_of("received")
#: The columns of `outcomes.count_decisions` that are shown.
TAKEN, APPEALED, REVERSED = 0, 4, 5


def tables(day: date) -> Iterator[ReleaseTable]:
    """The tables of this day."""
    yield _times(day)
    yield _backlog(day)
    yield _expected(day)
    yield _appeals(day)


def _times(day: date) -> ReleaseTable:
    started, ended = _Waits(), _Waits()
    for case in cases_received(day, YEAR):
        for key in ((case.scheme, case.kind), (ALL, case.kind), (case.scheme, ALL), (ALL, ALL)):
            started.add(key, case.to_start, case.so_far if case.to_end is None else case.to_end)
            ended.add(
                key, case.to_end if case.is_decided else None, case.so_far if case.to_end is None else case.to_end
            )
    dimensions = (
        scheme_dimension(_("Scheme"), _("All schemes"), day),
        dimension("kind", _("Kind"), {ALL: _("All kinds"), **KINDS}),
    )
    titles = measures(
        start=_("Half begun within"),
        half=_("Half decided within"),
        nine_in_ten=_("Nine in ten decided within"),
        decided=_("Decided"),
        still_open=_("Still open or withdrawn"),
    )
    units = dict.fromkeys(titles, "working days") | dict.fromkeys(("decided", "still_open"), "applications")
    rows = tuple(
        (
            *key,
            started.within(key, 0.5),
            ended.within(key, 0.5),
            ended.within(key, 0.9),
            ended.over[key].total(),
            ended.waiting[key].total(),
        )
        for key in ((scheme, kind) for scheme in dimensions[0].values for kind in dimensions[1].values)
    )
    about = _(
        "Applications received in the last 12 months, in working days from submission. Those still open, and those withdrawn, count "
        "as waiting for as long as they were. So old cases that are left open cannot make the figure better."
    )
    return release_table(
        "service-times",
        CountedThing.CASES,
        title=_("How long an application takes"),
        about=about,
        dimensions=dimensions,
        measures=titles,
        units=units,
        rows=rows,
        notes=(in_languages(_("[x] means that too few cases are decided to know it.")),),
    )


class _Waits:
    """By key, how many waits lasted so many days, and how many of the others have lasted so many."""

    def __init__(self) -> None:
        self.over: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self.waiting: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)

    def add(self, key: tuple[str, str], days: int | None, seen_for: int) -> None:
        if days is None:
            self.waiting[key][seen_for] += 1
        else:
            self.over[key][days] += 1

    def within(self, key: tuple[str, str], share: float) -> Cell:
        days = survival_quantile(self.over[key], self.waiting[key], share)
        return Mark.UNKNOWN if days is None else days


def _backlog(day: date) -> ReleaseTable:
    dimensions = (
        scheme_dimension(_("Scheme"), _("All schemes"), day),
        dimension(
            "age",
            _("Working days since it was received"),
            dict(zip(backlog.AGES, map(_band, range(len(backlog.BANDS))), strict=True)),
        ),
    )
    titles = measures(open=_("Open"))
    open_now: Counter[tuple[str, str]] = Counter()
    for scheme in dimensions[0].values:
        for officer in backlog.held("" if scheme == ALL else scheme, day):
            open_now.update({(scheme, age): n for age, n in zip(backlog.AGES, officer.ages, strict=True)})
    return release_table(
        "service-backlog",
        CountedThing.CASES,
        title=_("What waits, by age"),
        about=_("Applications that are open today, by working days since they were received."),
        dimensions=dimensions,
        measures=titles,
        units={"open": "applications"},
        rows=tuple(
            (scheme, age, open_now[scheme, age]) for scheme in dimensions[0].values for age in dimensions[1].values
        ),
    )


def _band(place: int) -> str:
    least, most = backlog.BANDS[place]
    return f"{least}–{most}" if most is not None else f"{least}+"


def _expected(day: date) -> ReleaseTable:
    """Of the cases decided in the last 12 months that had been told when to expect it: how often that was right."""
    closed = Application.objects.filter(
        status__in=DECIDED, closed_at__gte=midnight(day - YEAR), closed_at__lt=midnight(day + timedelta(days=1))
    )
    expected = _told_first(closed)
    told: dict[str, Counter[str]] = defaultdict(Counter)
    rows = closed.annotate(closed_on=TruncDate("closed_at")).values_list("reference", "scheme", "closed_on")
    for reference, scheme, closed_on in rows:
        if reference in expected:
            early, late = expected[reference]
            when = "sooner" if closed_on < early else "later" if closed_on > late else "within"
            told[scheme][when] += 1
            told[ALL][when] += 1
    schemes_shown = scheme_dimension(_("Scheme"), _("All schemes"), day)
    titles = measures(
        told=_("Told when to expect a decision"),
        within=_("Decided in that time"),
        sooner=_("Decided sooner"),
        later=_("Decided later"),
        share=_("In that time or sooner (per cent)"),
    )
    return release_table(
        "service-expected",
        CountedThing.CASES,
        title=_("How often expected dates were right"),
        about=_(
            "Of the applications decided in the last 12 months, those whose applicants were told on the first day when to expect "
            "a decision. The time that we tell is the one in which eight in ten cases of the year before were decided."
        ),
        dimensions=(schemes_shown,),
        measures=titles,
        unit="applications",
        units={"share": "per cent"},
        rows=tuple((scheme, *_told_cells(told[scheme])) for scheme in schemes_shown.values),
        notes=(in_languages(_("[x] means that there was no such case.")),),
    )


def _told_first(closed: "QuerySet[Application]") -> dict[str, tuple[date, date]]:
    """By the reference of the case, between which days its letter of receipt said that a decision can be expected."""
    letters = Letter.objects.filter(template=RECEIVED, reference__in=closed.order_by().values("reference"))
    days: Any = letters.order_by("-at").values_list(
        "reference", "facts__stands__expected_from", "facts__stands__expected_until"
    )
    # The first letter comes last, and counts.
    return {
        reference: (date.fromisoformat(early), date.fromisoformat(late))
        for reference, early, late in days
        if early and late
    }


def _told_cells(counted: Counter[str]) -> Iterator[Cell]:
    all_told = counted.total()
    yield all_told
    yield from (counted[when] for when in ("within", "sooner", "later"))
    yield round(100 * (counted["within"] + counted["sooner"]) / all_told, 1) if all_told else Mark.UNKNOWN


def _appeals(day: date) -> ReleaseTable:
    """Of the decisions of the last twelve months, how many were appealed against and how many of those set aside."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for scheme in schemes.names():
        for kind, numbers in count_decisions(scheme, day).items():
            shown = [numbers[TAKEN], numbers[APPEALED], numbers[REVERSED]]
            for key in (kind, ALL):
                counted[key] = [a + b for a, b in zip(counted[key], shown, strict=True)]
    kinds = dimension("kind", _("Kind"), {ALL: _("All kinds"), **{one.value: one.label for one in DecisionKind}})
    titles = measures(taken=_("Decided"), appealed=_("Appealed against"), reversed=_("Reversed on appeal"))
    return release_table(
        "service-appeals",
        CountedThing.CASES,
        title=_("Decisions that were appealed against and reversed"),
        about=_("Decisions of this month and the eleven before, and what has become of them by today."),
        dimensions=(kinds,),
        measures=titles,
        unit="decisions",
        rows=tuple((kind, *counted[kind]) for kind in kinds.values),
    )
