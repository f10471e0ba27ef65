"""The score: plain values in, plain values out."""

import pytest

from compliance.inspections import rules as inspection_rules
from compliance.inspections.rules import Score
from registry import schemes
from tests.compliance.stories import SCHEME

S2012 = schemes.get(SCHEME, "2012-05-01")
S2018 = schemes.get(SCHEME, "2018-10-01")
CRITICAL = [standard.code for standard in S2018.standards if standard.critical]
EIGHT = [standard.code for standard in S2018.standards if standard.points == 8]


@pytest.mark.parametrize(
    ("unmet", "points", "failed", "proposal"),
    [
        ([], 0, False, "grant"),
        (EIGHT[:1], 8, False, "grant_with_conditions"),
        (EIGHT[:2], 16, False, "grant_with_conditions"),
        (EIGHT[:3], 24, False, "grant_with_conditions"),
        (EIGHT[:4], 32, True, "refuse"),
        (CRITICAL[:1], 30, True, "refuse"),
        ([CRITICAL[0], EIGHT[0]], 38, True, "refuse"),
        (CRITICAL[:2], 60, True, "refuse"),
    ],
)
def test_points_add_up_as_in_the_guidance(unmet: list[str], points: int, failed: bool, proposal: str) -> None:
    score = inspection_rules.score(S2018, unmet)

    assert (score.points, score.failed) == (points, failed)
    assert inspection_rules.proposes(score) == proposal


@pytest.mark.parametrize("scheme", [S2012, S2018], ids=str)
def test_seven_critical_and_seven_others_make_the_266_of_the_case_of_2013(scheme: schemes.Scheme) -> None:
    critical = [standard.code for standard in scheme.standards if standard.critical][:7]
    others = [standard.code for standard in scheme.standards if not standard.critical][:7]

    score = inspection_rules.score(scheme, [*critical, *others])

    assert score == Score(266, True, tuple(critical))


@pytest.mark.parametrize("code", CRITICAL)
def test_one_critical_standard_alone_is_a_fail(code: str) -> None:
    assert inspection_rules.score(S2018, [code]) == Score(30, True, (code,))


@pytest.mark.parametrize("code", EIGHT)
def test_one_other_standard_alone_is_no_fail(code: str) -> None:
    assert inspection_rules.score(S2018, [code]) == Score(8, False, ())


def test_a_standard_counts_once_however_often_it_was_found_not_met() -> None:
    assert inspection_rules.score(S2018, [EIGHT[0]] * 5).points == 8


def test_the_pack_says_at_how_many_points_a_business_fails() -> None:
    strict = S2018.model_copy(update={"fail_at": 8})

    assert inspection_rules.score(strict, EIGHT[:1]).failed
    assert not inspection_rules.score(S2018.model_copy(update={"fail_at": 31}), CRITICAL[:1]).failed


def test_critical_standards_are_named_in_the_order_of_the_pack() -> None:
    assert inspection_rules.score(S2018, reversed(CRITICAL)).critical == tuple(CRITICAL)


def test_a_standard_that_the_scheme_does_not_have_is_a_mistake_and_not_a_zero() -> None:
    with pytest.raises(schemes.Unknown):
        inspection_rules.score(S2018, ["99.9"])
