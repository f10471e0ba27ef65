"""A round in which chance decided, and what followed after it, by the real actions."""

from datetime import datetime, timedelta

from compliance.prevention.queries import results
from compliance.prevention.queries.results import MeasureResults
from compliance.prevention.rules import FollowedResult
from compliance.statistics.models import StatisticsSubject
from compliance.statistics.queries.tabulations import tabulated
from compliance.targeting.models import VisitRound
from registry.licences.actions import licences as licence_actions
from registry.licences.models import Licence
from tests.compliance.targeting.world import a_round, a_round_drawn, licences
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

#: When what followed within six months is known.
HALF_A_YEAR_LATER = NOW + timedelta(days=190)


@remembered
def a_round_of_chance(how_many: int = 40, *, gone: int = 12) -> VisitRound:
    """Half of the licences are drawn; of those that are not, so many are given up a month later."""
    licences(how_many)
    one = a_round_drawn(a_round(capacity=how_many // 2))
    drawn = set(one.choices.values_list("licence", flat=True))
    for licence in Licence.objects.exclude(pk__in=drawn).order_by("pk")[:gone]:
        given_up(licence)
    return one


def given_up(licence: Licence, *, days: int = 30) -> Licence:
    on = (NOW + timedelta(days=days)).date()
    return licence_actions.surrender(licence, takes_effect=on, because="We stop.", by=person("decision_maker"), at=NOW)


def measure(code: str, scheme: str = "gla-food") -> MeasureResults:
    """As it was counted last."""
    (made,) = tabulated(StatisticsSubject.PREVENTION, scheme)
    table = results.table_of(made)
    assert table
    return next(one for one in table.measures if one.measure == code)


def result(code: str, outcome: str, months: int = 6) -> FollowedResult:
    return next(one for one in measure(code).results if (one.outcome, one.months) == (outcome, months))


def moment(days: int) -> datetime:
    return NOW + timedelta(days=days)
