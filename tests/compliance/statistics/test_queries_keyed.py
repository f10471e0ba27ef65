"""Quarters are frozen for the tables that anyone may ask for: once, by codes alone, with random keys."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from compliance import jobs
from compliance.statistics.queries.keyed import FROZEN_AFTER
from compliance.statistics.queries.quarters import quarters_over
from registry.disclosure import queries
from registry.disclosure.models import KeyedCounts
from registry.disclosure.rules.cells import TableTime
from registry.disclosure.rules.noise import BOUND
from registry.editions.tables import CountedThing
from tests.compliance.reports.world import a_report
from tests.compliance.statistics.test_queries_counts import visited
from tests.compliance.statistics.test_queries_people import referred
from tests.compliance.stories import a_scheme
from tests.conftest import LONDON, NOW

pytestmark = pytest.mark.django_db
OLD_ENOUGH = datetime(2026, 12, 1, 4, tzinfo=LONDON)
LAST = quarters_over(NOW.date())[-1]
IN_LAST = LAST.begins + timedelta(days=20)


def counted(subject: CountedThing) -> queries.FrozenCounts:
    (about,) = (
        one for one in queries.subjects(OLD_ENOUGH) if one.subject == subject and one.scheme in ("", a_scheme().name)
    )
    return queries.frozen_counts(about, OLD_ENOUGH)


def test_a_quarter_is_frozen_eight_weeks_after_its_end_and_then_stays() -> None:
    visited(30)
    assert timedelta(weeks=8) == FROZEN_AFTER
    jobs.freeze_public_counts(at=NOW)
    assert not KeyedCounts.objects.filter(quarter=LAST.number).exists()

    assert jobs.freeze_public_counts(at=OLD_ENOUGH) > 0
    visited(5)

    assert jobs.freeze_public_counts(at=OLD_ENOUGH + timedelta(days=1)) == 0
    table = queries.own_table(counted(CountedThing.VISITS), [], TableTime.QUARTER)
    assert table.rows[0][1][-1] == 30 and not table.has_noise


def test_visits_are_told_by_how_outcome_nation_and_sector() -> None:
    visited(30)
    visited(14, unmet=["2.2"], sectors=["agriculture", "horticulture"], country="wales")
    jobs.freeze_public_counts(at=OLD_ENOUGH)

    table = queries.own_table(counted(CountedThing.VISITS), ["outcome", "nation", "sector"], TableTime.ALL)

    found = {group: numbers[0] for group, numbers in table.rows if numbers[0]}
    assert found == {("passed", "england", "agriculture"): 30, ("failed", "wales", "several"): 14}


def test_people_are_told_with_noise_and_hidden_under_ten() -> None:
    referred(40, gender="female")
    referred(5, gender="male")
    jobs.freeze_public_counts(at=OLD_ENOUGH)
    people = counted(CountedThing.PEOPLE)

    by_gender = dict(queries.own_table(people, ["gender"], TableTime.QUARTER).rows)
    by_more = dict(queries.own_table(people, ["gender", "age"], TableTime.QUARTER).rows)

    women = by_gender[("female",)][-1]
    assert women is not None and abs(women - 40) <= BOUND
    # All are adults: the same people, so the same number.
    assert by_more[("female", "adult")][-1] == women
    assert by_gender[("other",)][-1] is None


def test_reports_are_of_all_schemes_and_no_word_of_them_is_kept() -> None:
    for _report in range(25):
        a_report(text="Canarytext of a report", at=IN_LAST)
    jobs.freeze_public_counts(at=OLD_ENOUGH)

    row = KeyedCounts.objects.get(subject=CountedThing.REPORTS, quarter=LAST.number)

    assert row.scheme == "" and "Canarytext" not in str(row.cells) + str(row.variables)
    assert [cell[:3] for cell in row.cells] == [["undecided", "page", 25]]
    assert all(0 <= cell[-1] < 256 for cell in row.cells)


def test_a_variable_twice_or_unknown_or_a_fourth_is_refused() -> None:
    visited(1)
    jobs.freeze_public_counts(at=OLD_ENOUGH)
    visits = counted(CountedThing.VISITS)

    for chosen in (["how", "how"], ["nothing"], ["how", "outcome", "nation", "sector"]):
        with pytest.raises(ValueError):
            queries.own_table(visits, chosen, TableTime.ALL)


@pytest.mark.parametrize("change", [{"quarter": 1}, {"cells": []}])
def test_what_is_frozen_cannot_be_changed_by_sql(change: dict[str, object]) -> None:
    visited(1)
    jobs.freeze_public_counts(at=OLD_ENOUGH)

    with pytest.raises(DatabaseError, match="stay as they were frozen"), transaction.atomic():
        KeyedCounts.objects.filter(quarter=LAST.number).update(**change)
    with pytest.raises(DatabaseError, match="stay as they were frozen"), transaction.atomic():
        KeyedCounts.objects.filter(quarter=LAST.number).delete()
