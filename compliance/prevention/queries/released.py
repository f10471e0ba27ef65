"""What followed after preventive measures, and what targeting found against chance, as tables that can be released."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.inspections.states import ChosenHow
from compliance.prevention.queries.results import MeasureResults, changes_of, table_of
from compliance.prevention.rules import HORIZONS, FollowedResult, effect_of
from compliance.prevention.states import Effect, FollowedOutcome, PreventiveMeasure
from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries.released import standard_titles
from compliance.statistics.queries.tabulations import tabulated
from compliance.targeting.queries.evaluation import EvaluationTable
from compliance.targeting.queries.evaluation import counted as counted_evaluation
from compliance.targeting.rules.by_standard import OTHERS, StandardLift
from compliance.targeting.rules.evaluation import Arm
from compliance.targeting.rules.intervals import Estimate
from registry import schemes
from registry.editions.queries.declaring import ALL, dimension, in_languages, measures, release_table, said_in_languages
from registry.editions.queries.intervals import DIFFERENCE
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable

Words = Mapping[str, str]
Row = tuple[str | Cell, ...]
PER_CENT = "per cent"


def prevention_tables(last_day: date) -> Iterator[ReleaseTable]:
    """Of all schemes, from what was counted last; none where nothing was. It is as of that night, and not of `last_day`."""
    made = _begun(tabulated(StatisticsSubject.PREVENTION), last_day)
    found = {one.scheme: table for one in made if (table := table_of(one))}
    if found:
        scheme_names = _schemes(found, last_day)
        yield release_table(
            "prevention",
            CountedThing.FIRMS,
            title=_("Does it work?"),
            about=_("What followed after each preventive measure, against businesses that did not have the measure."),
            dimensions=(
                scheme_names,
                dimension("measure", _("Measure"), dict(PreventiveMeasure.choices)),
                dimension("outcome", _("What followed"), dict(FollowedOutcome.choices)),
                dimension("months", _("Within months"), {str(one): str(one) for one in HORIZONS}),
            ),
            measures=measures(**{code: title for code, (title, _unit) in MEASURES.items()}),
            units={code: unit for code, (_title, unit) in MEASURES.items()},
            rows=tuple(
                (scheme, *_row(one, result))
                for scheme, table in found.items()
                for one in table.measures
                for result in one.results
            ),
            notes=tuple(_notes(scheme_names, {scheme: table.measures for scheme, table in found.items()})),
        )
    yield from _of_targeting(last_day)


def _begun(made: Iterable[Tabulation], last_day: date) -> list[Tabulation]:
    """Of schemes that were in force on this day: an edition can be made or corrected after another scheme has begun."""
    return [one for one in made if schemes.versions(one.scheme)[0] <= last_day]


def _schemes(found: Iterable[str], on: date) -> Dimension:
    own = {name: said_in_languages(schemes.in_force(name, on).title) for name in found}
    return Dimension("scheme", in_languages(_("Scheme")), own)


#: Each measure of a row with its title and unit, in order.
MEASURES: dict[str, tuple[str | Promise, str]] = {
    "with_it": (_("Businesses with it"), "businesses"),
    "without": (_("Businesses without it"), "businesses"),
    "rate_with": (_("Happened with it"), PER_CENT),
    "rate_without": (_("Happened without it"), PER_CENT),
    "difference": (_("Difference"), "percentage points"),
    "low": (_("Lowest difference"), "percentage points"),
    "high": (_("Highest difference"), "percentage points"),
    "needed": (_("Businesses needed"), "businesses"),
}


def _row(one: MeasureResults, result: FollowedResult) -> Row:
    empty = Mark.HIDDEN if result.hidden else Mark.UNKNOWN
    rates = [_per_cent(rate.value) if rate else empty for rate in (result.rate_with, result.rate_without)]
    gap = _gap(result.gap, empty)
    needed: Cell = empty if result.hidden else result.needed or Mark.IMPOSSIBLE
    of = (result.with_it[1], result.without[1])
    return (one.measure.value, result.outcome, str(result.months), *of, *rates, *gap, needed)


def _gap(gap: Estimate | None, empty: Mark) -> tuple[Cell, ...]:
    return tuple(_per_cent(one) for one in (gap.value, gap.low, gap.high)) if gap else (empty,) * 3


def _per_cent(share: float) -> float:
    return round(share * 100, 1)


def _notes(scheme: Dimension, measures: Mapping[str, Iterable[MeasureResults]]) -> Iterator[Words]:
    """How each measure was compared, of which nothing can be told yet, and what was changed as a result."""
    named = {one.measure: one.comparison for each in measures.values() for one in each}
    for measure, comparison in named.items():
        yield in_languages(_("%(measure)s: %(comparison)s."), measure=measure.label, comparison=comparison.label)
    for name, each in measures.items():
        for one in each:
            if all(effect_of(result) in (Effect.UNKNOWN, Effect.HIDDEN) for result in one.results):
                title = scheme.values[name]["en"]
                yield in_languages(
                    _("%(scheme)s: %(measure)s: cannot tell yet."), scheme=title, measure=one.measure.label
                )
        for change in changes_of(name):
            yield in_languages(_("Changed from %(day)s: %(text)s"), day=change.holds_from.isoformat(), text=change.text)


def _of_targeting(last_day: date) -> Iterator[ReleaseTable]:
    made = {one.scheme: counted_evaluation(one) for one in _begun(tabulated(StatisticsSubject.TARGETING), last_day)}
    found = {scheme: table for scheme, table in made.items() if table}
    rows = [(scheme, *row) for scheme, table in found.items() for row in _compared(scheme, table)]
    if rows:
        yield release_table(
            "targeting",
            CountedThing.VISITS,
            title=_("Targeted visits against visits selected at random"),
            about=_(
                "Confirmed visits after the grant that found a standard not met; for each standard, of the visits that looked "
                "at it. Standards that fewer than 3 visits of either sort looked at are counted together."
            ),
            dimensions=(
                _schemes(found, last_day),
                _standards(found, last_day),
                dimension("how", _("How chosen"), {**COMPARED, "difference": _("Difference")}),
            ),
            measures=measures(
                visits=_("Visits"), rate=_("Found a standard not met"), low=_("Lowest"), high=_("Highest")
            ),
            unit=PER_CENT,
            units={"visits": "visits"},
            rows=tuple(rows),
            notes=(
                in_languages(
                    _("Of 100 standards that both sorts of visits find alike, about 5 look different by chance.")
                ),
            ),
        )


def _standards(found: Mapping[str, EvaluationTable], last_day: date) -> Dimension:
    keys = [_key(scheme, one.code) for scheme, table in found.items() for one in table.standards]
    words = {ALL: _("Any standard"), CRITICAL: _("Any critical standard"), OTHERS: _("Other standards, together")}
    whole = dimension("standard", _("Standard"), words)
    own = standard_titles({key for key in keys if key not in words}, last_day)
    return replace(whole, values={**whole.values, **own})


def _key(scheme: str, code: str) -> str:
    """Two schemes share numbers."""
    return code if code == OTHERS else f"{scheme}:{code}"


def _compared(scheme: str, table: EvaluationTable) -> Iterator[Row]:
    """Any standard, any critical one, and each that was found not met, the most often first."""
    arms = [arm for arm in table.arms if arm.how in COMPARED]
    for arm in arms:
        yield (ALL, arm.how, arm.visits, *_gap(arm.rate, Mark.UNKNOWN))
    yield (ALL, DIFFERENCE, Mark.IMPOSSIBLE, *_gap(table.lift, Mark.UNKNOWN))
    for one in (*_of_critical(arms), *table.standards):
        key = CRITICAL if one.code == CRITICAL else _key(scheme, one.code)
        for how, (_hits, of), rate in one.rates:
            yield (key, how, of, *_gap(rate, Mark.UNKNOWN))
        yield (key, DIFFERENCE, Mark.IMPOSSIBLE, *_gap(one.lift, Mark.UNKNOWN))


def _of_critical(arms: Iterable[Arm]) -> Iterator[StandardLift]:
    hits = {arm.how: (round(arm.critical.value * arm.visits), arm.visits) for arm in arms if arm.critical}
    if set(hits) == set(COMPARED):
        yield StandardLift(CRITICAL, hits[ChosenHow.TARGETED.value], hits[ChosenHow.RANDOM.value])


CRITICAL = "critical"
COMPARED: dict[str, str | Promise] = {one.value: one.label for one in (ChosenHow.TARGETED, ChosenHow.RANDOM)}
