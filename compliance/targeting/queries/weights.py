"""The weights in force and those proposed, with what they would have found in past years."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from compliance.targeting.models import Weighting
from compliance.targeting.queries.evaluation import visited
from compliance.targeting.queries.scores import WeightsInForce, own_steps, scored_schemes, weights_in_force
from compliance.targeting.rules import evaluation as evaluating
from compliance.targeting.rules.evaluation import WeightsTrial, YearComparison
from compliance.targeting.rules.intervals import Estimate
from compliance.targeting.rules.points import Steps, Weights, weights_of, with_own
from registry import schemes
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class SchemeWeights:
    """One scheme: what its licences are scored by today, what waits, and all that was proposed, the newest first."""

    name: str
    title: str
    in_force: WeightsInForce
    waiting: Weighting | None
    weightings: tuple[Weighting, ...]


def scheme_weights(day: date) -> list[SchemeWeights]:
    rows = list(Weighting.objects.select_related("proposed_by", "adopted_by", "dropped_by").order_by("-number"))
    found = []
    for scheme in scored_schemes(day):
        own = tuple(one for one in rows if one.scheme == scheme.name)
        waits = next((one for one in own if one.is_waiting), None)
        found.append(SchemeWeights(scheme.name, _title(scheme), weights_in_force(scheme, day), waits, own))
    return found


def waiting_weights(scheme: str) -> Weighting | None:
    return Weighting.objects.waiting().filter(scheme=scheme).first()


def tried(scheme: Scheme, *, in_force: Weights, proposed: Weights) -> list[dict[str, Any]]:
    """Both weights on the visits of past years whose chance is known, as it is kept with a proposal."""
    compared = evaluating.compare(visited(scheme.name), in_force, proposed)
    return [_whole(asdict(one)) for one in compared]


#: Estimates are kept in millionths: whole numbers are the same on every machine, and in a digest.
MILLION = 1_000_000


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    return round(value * MILLION) if isinstance(value, float) else value


# --- one of them ---


@dataclass(frozen=True, slots=True)
class SignalSteps:
    """The steps of one signal, before and after."""

    code: str
    title: str
    counts: str
    before: Steps
    after: Steps

    @property
    def is_other(self) -> bool:
        return list(self.before) != list(self.after)


@dataclass(frozen=True, slots=True)
class WeightingFile:
    """All that the page about one proposal shows."""

    weighting: Weighting
    title: str
    signals: tuple[SignalSteps, ...]
    years: tuple[YearComparison, ...]


def weighting_file(one: Weighting) -> WeightingFile:
    scheme, language = schemes.get(one.scheme, one.version), get_language()
    of_pack = weights_of(scheme.targeting.signals) if scheme.targeting else {}
    before = with_own(of_pack, own_steps(one.against)) if one.against else of_pack
    after = own_steps(one.number)
    signals = tuple(
        SignalSteps(
            code=signal.code,
            title=said(signal.title, language),
            counts=said(signal.counts, language),
            before=before[signal.code],
            after=after.get(signal.code, before[signal.code]),
        )
        for signal in (scheme.targeting.signals if scheme.targeting else ())
    )
    return WeightingFile(one, _title(scheme), signals, tuple(_compared(year) for year in one.tried))


def _compared(kept: Mapping[str, Any]) -> YearComparison:
    return YearComparison(kept["year"], _tried(kept["in_force"]), _tried(kept["proposed"]))


#: What is kept of a trial; proposals from before keep more, and not how many visits each rests on.
WHOLE = ("year", "drawn", "top", "hits", "rests_on")


def _tried(kept: Mapping[str, Any]) -> WeightsTrial:
    whole = {name: kept.get(name, 0) for name in WHOLE}
    return WeightsTrial(**whole, rate=_estimate(kept["rate"]), critical=_estimate(kept["critical"]))


def trial_of_all(one: Weighting) -> WeightsTrial | None:
    """How the proposed weights did on all years together; None where there was no visit to try them on."""
    return _tried(one.tried[-1]["proposed"]) if one.tried else None


def _estimate(kept: Mapping[str, int] | None) -> Estimate | None:
    return Estimate(**{name: millionths / MILLION for name, millionths in kept.items()}) if kept else None


def _title(scheme: Scheme) -> str:
    return said(scheme.title, get_language())


def signals_of(scheme: Scheme) -> Sequence[tuple[str, str, str]]:
    """Code, title and what the value counts, of each signal that can be weighed."""
    language = get_language()
    fed = scheme.targeting.signals if scheme.targeting else ()
    return [(one.code, said(one.title, language), said(one.counts, language)) for one in fed]
