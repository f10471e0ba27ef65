"""What the closed rounds of a year say of the rate of failures among all licences of a scheme."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from compliance.inspections.models import Result
from compliance.inspections.states import ChosenHow, Finding
from compliance.targeting.models import VisitRound
from compliance.targeting.queries.rounds import is_made
from compliance.targeting.rules import random_sample
from compliance.targeting.rules.failure_rate import FailureRate, RoundSample, SelectedVisit, failure_rate
from compliance.targeting.states import RECIPE, RoundStatus


@dataclass(frozen=True, slots=True)
class YearRate:
    """One year, by the day on which the visits were selected."""

    year: int
    found: FailureRate


def failure_rates(scheme: str) -> tuple[YearRate, ...]:
    """Of each year with a closed round whose chances are known, the newest first. An open round says nothing yet."""
    rows = VisitRound.objects.filter(scheme=scheme, recipe=RECIPE, status=RoundStatus.CLOSED).order_by("drawn_at", "pk")
    years: dict[int, list[RoundSample]] = {}
    for one in rows.iterator():
        if one.drawn_at is not None:
            years.setdefault(timezone.localtime(one.drawn_at).year, []).append(sample_of(one))
    return tuple(YearRate(year, failure_rate(samples)) for year, samples in sorted(years.items(), reverse=True))


def sample_of(one: VisitRound) -> RoundSample:
    """The visits that were on the list: a licence that was chosen and ended before it was fixed represents no licence."""
    listed = random_sample.as_listed(one.listed)
    chance = chances_of(listed)
    failed = Result.objects.filter(inspection=OuterRef("inspection"), finding=Finding.NOT_MET)
    rows = one.choices.annotate(failed=Exists(failed)).order_by("pk")
    made = set(one.choices.filter(is_made()).values_list("pk", flat=True))
    visits = [
        SelectedVisit(chance[number], failed if key in made else None, how == ChosenHow.RANDOM)
        for key, number, how, failed in rows.values_list("pk", "licence__number", "how", "failed")
        if number in chance
    ]
    return RoundSample(len(listed), sum(not row.is_random for row in listed), visits)


def chances_of(listed: list[random_sample.ListedLicence]) -> Mapping[str, float]:
    return {row.number: row.chance for row in listed if row.visits}
