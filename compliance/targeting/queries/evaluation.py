"""What targeting has found, against chance and against what was heard: from confirmed inspections alone.

All of them are read, so that it is counted once a day and when somebody asks for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection, Result
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow, Finding
from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries.tabulations import tabulated
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.queries.failure_rates import YearRate, chances_of, failure_rates
from compliance.targeting.queries.rounds import is_made
from compliance.targeting.queries.scores import weights_in_force
from compliance.targeting.rules import evaluation as evaluating
from compliance.targeting.rules import random_sample
from compliance.targeting.rules.by_standard import StandardLift, lifts
from compliance.targeting.rules.evaluation import Arm, EvaluatedVisit, WeightsTrial, Worth
from compliance.targeting.rules.intervals import Estimate
from compliance.targeting.states import RECIPE, ExplanationStatus
from registry import schemes
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class EvaluationTable:
    """What was counted of one scheme, as a `Tabulation` has it."""

    arms: tuple[Arm, ...]
    lift: Estimate | None
    signals: tuple[Worth, ...]
    years: tuple[WeightsTrial, ...]
    rates: tuple[YearRate, ...] = ()
    standards: tuple[StandardLift, ...] = ()


KEPT = TypeAdapter(EvaluationTable)


@dataclass(frozen=True, slots=True)
class NamedArm:
    title: str
    arm: Arm


@dataclass(frozen=True, slots=True)
class NamedWorth:
    title: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the page of evaluation shows of one scheme, and when it was counted."""

    name: str
    title: str
    counted_at: datetime
    arms: tuple[NamedArm, ...]
    lift: Estimate | None
    signals: tuple[NamedWorth, ...]
    years: tuple[WeightsTrial, ...]
    rates: tuple[YearRate, ...]

    @property
    def visits(self) -> int:
        return sum(one.arm.visits for one in self.arms)

    @property
    def useful(self) -> int:
        """How many signals tell something."""
        return sum(one.worth.verdict == "useful" for one in self.signals)

    @property
    def misleading(self) -> int:
        return sum(one.worth.verdict == "misleading" for one in self.signals)

    @property
    def last_year(self) -> WeightsTrial | None:
        return max(self.years, key=lambda one: one.year, default=None)

    @property
    def last_rate(self) -> YearRate | None:
        return max(self.rates, key=lambda one: one.year, default=None)


@dataclass(frozen=True, slots=True)
class ShownLift:
    """Targeted visits against those selected at random, as a row of a plot."""

    label: str
    estimate: Estimate


def shown_lift(found: EvaluationTable | None) -> tuple[ShownLift, ...]:
    """Nothing while either sort has no visit."""
    label = _("Visits that found a standard not met: targeted against selected at random")
    return (ShownLift(label, found.lift),) if found and found.lift else ()


#: What is read of a visit, of thousands at once.
READ = (
    *("scheme", "version", "visited_on", "licence_number"),
    *("choice__how", "choice__round", "choice__score", "choice__score__signals"),
)


def evaluations() -> list[Evaluation]:
    """One for each scheme of which this has been counted, in the words of the version by which it was."""
    made = [(one, counted(one)) for one in tabulated(StatisticsSubject.TARGETING)]
    return [_evaluation(one, found) for one, found in made if found is not None]


def counted(made: Tabulation) -> EvaluationTable | None:
    """What was counted; None of what was counted before it was counted as it is today: the next night counts it again."""
    try:
        return KEPT.validate_python(made.tables)
    except ValidationError:
        return None


def _evaluation(made: Tabulation, found: EvaluationTable) -> Evaluation:
    scheme = schemes.get(made.scheme, made.version)
    titles = {
        one.code: said(one.title, get_language()) for one in (scheme.targeting.signals if scheme.targeting else ())
    }
    return Evaluation(
        name=scheme.name,
        title=said(scheme.title, get_language()),
        counted_at=made.counted_at,
        arms=tuple(NamedArm(str(ChosenHow(arm.how).label), arm) for arm in found.arms),
        lift=found.lift,
        signals=tuple(NamedWorth(titles[worth.code], worth) for worth in found.signals),
        years=found.years,
        rates=found.rates,
    )


def evaluation_to_keep(scheme: Scheme, day: date) -> dict[str, Any]:
    """Over all confirmed visits of the scheme after the grant, by the weights in force on this day: as a `Tabulation` has it."""
    seen = visited(scheme.name)
    fed = scheme.targeting.signals if scheme.targeting else ()
    found = EvaluationTable(
        arms=tuple(_arm(how, seen, scheme) for how in ChosenHow),
        lift=evaluating.lift(seen),
        signals=tuple(evaluating.worth(one.code, seen) for one in fed),
        years=tuple(evaluating.back_test(seen, weights_in_force(scheme, day).steps)),
        rates=failure_rates(scheme.name),
        standards=tuple(lifts(*(_looked_at(how, scheme) for how in (ChosenHow.TARGETED, ChosenHow.RANDOM)))),
    )
    kept: dict[str, Any] = KEPT.dump_python(found, mode="json")
    return kept


def _arm(how: ChosenHow, seen: list[EvaluatedVisit], scheme: Scheme) -> Arm:
    """With what was selected and not visited: it is counted too."""
    selected = Choice.objects.filter(how=how, round__scheme=scheme.name)
    explained = selected.filter(explanations__status=ExplanationStatus.ACCEPTED).exclude(is_made())
    return evaluating.arm(how.value, seen, selected=selected.count(), explained=explained.count())


def _looked_at(how: ChosenHow, scheme: Scheme) -> list[dict[str, bool]]:
    """For each confirmed visit that was selected in this way, the standards that it looked at, and whether each was not met."""
    found: dict[int, dict[str, bool]] = {}
    rows = Result.objects.filter(inspection__in=_after_grant(scheme.name).filter(choice__how=how).values("pk"))
    rows = rows.filter(finding__in=(Finding.MET, Finding.NOT_MET)).order_by("pk")
    for inspection, code, finding in rows.values_list("inspection", "standard", "finding"):
        found.setdefault(inspection, {})[code] = finding == Finding.NOT_MET
    return list(found.values())


def _after_grant(scheme: str) -> "QuerySet[Inspection]":
    rows = Inspection.objects.confirmed().filter(scheme=scheme, kind__in=[*REACTIVE]).exclude(visited_on=None)
    return rows.exclude(licence_number="")


def visited(scheme: str) -> list[EvaluatedVisit]:
    """The confirmed visits after the grant of one scheme, each with what its choice rested on, if it was chosen in a round."""
    rows = _after_grant(scheme).select_related("choice__score").only(*READ)
    inspections = list(rows.order_by("pk"))
    unmet = _unmet(inspections)
    chances = {one.pk: chances_of(random_sample.as_listed(one.listed)) for one in _rounds(scheme)}
    return [_visited(one, unmet.get(one.pk, []), chances) for one in inspections]


def _rounds(scheme: str) -> Iterable[VisitRound]:
    return VisitRound.objects.filter(scheme=scheme, recipe=RECIPE).exclude(drawn_at=None).order_by("pk").iterator()


def _unmet(inspections: Iterable[Inspection]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = [one.pk for one in inspections]
    results = Result.objects.filter(inspection__in=wanted, finding=Finding.NOT_MET).order_by("pk")
    for inspection, code in results.values_list("inspection", "standard"):
        found.setdefault(inspection, []).append(code)
    return found


def _visited(one: Inspection, unmet: list[str], chances: Mapping[int, Mapping[str, float]]) -> EvaluatedVisit:
    choice = getattr(one, "choice", None)
    chance = chances.get(choice.round_id, {}).get(one.licence_number) if choice else None
    score = choice.score if choice else None
    found = inspection_rules.score(scheme_of(one), unmet)
    signals = score.signals if score else []
    return EvaluatedVisit(
        how=choice.how if choice else ChosenHow.REACTIVE,
        year=one.visited_on.year if one.visited_on else 0,
        hit=bool(unmet),
        points=found.points,
        critical=len(found.critical),
        signals={each["code"]: each["value"] for each in signals},
        steps={each["code"]: each["steps"] for each in signals},
        weight=1 / chance if chance else 0.0,
    )
