"""Words, noise and comparisons of campaigns, by plain values."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from random import Random
from statistics import fmean, pvariance
from typing import Any

import pytest

from registry.campaigns import rules
from registry.web.tallies import MOST_WORDS, RecentQuestions, Tallies

TODAY = date(2026, 11, 2)
LATER = TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"word": "ab"}, "word"),
        ({"word": "harvests"}, "word"),  # as long as the code of a certificate
        ({"word": "Harvest"}, "word"),
        ({"word": "card7"}, "word"),
        ({"is_taken": True}, "word_taken"),
        ({"starts_on": TODAY}, "starts_too_soon"),
        ({"until": LATER - timedelta(days=1)}, "runs_backwards"),
    ],
)
def test_a_plan_is_refused_with_its_reason(given: dict[str, Any], code: str) -> None:
    plan: dict[str, Any] = {"word": "harvest", "is_taken": False, "starts_on": LATER, "until": LATER, "today": TODAY}

    assert [one.code for one in rules.plan_blockers(**{**plan, **given})] == [code]
    assert list(rules.plan_blockers(**plan)) == []


def test_the_noise_is_as_it_is_published() -> None:
    random = Random("noise 2026")
    drawn = [rules.noise(random) for _time in range(20_000)]

    assert abs(fmean(drawn)) < 0.1
    assert pvariance(drawn) == pytest.approx(rules.noise_variance(), rel=0.1)
    assert fmean(abs(one) <= rules.WITHIN for one in drawn) == pytest.approx(0.96, abs=0.01)
    # One person more or less makes no number more than e^(1/2) times as likely.
    share = [fmean(one == number for one in drawn) for number in (0, 1, 2)]
    assert all(before / after == pytest.approx(1.65, rel=0.12) for before, after in pairwise(share))


def test_before_and_after_cannot_be_told_of_too_little() -> None:
    assert rules.before_and_after([40], [80]) is None
    assert rules.before_and_after([4, 5, 6, 4], [40, 50, 60, 40]) is None
    assert rules.before_and_after([-3, 40, 2], [40, 50, 60]) is not None


def test_before_and_after_holds_what_is_true() -> None:
    random, held, wrong = Random("campaigns 2026"), 0, 0
    for _time in range(400):
        before, during = ([_poisson(random, mean) + rules.noise(random) for _week in range(8)] for mean in (60, 90))
        change = rules.before_and_after(before, during)
        assert change
        held += change.low <= 1.5 <= change.high
        nothing = rules.before_and_after(before, [_poisson(random, 60) + rules.noise(random) for _week in range(8)])
        wrong += nothing is None or nothing.said != "unknown"
    assert held >= 372  # 93 of 100
    assert wrong <= 20


def test_places_are_compared_with_other_places() -> None:
    """Reports doubled in its places, and grew by half everywhere: that is a third more, and not twice."""
    counts = {"here_before": 100, "here_during": 200, "elsewhere_before": 1_000, "elsewhere_during": 1_500}

    change = rules.places_and_weeks(**counts, fewest=10)

    assert change and change.value == pytest.approx(4 / 3) and change.said == "more"
    assert rules.places_and_weeks(**{**counts, "here_before": 9}, fewest=10) is None


def test_two_campaigns_whose_places_differ_by_one_town_do_not_tell_how_many_reports_name_it() -> None:
    """Of exact counts the ratio and its interval left one answer: here it is anything from 1 to 7."""
    near = {"here_during": 25, "elsewhere_before": 50, "elsewhere_during": 45}
    shown = rules.places_and_weeks(here_before=15, **near, fewest=10)

    assert {rules.places_and_weeks(here_before=count, **near, fewest=10) for count in range(13, 18)} == {shown}


def _poisson(random: Random, mean: float) -> int:
    """Near enough, at 60 and more."""
    return max(round(random.gauss(mean, sqrt(mean))), 0)


def test_words_that_are_made_up_do_not_keep_the_total_of_all_from_growing() -> None:
    found, now = Tallies(""), datetime(2026, 11, 2, 12, tzinfo=UTC)
    for number in range(MOST_WORDS):
        found.add(f"w{number}", "look_up", at=now)
    found.add("", "report", at=now)
    found.add("w", "report", at=now)

    (counts,) = found.take(at=now + timedelta(hours=1)).values()
    assert counts["", "report"] == 1
    assert ("w", "report") not in counts


def test_a_question_that_is_asked_again_within_a_minute_counts_once_and_nothing_of_it_is_written() -> None:
    at, recent = datetime(2026, 11, 9, 12, tzinfo=UTC), RecentQuestions()

    asked = [recent.is_repeated("harvest q=Fields", at=at + timedelta(seconds=20 * n)) for n in range(5)]
    assert asked == [False, True, True, True, True]
    assert not recent.is_repeated("harvest q=Orchards", at=at)
    assert not recent.is_repeated("harvest q=Fields", at=at + timedelta(minutes=5))
    # Nothing of what was asked stays in memory for longer than it is needed.
    assert len(recent._seen) == 1
    assert b"Fields" not in b"".join(recent._seen)
