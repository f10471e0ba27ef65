"""What licences score and why, and which are to be scored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.targeting.filters import ScoreFilter
from compliance.targeting.models import LicenceScore, ScoreReply, Weighting, WeightStep
from compliance.targeting.rules.points import Steps, Weights, weights_of, with_own
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.schemes import Scheme, TargetingSignal, said

#: How many former scores a page shows.
FORMER = 12


@dataclass(frozen=True, slots=True)
class WeightsInForce:
    """The steps by which licences are scored on a day, and since when; number 0 are those that the pack was written with."""

    number: int
    steps: Weights
    since: date


def weights_in_force(scheme: Scheme, day: date) -> WeightsInForce:
    """Those adopted last, else the scheme's own; of a signal that the adopted ones do not know, the scheme's own."""
    of_pack = weights_of(scheme.targeting.signals if scheme.targeting else ())
    adopted = Weighting.objects.holding(scheme.name, day).first()
    since = max(scheme.version, adopted.holds_from) if adopted and adopted.holds_from else scheme.version
    if adopted is None or adopted.back_to_scheme:
        return WeightsInForce(0, of_pack, since)
    return WeightsInForce(adopted.number, with_own(of_pack, own_steps(adopted.number)), since)


def own_steps(number: int) -> dict[str, Steps]:
    """The steps that were proposed under this number, by signal."""
    found: dict[str, list[tuple[int, int]]] = {}
    rows = WeightStep.objects.filter(weighting__number=number).order_by("signal", "at_least")
    for signal, at_least, points in rows.values_list("signal", "at_least", "points"):
        found.setdefault(signal, []).append((at_least, points))
    return dict(found)


def scored_schemes(day: date) -> list[Scheme]:
    """The schemes in force whose pack says by what licences are scored."""
    return [scheme for scheme in schemes.all_in_force(day) if scheme.targeting]


def to_be_scored(scheme: Scheme, *, since: datetime, at: datetime) -> "QuerySet[Licence]":
    """The licences in force of this scheme that have not been looked at since then."""
    looked = LicenceScore.objects.current().filter(licence=OuterRef("pk"), looked_at__gte=since)
    return Licence.objects.in_force(timezone.localdate(at)).filter(~Exists(looked), scheme=scheme.name).order_by("pk")


def scores(params: Mapping[str, Any], *, by: User, on: date) -> ScoreFilter:
    """The licences in force by what they score, the highest first."""
    rows = LicenceScore.objects.visible_to(by).current().filter(licence__in=Licence.objects.in_force(on))
    signals = {
        signal.code: said(signal.title, get_language())
        for scheme in scored_schemes(on)
        for signal in (scheme.targeting.signals if scheme.targeting else ())
    }
    return ScoreFilter(params, scores=rows.select_related("licence__organisation"), signals=signals)


# --- one licence ---


@dataclass(frozen=True, slots=True)
class ShownStep:
    at_least: int
    points: int
    is_reached: bool


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One thing that a value rests on, in words, and the page that shows it."""

    title: str | Promise
    called: str
    on: date
    detail: str
    adds: int
    url_name: str


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """One signal as a page shows it: enough to work its points out by hand."""

    code: str
    title: str
    counts: str
    value: int
    points: int
    steps: tuple[ShownStep, ...]
    evidence: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """All that the page about the score of one licence shows."""

    licence: Licence
    score: LicenceScore
    signals: tuple[ShownSignal, ...]
    former: tuple[LicenceScore, ...]
    replies: tuple[ScoreReply, ...]

    @property
    def silent(self) -> tuple[ShownSignal, ...]:
        return tuple(one for one in self.signals if not one.points)

    @property
    def speaking(self) -> tuple[ShownSignal, ...]:
        return tuple(one for one in self.signals if one.points)


def score_file(score: LicenceScore) -> ScoreFile:
    former = LicenceScore.objects.filter(licence=score.licence).exclude(pk=score.pk).order_by("-made_at", "-pk")
    return ScoreFile(
        licence=score.licence,
        score=score,
        signals=tuple(shown_signals(score)),
        former=tuple(former[:FORMER]),
        replies=replies_to(score.licence),
    )


def shown_signals(score: LicenceScore) -> Iterator[ShownSignal]:
    """The signals of a score as they were, in the words of the pack that had them."""
    of_pack = schemes.get(score.scheme, score.version).targeting
    known = {one.code: one for one in (of_pack.signals if of_pack else ())}
    for one in score.signals:
        yield _shown(known[one["code"]], one)


def _shown(signal: TargetingSignal, one: Mapping[str, Any]) -> ShownSignal:
    language, value = get_language(), one["value"]
    reached = max((at_least for at_least, _points in one["steps"] if value >= at_least), default=None)
    return ShownSignal(
        code=signal.code,
        title=said(signal.title, language),
        counts=said(signal.counts, language),
        value=value,
        points=one["points"],
        steps=tuple(ShownStep(at_least, points, at_least == reached) for at_least, points in one["steps"]),
        evidence=tuple(_evidence(each) for each in one["evidence"]),
    )


#: What each kind of evidence is called, and the page that shows the thing it names.
KINDS: Mapping[str, tuple[str | Promise, str]] = {
    "inspection": (_("Inspection, standard not met"), "inspection"),
    "visit": (_("Last visit"), "inspection"),
    "grant": (_("Grant, no visit since"), "staff_licence"),
    "notice": (_("Told late, working days"), ""),
    "condition": (_("Condition on standard"), "staff_licence"),
    "number_before": (_("Workers stated before"), ""),
    "number_now": (_("Workers stated last"), ""),
    "answer": (_("As the holder answered"), ""),
    "intelligence": (_("Intelligence, graded"), "intelligence"),
}


def _evidence(one: Mapping[str, Any]) -> ShownEvidence:
    title, url_name = KINDS[one["what"]]
    on = date.fromisoformat(one["on"])
    return ShownEvidence(title, one["called"], on, one["detail"], one["adds"], url_name)


# --- for the holder ---


@dataclass(frozen=True, slots=True)
class OwnSignals:
    """What a holder is shown: the signals that the pack shows, and never the sum, from which the others could be told."""

    licence: Licence
    about: str
    looked_at: datetime | None
    signals: tuple[ShownSignal, ...]
    hidden: bool
    replies: tuple[ScoreReply, ...]


def own_signals(licence: Licence, *, on: date) -> OwnSignals | None:
    """The signals of a licence as its holder may see them; None where the scheme has none."""
    of_today = schemes.in_force(licence.scheme, on).targeting
    if of_today is None:
        return None
    score = LicenceScore.objects.current().filter(licence=licence).first()
    of_pack = schemes.get(score.scheme, score.version).targeting if score else None
    may_be_shown = {one.code for one in (of_pack.signals if of_pack else ()) if one.shown}
    return OwnSignals(
        licence=licence,
        about=said(of_today.about, get_language()),
        looked_at=score.looked_at if score else None,
        signals=tuple(one for one in shown_signals(score) if one.code in may_be_shown) if score else (),
        hidden=any(not one.shown for one in of_today.signals),
        replies=replies_to(licence),
    )


def replies_to(licence: Licence) -> tuple[ScoreReply, ...]:
    """What the holder has said to its signals, newest first."""
    return tuple(ScoreReply.objects.filter(licence=licence).select_related("by").order_by("-at", "-pk"))
