"""Tables that anyone may ask for: the same people have the same noise in every table, and no question gives a person away."""

from random import Random

from registry.disclosure.rules import noise
from registry.disclosure.rules.cells import KeyedCell, TableTime, period_of, sums_of, table_of
from registry.disclosure.rules.noise import BOUND, NOISE, WEIGHTS, noise_of, published_number
from tests.registry.disclosure import own_tables
from tests.registry.disclosure.own_tables import FIRST, World, attacked, drawn, every_place

CELLS = [
    KeyedCell(FIRST, ("child", "female"), 12, 200),
    KeyedCell(FIRST, ("adult", "female"), 40, 100),
    KeyedCell(FIRST, ("adult", "male"), 25, 30),
    KeyedCell(FIRST + 1, ("adult", "male"), 7, 5),
]
VALUES = [("child", "adult"), ("female", "male")]


def test_the_noise_table_has_mean_nought_a_bound_and_a_small_mean_change() -> None:
    assert len(NOISE) == noise.KEYS and sum(NOISE) == 0
    assert max(NOISE) == BOUND == 6 and min(NOISE) == -BOUND
    assert sum(map(abs, NOISE)) / len(NOISE) <= 1.5
    assert {step: NOISE.count(step) for step in WEIGHTS} == WEIGHTS
    assert noise_of(256) == noise_of(0)


def test_the_same_people_have_the_same_number_in_every_table() -> None:
    """All children are women here: asked by age, by age and gender, or by quarter, they are the same people."""
    by_age = sums_of(CELLS, [0], TableTime.ALL)[("child",), 0]
    by_both = sums_of(CELLS, [0, 1], TableTime.ALL)[("child", "female"), 0]
    by_quarter = sums_of(CELLS, [1, 0], TableTime.QUARTER)[("female", "child"), FIRST]

    assert by_age == by_both == by_quarter == (12, 200)


def test_in_every_table_of_a_random_register_equal_people_have_equal_noise() -> None:
    world = drawn(Random("same noise"), sizes=(2, 3, 2), quarters=4, most=60)
    found: dict[frozenset[int], int] = {}
    places = {id(cell): number for number, cell in enumerate(world.cells)}
    for place in every_place(world):
        variables, values, time, period = place
        own = frozenset(
            places[id(one)]
            for one in world.cells
            if period_of(one.quarter, time) == period
            and all(one.values[at] == value for at, value in zip(variables, values, strict=True))
        )
        assert found.setdefault(own, world.true(place)[1]) == world.true(place)[1]
    assert len(found) > 30


def test_a_table_shows_numbers_with_noise_from_ten_on() -> None:
    rows = table_of(CELLS, [1], VALUES, [FIRST, FIRST + 1], TableTime.QUARTER, smallest=10, prints_zero=True)

    women, men = 52 + noise_of(300), 25 + noise_of(30)
    assert rows == [(("female",), [women, 0]), (("male",), [men, None])]
    assert published_number(0, 0, smallest=10, prints_zero=False) is None


def test_public_business_has_no_noise() -> None:
    assert table_of(CELLS, [], [], [0], TableTime.ALL, smallest=0, prints_zero=False) == [((), [84])]


def test_no_random_question_gives_a_person_away() -> None:
    found = own_tables.of_queries(10_000, seed="questions in CI", worlds=10)

    assert found.attacked > 1_000
    assert found.fewest >= own_tables.FEWEST
    assert found.mean_absolute <= own_tables.MOST_CHANGE and abs(found.mean) < 0.2


def test_no_table_with_all_others_gives_a_person_away_to_a_solver() -> None:
    found = own_tables.of_chosen(4, seed="chosen in CI")

    assert found.attacked > 200 and found.fewest >= own_tables.FEWEST


def test_planted_noise_that_is_nought_is_found() -> None:
    """Without noise a subtraction gives hidden numbers away, and the attack sees it."""
    random = Random("no noise")
    world = drawn(random, sizes=(2, 3, 3), quarters=4, most=60)
    bare = Bare(world.sizes, world.cells, prints_zero=True)
    places = [one for one in every_place(bare) if 0 < bare.true(one)[0] < 10]

    assert any(low == high for low, high in (attacked(bare, one) for one in places))


class Bare(World):
    """Numbers under ten are hidden, and others shown as they are."""

    def known(self, place: own_tables.Place) -> tuple[int, int]:
        number = self.true(place)[0]
        return (1, 9) if 0 < number < 10 else (number, number)
