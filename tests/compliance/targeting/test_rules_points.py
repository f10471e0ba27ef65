"""What the signals of a pack come to: plain values in, points out."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from compliance import targeting as compliance_targeting
from compliance.targeting.rules import indicators
from compliance.targeting.rules import points as targeting
from compliance.targeting.rules.indicators import (
    COUNTS,
    FailedStandard,
    LicenceFacts,
    Overdue,
    PastVisit,
    RecordedFact,
    full_months,
    months_before,
)
from registry import schemes
from registry.schemes.targeting import LOOKS_BACK, Measure

DAY = date(2026, 11, 2)
NOTHING = LicenceFacts("ABCD0001", date(2026, 10, 1), visits=(), conditions=(), facts={})
SCHEME = schemes.in_force("gla-food", DAY)
VISIT = PastVisit("I-1", date(2026, 3, 2), (FailedStandard("1.1", 30, True), FailedStandard("2.2", 8, False)))


def counted(measure: Measure, known: LicenceFacts) -> int:
    months = 24 if measure in LOOKS_BACK else None
    value, evidence = COUNTS[measure](known, DAY, months)
    assert sum(one["adds"] for one in evidence) == value
    return value


def saying(key: str, *values: Any, on: date = date(2026, 9, 1)) -> LicenceFacts:
    return replace(NOTHING, facts={key: tuple(RecordedFact(value, "A-1", on) for value in values)})


@pytest.mark.parametrize(
    ("measure", "known", "value"),
    [
        ("standards_failed", NOTHING, 0),
        ("standards_failed", replace(NOTHING, visits=(VISIT,)), 8),
        ("standards_failed", replace(NOTHING, visits=(VISIT, replace(VISIT, reference="I-2"))), 8),
        ("standards_failed", replace(NOTHING, visits=(replace(VISIT, on=date(2024, 11, 2)),)), 0),
        ("critical_failed", replace(NOTHING, visits=(VISIT, replace(VISIT, reference="I-2"))), 1),
        ("notices_late", saying("told_late", {"working_days": 3}, {"working_days": 1}), 2),
        ("notices_late", saying("told_late", {"working_days": 3}, on=date(2024, 11, 1)), 0),
        (
            "conditions_overdue",
            replace(NOTHING, conditions=(Overdue("1.1", DAY), Overdue("2.2", date(2026, 11, 1)))),
            1,
        ),
        ("months_unvisited", NOTHING, 1),
        ("months_unvisited", replace(NOTHING, granted_on=date(2020, 1, 3), visits=(VISIT,)), 8),
        ("growth", saying("worker_numbers_now", 14), 0),
        ("growth", saying("worker_numbers_now", 10, 14, 35), 150),
        ("growth", saying("worker_numbers_now", 35, 14), 0),
        ("growth", saying("worker_numbers_now", 0, 14), 0),
        ("growth", saying("worker_numbers_now", "many", 14), 0),
        ("growth", saying("worker_numbers_now", 10, 35, on=date(2024, 11, 2)), 0),
        ("sub_suppliers", saying("subcontracting", True), 1),
        ("sub_suppliers", saying("subcontracting", True, False), 0),
        ("accommodation", saying("accommodation", "yes"), 1),
        ("new_to_supply", saying("supplied_before", False), 1),
        ("new_to_supply", saying("supplied_before", True), 0),
        ("loans", saying("loans", True), 1),
        ("agent_fees", saying("agents_taking_fees", 3, 2), 2),
        ("agent_fees", saying("agents_taking_fees", 2, 0), 0),
        ("agent_fees", NOTHING, 0),
    ],
)
def test_each_measure_counts_what_the_pack_says_and_rests_on_what_adds_up_to_it(
    measure: Measure, known: LicenceFacts, value: int
) -> None:
    assert counted(measure, known) == value


def test_the_highest_step_that_is_reached_gives_the_points() -> None:
    steps = [(1, 5), (16, 10), (30, 20)]

    assert [targeting.points_at(value, steps) for value in (0, 1, 15, 16, 29, 30, 999)] == [0, 5, 5, 10, 10, 20, 20]


def test_a_failing_is_counted_once_however_often_it_is_found_and_by_one_signal() -> None:
    """A second visit that finds the same standard not met again is no second failing, and a critical one is not counted twice."""
    again = replace(VISIT, reference="I-2", on=date(2026, 9, 1))
    both = replace(NOTHING, visits=(VISIT, again))

    value, evidence = COUNTS["standards_failed"](both, DAY, 36)
    critical, seen = COUNTS["critical_failed"](both, DAY, 60)

    assert (value, [one["called"] for one in evidence]) == (8, ["I-2"])
    assert (critical, [one["called"] for one in seen]) == (1, ["I-2"])
    assert {one["detail"] for one in evidence} & {one["detail"] for one in seen} == set()


def test_what_one_person_may_grade_alone_follows_from_the_share_of_the_scheme_and_the_weights() -> None:
    assert SCHEME.targeting
    weights: dict[str, Any] = targeting.weights_of(SCHEME.targeting.signals)

    assert targeting.worth_by_one(SCHEME.targeting, weights) == 2
    assert targeting.worth_by_one(SCHEME.targeting, {**weights, "loans": [(1, 100)]}) == 5
    assert targeting.worth_by_one(SCHEME.targeting, {**weights, "intelligence": [(1, 16)]}) == 0
    assert targeting.worth_by_one(SCHEME.targeting.model_copy(update={"one_person_percent": 100}), weights) == 6


@given(day=some.dates(date(2000, 1, 31), date(2100, 1, 1)), months=some.integers(1, 120))
def test_so_many_months_earlier_is_so_many_full_months_ago(day: date, months: int) -> None:
    before = months_before(day, months)

    # Of the 31st of March the month before ends on the 28th: the day after would be full otherwise.
    assert full_months(before, day) in (months, months - (before.day > day.day))
    assert full_months(day, day) == 0


def test_every_signal_is_said_whether_it_gives_points_or_not() -> None:
    assert SCHEME.targeting
    signals = SCHEME.targeting.signals

    found = targeting.score(NOTHING, signals, targeting.weights_of(signals), day=DAY)

    assert [one.code for one in found] == [one.code for one in signals]
    assert targeting.total(found) == 0


#: What must never be looked at, in whatever form: a word of a field or of a fact (Equality Act 2010, s.4; and what stands
#: for it: where somebody is from, what they speak, which papers they hold).
FORBIDDEN = (
    "nation", "country", "countries", "birth", "age_", "gender", "sex", "race", "ethnic", "relig", "belief", "language",
    "disab", "pregnan", "marri", "passport", "visa", "leave_until", "right_to_work", "name", "person", "people",
)  # fmt: skip


def test_no_input_is_about_who_anybody_is() -> None:
    inputs = {*LicenceFacts.__dataclass_fields__, *PastVisit.__dataclass_fields__, *Overdue.__dataclass_fields__}
    inputs |= {*FailedStandard.__dataclass_fields__, *indicators.FACTS_READ}

    assert not [one for one in inputs for word in FORBIDDEN if word in one]


def test_the_facts_that_are_read_are_asked_of_the_organisation_and_never_of_a_person() -> None:
    newest = schemes.get("gla-food", schemes.versions("gla-food")[-1]).form
    of_people = {q.key for page in newest.pages if page.scope for q in page.questions}

    assert not of_people & set(indicators.FACTS_READ)


def test_nothing_that_chooses_whom_to_visit_knows_of_people_who_were_referred() -> None:
    """Their nationality goes into the export that the regulations ask for; else it is listed as personal, and erased."""
    home = Path(compliance_targeting.__file__).parent
    chooses = [*home.glob("rules/*.py"), *(home / "queries" / name for name in ("scores.py", "rounds.py"))]

    assert not [file.name for file in chooses if re.search("referral|safeguarding", file.read_text().lower())]
    reads = [
        file
        for file in home.parent.rglob("*.py")
        if "nationality" in file.read_text() and "migrations" not in str(file)
    ]
    assert {file.relative_to(home.parent).parts[0] for file in reads} == {"safeguarding", "retention", "personal.py"}
