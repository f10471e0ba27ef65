"""When two people are taken for one, and what that is worth."""

from datetime import date

import pytest

from registry.matching import weights
from registry.matching.models import TraitKind
from registry.matching.people import FilePerson, PersonMatch, Resemblance, is_slip, likened

BORN = date(1979, 5, 14)
BORN_KEY, YEAR_KEY, WORD_KEY, NAMED_KEY, NINO_KEY = 1, 2, 3, 4, 5
ALIKE = {
    TraitKind.BORN: {BORN_KEY},
    TraitKind.YEAR: {YEAR_KEY},
    TraitKind.WORD: {WORD_KEY},
    TraitKind.NAMED: {NAMED_KEY},
}
NOBODY_ELSE = dict.fromkeys([BORN_KEY, YEAR_KEY, WORD_KEY, NAMED_KEY, NINO_KEY], 0)


def somebody(*called: str, born: date | None = BORN, runs: bool = True) -> FilePerson:
    return FilePerson(1, called or ("Gethin Parry",), born, runs, frozenset({NAMED_KEY}))


def judged(one: FilePerson, other: FilePerson, *, but: tuple[TraitKind, ...] = (), **others: int) -> PersonMatch | None:
    shared = {kind: keys for kind, keys in ALIKE.items() if kind not in but}
    counts = {**NOBODY_ELSE, **{{"born": BORN_KEY, "named": NAMED_KEY}[name]: count for name, count in others.items()}}
    return likened(one, other, shared, counts)


def points(found: PersonMatch | None) -> float:
    assert found is not None
    return found.points


def test_the_same_name_and_birthday_of_two_who_run_firms_is_shown_by_itself() -> None:
    found = judged(somebody(), somebody())

    assert found is not None
    assert found.how == Resemblance.SAME
    assert found.points >= weights.SHOWN


def test_of_somebody_who_runs_nothing_it_is_not() -> None:
    assert points(judged(somebody(), somebody(runs=False))) < weights.SHOWN


def test_a_common_name_tells_less_and_a_name_and_birthday_that_many_firms_have_nothing() -> None:
    rare, common = points(judged(somebody(), somebody())), points(judged(somebody(), somebody(), named=400))

    assert common < weights.SHOWN * 0.75 < rare
    assert points(judged(somebody(), somebody(), born=weights.COMMON)) == 0


def test_a_slip_in_the_birthday_counts_less_than_none_and_another_birthday_nothing() -> None:
    slip = judged(somebody(), somebody(born=date(1979, 5, 24)), but=(TraitKind.BORN, TraitKind.WORD))
    another = judged(somebody(), somebody(born=date(1979, 11, 3)), but=(TraitKind.BORN, TraitKind.WORD))

    assert slip is not None
    assert slip.how == Resemblance.SLIP
    assert slip.points < points(judged(somebody(), somebody()))
    assert another is None


def test_a_name_nearly_the_same_with_the_same_birthday_counts_more_than_one_name_alone() -> None:
    but = (TraitKind.BORN, TraitKind.YEAR, TraitKind.NAMED)
    nearly = judged(somebody("Gethin Parry"), somebody("Gethin Parrie"), but=but)
    one_name = judged(somebody("Gethin Parry"), somebody("Gethin Llewellyn"), but=but)

    assert nearly is not None
    assert one_name is not None
    assert (nearly.how, one_name.how) == (Resemblance.NEARLY, Resemblance.ONE_NAME)
    assert nearly.points > one_name.points


def test_the_same_name_without_a_birthday_is_little() -> None:
    found = judged(somebody(), somebody(born=None), but=(TraitKind.BORN, TraitKind.YEAR, TraitKind.WORD))

    assert found is not None
    assert found.how == Resemblance.NO_BIRTHDAY
    assert found.points < weights.SHOWN / 2


def test_a_national_insurance_number_settles_it_whatever_the_name() -> None:
    found = likened(somebody("A B"), somebody("C D", born=None), {TraitKind.NINO: {NINO_KEY}}, NOBODY_ELSE)

    assert found == PersonMatch(Resemblance.SAME, weights.POINTS[TraitKind.NINO], TraitKind.NINO, NINO_KEY)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1979, 5, 24), True),
        (date(1979, 6, 14), True),
        (date(1978, 5, 14), True),
        (date(1989, 5, 14), True),
        (date(1997, 5, 14), True),  # 79 and 97 exchanged
        (date(1979, 6, 24), False),
        (date(1983, 5, 14), False),
        (date(1978, 5, 24), False),
    ],
)
def test_a_slip_is_one_part_of_a_day_and_not_two(day: date, expected: bool) -> None:
    assert is_slip(BORN, day) == expected


def test_day_and_month_exchanged_are_a_slip() -> None:
    assert is_slip(date(1979, 5, 4), date(1979, 4, 5))
