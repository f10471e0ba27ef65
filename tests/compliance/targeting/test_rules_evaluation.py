"""Simulated years of which the truth is known: what the evaluation says of them is right at the rate that it claims."""

from collections.abc import Iterator
from random import Random

import pytest

from compliance.targeting.rules import evaluation as evaluating
from compliance.targeting.rules.evaluation import EvaluatedVisit

STEPS = {"late": [(1, 5)], "planted": [(1, 5)], "inverse": [(1, 5)]}
#: How often something is found without and with the signal that tells something; the others tell nothing, or the opposite.
BASE, WITH = 0.15, 0.45
YEARS = 400


def a_firm(random: Random) -> dict[str, int]:
    return {"late": int(random.random() < 0.3), "planted": int(random.random() < 0.5), "inverse": 0}


def a_visit(how: str, firm: dict[str, int], random: Random, *, year: int = 2026) -> EvaluatedVisit:
    hit = random.random() < (WITH if firm["late"] else BASE)
    return EvaluatedVisit(how, year, hit, 8 * hit, 0, firm, STEPS)


def a_year(random: Random, *, visits: int = 200, share: float = 0.3) -> Iterator[EvaluatedVisit]:
    """A share of the visits drawn by lot, the others to firms with the highest score of four looked at."""
    for _visit in range(round(visits * share)):
        yield a_visit("random", a_firm(random), random)
    for _visit in range(visits - round(visits * share)):
        looked_at = [a_firm(random) for _firm in range(4)]
        best = max(looked_at, key=lambda firm: evaluating.points_by(firm, STEPS))
        yield a_visit("targeted", best, random)


def the_truth() -> float:
    """By how much more often a targeted visit finds something, of very many."""
    random = Random("truth")
    many = list(a_year(random, visits=100_000, share=0.5))
    by = {how: evaluating.arm(how, many) for how in ("targeted", "random")}
    return by["targeted"].hits / by["targeted"].visits - by["random"].hits / by["random"].visits


def test_the_difference_lies_in_its_interval_as_often_as_is_said() -> None:
    truth = the_truth()
    estimates = [evaluating.lift(a_year(Random(f"year {number}"))) for number in range(YEARS)]

    held = sum(one.holds(truth) for one in estimates if one)

    assert truth > 0.05
    # 95 % of 400 are 380, give or take 4.4: three times that are allowed.
    assert 367 <= held <= 393, held


@pytest.mark.parametrize(("p", "of"), [(0.02, 40), (0.3, 25), (0.5, 60), (0.97, 30)])
def test_a_share_lies_in_its_interval_as_often_as_is_said(p: float, of: int) -> None:
    random = Random(f"{p} of {of}")
    drawn = (evaluating.share(sum(random.random() < p for _one in range(of)), of) for _time in range(2000))

    held = sum(one.holds(p) for one in drawn if one) / 2000

    # Wilson's interval is right on average and swings around it for one share.
    assert 0.92 <= held <= 0.99, held


def test_known_intervals_come_out_as_they_are_printed() -> None:
    """Wilson: 81 of 263 is 0.2553 to 0.3662; Newcombe's method 10: 56 of 70 less 48 of 80 is 0.0524 to 0.3339."""
    rate, gap = evaluating.share(81, 263), evaluating.difference((56, 70), (48, 80))

    assert rate and gap
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.2553, 0.3662)
    assert (round(gap.low, 4), round(gap.high, 4)) == (0.0524, 0.3339)
    assert evaluating.share(0, 0) is None and evaluating.difference((1, 2), (0, 0)) is None
    nothing = evaluating.share(0, 10)
    assert nothing and nothing.low == 0 and 0.27 < nothing.high < 0.28


def test_a_planted_useless_signal_is_shown_as_useless_and_the_one_that_tells_is_not() -> None:
    planted, late = [], []
    for number in range(200):
        seen = list(a_year(Random(f"worth {number}"), visits=600))
        planted.append(evaluating.worth("planted", seen).verdict)
        late.append(evaluating.worth("late", seen).verdict)

    # By chance 2.5 % are taken for each: of 200 five, and hardly ever more than 12.
    assert planted.count("useful") <= 12 and planted.count("misleading") <= 12
    assert planted.count("useless") >= 180
    assert late.count("useful") >= 190


def test_with_few_visits_nothing_is_said_of_a_signal_and_targeted_ones_say_nothing() -> None:
    random = Random("few")
    few = [a_visit("random", {"late": 1, "planted": 0, "inverse": 0}, random) for _visit in range(9)]
    many = [a_visit("targeted", a_firm(random), random) for _visit in range(500)]

    assert evaluating.worth("late", [*few, *many]).verdict == "unknown"
    assert evaluating.worth("inverse", many).gap is None


def test_weights_that_know_the_truth_do_better_on_past_years_than_those_that_do_not() -> None:
    random = Random("past")
    past = [a_visit("random", a_firm(random), random, year=year) for year in (2024, 2025) for _visit in range(400)]

    right = evaluating.back_test(past, {"late": [(1, 5)]})
    wrong = evaluating.back_test(past, {"planted": [(1, 5)]})

    assert [one.year for one in right] == [2024, 2025]
    for better, worse in zip(right, wrong, strict=True):
        assert better.rate and worse.rate and better.rate.low > worse.rate.high


def test_the_edge_of_the_highest_takes_all_that_are_equal() -> None:
    random = Random("equal")
    past = [a_visit("random", {"late": 1, "planted": 0, "inverse": 0}, random) for _visit in range(40)]

    assert evaluating.back_test(past, {"late": [(1, 5)]})[0].top == 40
    assert evaluating.back_test([], {}) == []


def test_no_mean_of_points_is_said_to_lie_below_nothing() -> None:
    found = evaluating.mean([0, 0, 0, 0, 0, 38])

    assert found is not None
    assert found.low == 0
    assert found.value == pytest.approx(38 / 6)
