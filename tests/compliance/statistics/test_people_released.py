"""The tables about people in an edition: one for each scheme, reports once, and nothing changed that was published before."""

from datetime import date, timedelta

import pytest

from compliance.statistics.queries import people_released
from registry import schemes
from registry.editions import actions
from registry.editions.queries import making
from registry.editions.queries.published import cells_of
from registry.editions.rules.content import content_of
from registry.editions.tables import CountedThing, Mark, ReleaseTable
from registry.errors import Refused
from tests.compliance.statistics.test_queries_people import referred
from tests.conftest import NOW
from tests.people import person
from tests.registry.editions.world import announced, signed

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 9, 30)


def released() -> dict[str, ReleaseTable]:
    return {table.code: table for table in people_released.tables(LAST_DAY)}


def test_people_are_in_a_table_of_their_scheme_and_reports_in_one_of_all() -> None:
    referred(21)

    found = released()

    assert cells_of(found["referrals-of-gla-food"])["2026-Q3", "all"]["number"] == 21
    of_people = [code for code, one in found.items() if one.counts == CountedThing.PEOPLE]
    assert {code.rpartition("-of-")[2] for code in of_people} <= set(schemes.names())
    of_reports = [code for code, one in found.items() if one.counts == CountedThing.REPORTS]
    assert of_reports and not any("-of-" in code for code in of_reports)
    assert all(content_of(one) for one in found.values())


def test_no_number_under_ten_is_in_any_of_them() -> None:
    referred(30, gender="female")
    referred(9, gender="male", kind="notify")

    cells = [cell for one in released().values() for row in one.rows for cell in row[len(one.dimensions) :]]

    assert cells
    assert all(isinstance(cell, Mark) or cell == 0 or int(cell) >= 10 for cell in cells)


def test_a_correction_does_not_change_what_was_published_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more, found late, would tell of one person by the difference of two editions."""
    referred(21)
    monkeypatch.setattr(making, "makers", lambda: [people_released.tables])
    edition = signed(announced(publish_at=NOW + timedelta(days=24)))
    referred(1)

    with pytest.raises(Refused, match="nothing_changes"):
        actions.correct_tables(
            edition, because="One referral was recorded late.", by=person("manager"), at=NOW + timedelta(days=30)
        )

    assert cells_of(released()["referrals-of-gla-food"])["2026-Q3", "all"]["number"] == 21
