"""Four simulated years with planted truths: what works is shown to work, and what does nothing is not. Seeded.

`python -m tests.benchmarks.prevention` does the same thousands of times (docs/measured.md).
"""

import pytest

from tests.benchmarks.prevention import MEASURES, PlantedMeasure, measured, power

pytestmark = pytest.mark.once
BY_NAME = {one.name: one for one in MEASURES}
TIMES = 300


@pytest.mark.parametrize("measure", MEASURES, ids=list(BY_NAME))
def test_the_interval_holds_the_truth_and_chance_is_seldom_taken_for_an_effect(measure: PlantedMeasure) -> None:
    was = measured(measure, 400, TIMES)

    assert was.told > 0.98
    assert was.covers >= 0.93
    if measure.effect == 1:
        assert was.better <= 0.05 and was.worse <= 0.05
    else:
        wrong = was.worse if measure.effect < 1 else was.better
        assert wrong <= 0.01


@pytest.mark.parametrize(("name", "said"), [("works", "better"), ("harms", "worse"), ("works, by chance", "better")])
def test_with_enough_businesses_what_is_true_is_said(name: str, said: str) -> None:
    assert getattr(measured(BY_NAME[name], 2_000, 40), said) >= 0.95


def test_the_planned_size_finds_the_difference_four_times_in_five() -> None:
    assert power(0.3, 0.1, 600) >= 0.75
    assert power(0.5, 0.2, 600) >= 0.75
