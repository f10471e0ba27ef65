"""The shared cases of standing, as Python and SQL read them. The browser: tests/journeys/test_private_look_up.py."""

from collections import defaultdict
from datetime import date

import pytest

from registry.register.actions import publishing as register
from registry.register.models import Entry
from registry.register.states import OUTCOMES, Standing
from tests.registry.register.standing_cases import StandingCase, standing_cases
from tests.registry.register.test_standing import Dates, shown, standing
from tests.registry.stories import SCHEME, an_organisation

CASES = standing_cases()
NOT_OF_STANDING = {"applied_on"}


def dates_of(case: StandingCase) -> Dates:
    return Dates(**{name: value for name, value in case.columns.items() if name not in NOT_OF_STANDING})


def test_the_cases_reach_every_standing_and_every_outcome_of_an_entry() -> None:
    assert {case.standing for case in CASES} == {standing.value for standing in Standing}
    assert {case.outcome for case in CASES} == {outcome.value for outcome in OUTCOMES.values()}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_standing_as_python_reads_it(case: StandingCase) -> None:
    told = standing(dates_of(case), case.day)

    assert (told, OUTCOMES[Standing(told)].value) == (case.standing, case.outcome)


@pytest.mark.django_db
def test_standing_as_the_database_reads_it() -> None:
    by_day: dict[date, list[tuple[int, StandingCase]]] = defaultdict(list)
    for number, case in enumerate(CASES, start=1):
        by_day[case.day].append((number, case))
    shown(register.listing_of(an_organisation(), SCHEME), map(dates_of, CASES))

    told = {
        number: (entry.standing, entry.outcome.value)
        for day, cases in by_day.items()
        for number, entry in Entry.objects.standing_on(day).in_bulk([number for number, _case in cases]).items()
    }

    differ = [
        (str(case), told[number])
        for number, case in enumerate(CASES, start=1)
        if told[number] != (case.standing, case.outcome)
    ]
    assert differ == []
