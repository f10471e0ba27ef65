"""Visits by sector, nation and outcome at once, for authorities under agreement: each sum holds, by the threshold of the scheme."""

from datetime import date

import pytest

from compliance.statistics.queries import finer
from compliance.statistics.queries.inspections import CountedVisit
from compliance.statistics.queries.quarters import quarter_of
from compliance.statistics.queries.tables import SuppressionRule
from registry import schemes
from registry.editions.rules.content import content_of
from registry.editions.tables import Cell, Mark
from registry.premises.models import Nation

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 9, 30)
NEWEST = ("2026-Q3", "gla-food")


def visit(*sectors: str, nation: str = "england", failed: bool = False) -> CountedVisit:
    return CountedVisit(quarter_of(LAST_DAY), "reactive", failed, nation, sectors, (), ())


def cells(monkeypatch: pytest.MonkeyPatch, visits: list[CountedVisit]) -> dict[tuple[str | Cell, ...], str | Cell]:
    monkeypatch.setattr(finer, "confirmed_visits", lambda scheme, quarters: visits)
    (table,) = [one for one in finer.tables(LAST_DAY) if one.code == "visits-by-sector-of-gla-food"]
    assert content_of(table)["counts"] == "visits"
    return {row[2:5]: row[5] for row in table.rows if row[:2] == NEWEST}


def test_each_visit_is_in_one_cell_and_the_cells_add_up_to_the_sector_and_to_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (first, second) = _sectors()[:2]
    found = cells(
        monkeypatch,
        [visit(first), visit(first, nation="wales", failed=True), visit(first, second), visit(), visit(second)],
    )

    assert found[first, "england", "passed"] == found[first, "wales", "failed"] == 1
    assert found["several", "england", "passed"] == found["not_known", "england", "passed"] == 1
    assert found[first, "all", "all"] == 2
    assert found["all", "england", "passed"] == 4
    assert found["all", "all", "all"] == 5
    assert len(found) == (len(_sectors()) + 3) * (2 * len(Nation) + 1)


def test_where_a_scheme_has_a_threshold_small_numbers_are_hidden_and_none_follows_from_a_sum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (first, second) = _sectors()[:2]
    monkeypatch.setattr(finer, "SuppressionRule", lambda zero, _smallest, former: SuppressionRule(True, 3, former))
    found = cells(monkeypatch, [*[visit(first)] * 7, *[visit(first, nation="wales")] * 2, *[visit(second)] * 9])

    assert found["all", "all", "all"] == 18
    assert found[first, "wales", "passed"] == Mark.HIDDEN
    assert found["all", "wales", "passed"] == Mark.HIDDEN
    assert found[first, "england", "passed"] == Mark.HIDDEN or found[first, "all", "all"] == Mark.HIDDEN


def _sectors() -> list[str]:
    (scheme,) = [one for one in schemes.all_in_force(LAST_DAY) if one.name == "gla-food"]
    return [one.code for one in scheme.sectors]


def test_the_quarters_are_those_of_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finer, "confirmed_visits", lambda scheme, quarters: [])
    (table,) = [one for one in finer.tables(LAST_DAY) if one.code == "visits-by-sector-of-gla-food"]

    assert list(table.dimensions[0].values) == list(dict.fromkeys(row[0] for row in table.rows))
    assert {row[5] for row in table.rows} == {0}
