"""What followed after each preventive measure, counted once a night and read by the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from compliance.prevention import rules
from compliance.prevention.models import PreventionChange
from compliance.prevention.queries.background import background_of
from compliance.prevention.queries.occasions import occasions_of
from compliance.prevention.states import ComparisonBasis, Effect, FollowedOutcome, PreventiveMeasure
from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries.tabulations import tabulated
from compliance.targeting.queries.evaluation import ShownLift, shown_lift
from compliance.targeting.queries.evaluation import counted as counted_evaluation
from compliance.targeting.rules.evaluation import WORTHWHILE
from compliance.targeting.rules.intervals import Estimate
from registry import schemes
from registry.schemes import said

M = PreventiveMeasure
OF_VISIT = (FollowedOutcome.MET_AGAIN, FollowedOutcome.FAILURE, FollowedOutcome.REPORT, FollowedOutcome.EXIT)
OF_CASE = (FollowedOutcome.NEW_CASE, FollowedOutcome.REPORT)
#: What is looked for after each measure.
OUTCOMES = {
    M.RANDOM_VISIT: (FollowedOutcome.FAILURE, FollowedOutcome.REPORT, FollowedOutcome.EXIT),
    M.ANNOUNCED_VISIT: OF_VISIT,
    M.CONDITION: OF_VISIT,
    M.FOLLOW_UP: OF_VISIT,
    M.ADVICE: OF_VISIT,
    M.LETTER: OF_VISIT,
    M.WARNING: OF_CASE,
    M.UNDERTAKING: OF_CASE,
}


@dataclass(frozen=True, slots=True)
class MeasureResults:
    """One measure: how it was compared, on how many businesses with it and without it had the occasion, and what followed."""

    measure: PreventiveMeasure
    comparison: ComparisonBasis
    with_it: int
    without: int
    results: tuple[rules.FollowedResult, ...]


@dataclass(frozen=True, slots=True)
class PreventionTable:
    """What was counted of one scheme, as a `Tabulation` has it."""

    measures: tuple[MeasureResults, ...]


KEPT = TypeAdapter(PreventionTable)


def prevention_to_keep(scheme: str, today: date) -> dict[str, Any]:
    """Of all measures of the scheme, as a `Tabulation` has it."""
    known = background_of(scheme, today)
    made = (_counted(measure, found, today) for measure, found in occasions_of(scheme, known))
    kept: dict[str, Any] = KEPT.dump_python(PreventionTable(tuple(made)), mode="json")
    return kept


def _counted(measure: PreventiveMeasure, occasions: list[rules.Occasion], today: date) -> MeasureResults:
    first = rules.first_occasions(occasions)
    treated = sum(one.treated for one in first)
    return MeasureResults(
        measure=measure,
        comparison=ComparisonBasis.RANDOM if measure == M.RANDOM_VISIT else ComparisonBasis.MATCHED,
        with_it=treated,
        without=len(first) - treated,
        results=tuple(result for outcome in OUTCOMES[measure] for result in _followed(first, outcome, today)),
    )


def _followed(first: list[rules.Occasion], outcome: FollowedOutcome, today: date) -> list[rules.FollowedResult]:
    """Of one outcome, within each time."""
    is_sensitive = outcome == FollowedOutcome.REPORT
    found = [rules.follow(first, outcome, months, today=today, is_sensitive=is_sensitive) for months in rules.HORIZONS]
    return rules.longest_only(found) if is_sensitive else found


def table_of(made: Tabulation) -> PreventionTable | None:
    """None of what was counted before it was counted as it is today: the next night counts it again."""
    try:
        return KEPT.validate_python(made.tables)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class ShownResult:
    """One row of the table of a measure, in words."""

    outcome: str | Promise
    months: int
    result: rules.FollowedResult
    effect: Effect

    @property
    def label(self) -> str:
        return _("%(outcome)s, within %(months)s months") % {"outcome": self.outcome, "months": self.months}

    @property
    def estimate(self) -> Estimate | None:
        return self.result.gap

    @property
    def points(self) -> tuple[float, float, float]:
        """The difference and its interval in percentage points."""
        gap = self.result.gap
        return (gap.value * 100, gap.low * 100, gap.high * 100) if gap else (0, 0, 0)


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One measure as the page shows it."""

    code: str
    title: str | Promise
    comparison: ComparisonBasis
    with_it: int
    without: int
    rows: tuple[ShownResult, ...]

    @property
    def drawn(self) -> list[ShownResult]:
        """What there is an interval of."""
        return [one for one in self.rows if one.estimate]


@dataclass(frozen=True, slots=True)
class SchemePrevention:
    """What the page shows of one scheme. `lift` is targeted visits against those selected at random."""

    name: str
    title: str
    counted_at: datetime
    measures: tuple[ShownMeasure, ...]
    lift: tuple[ShownLift, ...]
    changes: tuple[PreventionChange, ...]


def prevention() -> list[SchemePrevention]:
    """Of each scheme of which it has been counted."""
    return [
        SchemePrevention(
            name=made.scheme,
            title=said(schemes.get(made.scheme, made.version).title, get_language()),
            counted_at=made.counted_at,
            measures=tuple(_shown(one) for one in table.measures),
            lift=_lift(made.scheme),
            changes=tuple(changes_of(made.scheme)),
        )
        for made in tabulated(StatisticsSubject.PREVENTION)
        if (table := table_of(made)) is not None
    ]


def _shown(one: MeasureResults) -> ShownMeasure:
    rows = (
        ShownResult(FollowedOutcome(row.outcome).label, row.months, row, rules.effect_of(row)) for row in one.results
    )
    return ShownMeasure(one.measure, one.measure.label, one.comparison, one.with_it, one.without, tuple(rows))


def _lift(scheme: str) -> tuple[ShownLift, ...]:
    made = tabulated(StatisticsSubject.TARGETING, scheme)
    return shown_lift(counted_evaluation(made[0])) if made else ()


def changes_of(scheme: str) -> Iterator[PreventionChange]:
    yield from PreventionChange.objects.filter(scheme=scheme).select_related("by").order_by("-at", "-pk")


def results_by_key(scheme: str) -> dict[str, tuple[str, rules.FollowedResult]]:
    """What may be named as the reason of a change, with its words: each result that has an interval."""
    tables = [table_of(made) for made in tabulated(StatisticsSubject.PREVENTION, scheme)]
    shown = [_shown(one) for table in tables if table for one in table.measures]
    return {
        f"{one.code}-{row.result.outcome}-{row.months}": (f"{one.title}: {row.label}. {row.effect.label}", row.result)
        for one in shown
        for row in one.drawn
    }


@dataclass(frozen=True, slots=True)
class SizePlan:
    """How many businesses on each side show this difference, by the share to which it happens without the measure: in per cent."""

    base: int
    gap: int
    each: int


def plans() -> list[SizePlan]:
    return [
        SizePlan(base, gap, rules.planned_size(base / 100, gap / 100))
        for base in (10, 30, 50)
        for gap in (round(WORTHWHILE * 100), 20)
    ]
