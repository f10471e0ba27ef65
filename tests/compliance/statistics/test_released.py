"""The tables of compliance in an edition: visits, standards, corrective actions, money and enforcement by quarter."""

from datetime import date, timedelta

import pytest

from compliance.follow_ups import actions as follow_ups
from compliance.inspections.models import InspectionKind
from compliance.statistics.queries.released import tables
from registry.editions.queries.published import Key, cells_of
from registry.editions.rules.content import content_of, table_of
from registry.editions.tables import Cell, ReleaseTable
from tests.compliance.statistics.test_queries_counts import IN_LAST, visited
from tests.compliance.stories import a_follow_up, a_remedy
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db
QUARTER, LAST_DAY = "2026-Q3", date(2026, 9, 30)


def found(last_day: date = LAST_DAY) -> dict[str, ReleaseTable]:
    return {table.code: table for table in tables(last_day)}


def cells(code: str, last_day: date = LAST_DAY) -> dict[Key, dict[str, Cell]]:
    return cells_of(found(last_day)[code])


def test_visits_are_counted_by_how_they_came_about_even_one() -> None:
    visited(1, unmet=["1.4", "2.2"])
    visited(2, kind=InspectionKind.APPLICATION)
    visited(3, at=IN_LAST - timedelta(days=92))
    visited(5, at=NOW)

    shown = cells("visits")

    assert shown[QUARTER, "all", "all"] == {"visits": 3, "unmet": 1}
    assert shown[QUARTER, "all", "reactive"] == {"visits": 1, "unmet": 1}
    assert shown[QUARTER, "all", "before_grant"] == {"visits": 2, "unmet": 0}
    assert shown["2026-Q2", "all", "all"] == {"visits": 3, "unmet": 0}
    assert len(shown) == 8 * 5 * len(found()["visits"].dimensions[1].values)
    assert cells("visits", date(2026, 12, 31))["2026-Q4", "all", "all"]["visits"] == 5


def test_standards_are_counted_by_scheme_of_the_visits_that_looked_at_them() -> None:
    visited(2, unmet=["1.4", "2.2"])
    visited(1, unmet=["2.2"], kind=InspectionKind.APPLICATION)

    shown = cells("standards")

    scheme = next(key[1] for key in shown).partition(":")[0]
    assert shown == {
        (QUARTER, f"{scheme}:1.4"): {"not_met": 2, "visits": 2},
        (QUARTER, f"{scheme}:2.2"): {"not_met": 3, "visits": 3},
    }
    (title,) = [one for key, one in found()["standards"].dimensions[1].values.items() if key.endswith("1.4")]
    assert title["en"].startswith("1.4 ")


def test_corrective_actions_and_money_are_counted_in_the_quarter() -> None:
    asked = a_follow_up()
    follow_ups.confirm(a_remedy(asked.inspection, pence=123_456), by=person("quality_reviewer"), at=NOW)
    day = date(2026, 12, 31)

    actions, money = cells("follow-up", day), cells("recovered", day)

    assert actions["2026-Q4",] == {"asked": 1, "met": 0, "not_met": 0}
    assert money["2026-Q4", "all"] == {"pounds": 1235, "payments": 1}


def test_with_nothing_to_count_all_is_nought_and_nothing_is_hidden() -> None:
    for code, table in found().items():
        content = content_of(table)
        assert content_of(table_of(content)) == content
        assert set(table.title) == {"en", "cy"}
        assert {cell for row in table.rows for cell in row[len(table.dimensions) :]} <= {0}, code
    assert [*found()] == ["visits", "joint-visits", "standards", "follow-up", "recovered", "enforcement"]
