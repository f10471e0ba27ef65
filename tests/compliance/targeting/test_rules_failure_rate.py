"""What the rounds of a year say of all licences: unbiased, with intervals that hold the truth, and no better for what is left out."""

from fractions import Fraction
from math import isclose

import pytest

from compliance.targeting.rules import random_sample
from compliance.targeting.rules.failure_rate import FEWEST_AT_RANDOM, RoundSample, SelectedVisit, failure_rate
from tests.benchmarks import rounds

#: 10,000 years of each are in docs/measured.md; these take some seconds.
YEARS = 200


@pytest.mark.parametrize("field", [rounds.FIELDS[0], rounds.FIELDS[3]], ids=lambda field: field.name)
def test_simulated_years_are_unbiased_and_covered_at_nearly_the_hits_of_pure_ranking(field: rounds.Field) -> None:
    found = rounds.measured(field, YEARS)

    # Of 200 years the mean errs by 0.6 points, and the coverage by 1.5: three times that are allowed.
    assert abs(found.bias) < 0.02, found
    assert 0.91 <= found.covers <= 0.99, found
    assert found.hits >= 0.85, found


def a_round(*, hits: int, drawn: int = 10, chosen: int = 5, chosen_hits: int = 3, licences: int = 105) -> RoundSample:
    chance = drawn / (licences - chosen)
    visits = [SelectedVisit(1.0, place < chosen_hits, False) for place in range(chosen)]
    visits += [SelectedVisit(chance, place < hits, True) for place in range(drawn)]
    return RoundSample(licences, chosen, visits)


def test_those_people_chose_stand_for_themselves_and_those_selected_at_random_for_all_others() -> None:
    found = failure_rate([a_round(hits=2)])

    assert found.rate and isclose(found.rate.value, (3 + 100 * 0.2) / 105)
    assert found.rate.low < found.rate.value < found.rate.high
    # Only chance is uncertain: that 3 of 5 failed is known.
    assert found.rate.low > 3 / 105 and found.rate.high < (3 + 100) / 105


def test_rounds_of_different_chances_are_weighed_by_what_each_visit_stands_for() -> None:
    small, large = a_round(hits=5, licences=25, chosen=5), a_round(hits=1, licences=1005, chosen=5)

    found = failure_rate([small, large])

    assert found.rate and isclose(found.rate.value, (3 + 20 * 0.5 + 3 + 1000 * 0.1) / 1030)
    assert (found.rounds, found.licences, found.chosen, found.at_random) == (2, 1030, 10, 20)


def test_when_every_licence_was_visited_nothing_is_uncertain() -> None:
    found = failure_rate(
        [RoundSample(4, 4, [SelectedVisit(1.0, failed, False) for failed in (True, False, False, True)])]
    )

    assert found.rate and (found.rate.low, found.rate.value, found.rate.high) == (0.5, 0.5, 0.5)


def test_explaining_a_visit_away_widens_the_interval_to_both_sides_and_never_narrows_it() -> None:
    whole = failure_rate([a_round(hits=2)])
    one = a_round(hits=2)
    gone = [SelectedVisit(one.visits[5].chance, None, True), *one.visits[6:]]
    without = failure_rate([RoundSample(one.licences, one.chosen, [*one.visits[:5], *gone])])

    assert whole.rate and without.rate and without.not_visited == 1
    assert without.rate.low < whole.rate.low
    assert without.rate.high >= whole.rate.high
    certain = RoundSample(2, 2, [SelectedVisit(1.0, True, False), SelectedVisit(1.0, None, False)])
    found = failure_rate([certain])
    assert found.rate and (found.rate.low, found.rate.high) == (0.5, 1.0)


def test_with_few_visits_at_random_it_cannot_be_told_yet_and_says_what_it_takes() -> None:
    found = failure_rate([a_round(hits=1, drawn=3)])

    assert found.rate is None
    assert found.needed == FEWEST_AT_RANDOM - 3
    assert failure_rate([]).rate is None
    all_gone = [SelectedVisit(0.1, None, True) for _visit in range(20)]
    assert failure_rate([RoundSample(200, 0, all_gone)]).rate is None


@pytest.mark.parametrize("capacity", [2, 5, 11, 40, 100, 130])
@pytest.mark.parametrize("chosen", [0, 1, 8, 50])
def test_no_chance_is_smaller_than_a_fifth_of_visits_divided_by_licences(capacity: int, chosen: int) -> None:
    places = capacity - random_sample.share_of(capacity, 20)
    codes = [(f"L{number:03}", 0, f"{number:03}") for number in range(100)]

    listed = random_sample.with_chances(
        codes, capacity=capacity, chosen={row[0] for row in codes[: min(chosen, places)]}
    )

    floor = min(Fraction(capacity, 100), Fraction(1)) / 5
    assert all(Fraction(row.visits, row.of) >= floor for row in listed)
    assert sum(Fraction(row.visits, row.of) for row in listed) == min(capacity, 100)
