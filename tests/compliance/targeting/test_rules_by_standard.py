"""Targeted against random, standard by standard: no row rests on fewer than three visits of either sort."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.targeting.rules.by_standard import FEWEST_LOOKED, OTHERS, lifts

VISITS = st.lists(st.dictionaries(st.sampled_from("abcde"), st.booleans()), max_size=12)


def visits(unmet: int, of: int, code: str = "2.2") -> list[dict[str, bool]]:
    return [{code: number < unmet} for number in range(of)]


def test_a_share_and_a_difference_are_those_that_a_stranger_works_out() -> None:
    """17 of 58 against 3 of 19, with Wilson's intervals and Newcombe's."""
    (one,) = lifts(visits(17, 58), visits(3, 19))

    (targeted, _hits, rate), (_random, of_random, _rate) = one.rates
    assert rate and one.lift
    assert (targeted, [round(100 * end) for end in (rate.value, rate.low, rate.high)]) == ("targeted", [29, 19, 42])
    assert of_random == (3, 19)
    assert [round(100 * end) for end in (one.lift.value, one.lift.low, one.lift.high)] == [14, -10, 30]


def test_the_most_often_not_met_comes_first_and_what_no_visit_found_is_left_out() -> None:
    each = [{"1.1": False, "2.2": True, "3.1": number == 0} for number in range(4)]

    assert [one.code for one in lifts(each, each)] == ["2.2", "3.1"]


def test_standards_that_few_looked_at_are_counted_together_and_a_visit_once() -> None:
    at_random = [{"1.1": True, "2.2": True}, {"1.1": False}, {"2.2": False}]

    (one,) = lifts(visits(3, 4, "1.1"), at_random)

    assert (one.code, one.targeted, one.random) == (OTHERS, (3, 4), (1, 3))


@given(VISITS, VISITS)
def test_no_row_rests_on_few_visits_and_none_finds_more_than_it_looked_at(
    targeted: list[dict[str, bool]], at_random: list[dict[str, bool]]
) -> None:
    for one in lifts(targeted, at_random):
        for hits, of in (one.targeted, one.random):
            assert of >= FEWEST_LOOKED and 0 <= hits <= of
