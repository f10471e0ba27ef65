"""The tables of licensing in an edition say what the cases and the register say, counted here again by hand."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.figures.queries import released
from licensing.figures.queries.released import tables
from registry.editions.queries.published import cells_of
from registry.editions.rules.content import content_of, digest_of, table_of
from registry.editions.rules.quarters import quarter_on
from registry.editions.tables import Mark, ReleaseTable
from registry.task_figures.rules import survival_quantile
from tests import stories
from tests.conftest import NOW
from tests.licensing.appeals.world import ended
from tests.licensing.stories import a_licence, a_refusal_proposed, decided, later, notified
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 12, 31)
QUARTER = "2026-Q4"


@remembered
def some_work() -> None:
    """Two licences, one revoked with an appeal; an application refused, one that waits, and one of the quarter before."""
    ended()
    a_licence(legal_name="Licensed Ltd", at=later(-40))
    stories.an_application_submitted(legal_name="Waits Long Ltd", at=NOW - timedelta(days=50))
    decided(notified(a_refusal_proposed(), at=NOW), at=later(33))


@pytest.fixture
def found() -> dict[str, ReleaseTable]:
    some_work()
    return {table.code: table for table in tables(LAST_DAY)}


def test_applications_and_decisions_are_counted_by_quarter(found: dict[str, ReleaseTable]) -> None:
    cells = cells_of(found["applications"])
    sent = Application.objects.handed_in()
    by_hand = [quarter_on(day.date()) for day in sent.values_list("submitted_at", flat=True) if day]

    assert cells[QUARTER, "all"]["received"] == by_hand.count(QUARTER) > 0
    assert cells["2026-Q3", "all"]["received"] == by_hand.count("2026-Q3") > 0
    closed = [quarter_on(day.date()) for day in sent.values_list("closed_at", flat=True) if day]
    assert cells[QUARTER, "all"]["decided"] == closed.count(QUARTER) > 0
    assert cells["2026-Q3", "all"]["decided"] == closed.count("2026-Q3") > 0
    assert cells[QUARTER, "all"]["waiting"] == sent.filter(closed_at=None).count() > 0
    assert cells[QUARTER, "gla-food"] == cells[QUARTER, "all"]
    decisions = cells_of(found["decisions"])
    taken = Decision.objects.filter(status="decided")
    days = [quarter_on(day.date()) for day in taken.values_list("decided_at", flat=True) if day]
    assert decisions[QUARTER, "all"]["decided"] == days.count(QUARTER) > 2
    assert decisions[QUARTER, "refuse"]["decided"] == taken.filter(kind="refuse").count() == 1


def test_licences_are_those_of_the_register_on_the_last_day(found: dict[str, ReleaseTable]) -> None:
    cells = cells_of(found["licences"])

    assert [cells[code, "all"]["held"] for code in ("2026-Q2", "2026-Q3", QUARTER)] == [0, 1, 2]
    assert cells["2026-Q2", "all"]["revoked"] == 0


def test_open_cases_count_as_waiting_in_the_times(found: dict[str, ReleaseTable]) -> None:
    times = cells_of(found["times"])[QUARTER, "all"]

    assert times["decided"] == Application.objects.filter(status__in=["granted", "refused"]).count()
    assert times["still_open"] == Application.objects.handed_in().filter(closed_at=None).count()
    assert cells_of(found["times"])["2025-Q1", "all"]["half"] == Mark.UNKNOWN


def test_appeals_are_counted_with_their_outcomes(found: dict[str, ReleaseTable]) -> None:
    appeals, outcomes = cells_of(found["appeals"]), cells_of(found["appeal-outcomes"])

    assert appeals[QUARTER,]["received"] == appeals[QUARTER,]["ended"] == 1
    assert sum(outcomes[key]["ended"] for key in outcomes if key[0] == QUARTER) == 1  # type: ignore[misc]


def test_every_table_is_frozen_and_read_again_without_loss(found: dict[str, ReleaseTable]) -> None:
    for table in found.values():
        content = content_of(table)
        assert content_of(table_of(content)) == content
        assert digest_of(content) == digest_of(content_of(table_of(content)))
        assert set(table.title) == set(table.about) == {"en", "cy"}


def test_a_share_of_waits_is_found_with_the_open_ones() -> None:
    assert survival_quantile({1: 9, 10: 1}, {}, 0.9) == 1
    assert survival_quantile({1: 8, 10: 2}, {}, 0.9) == 10
    assert survival_quantile({1: 8}, {5: 2}, 0.9) is None


def test_the_times_say_the_target_and_whether_nine_in_ten_were_decided_within_it() -> None:
    within, over = (_target_where_nine_in_ten_took(days) for days in (60, 63))
    assert within["en"].endswith("the target is 60 working days. Nine in ten were decided within 60: met.")
    assert over["en"].endswith("Nine in ten were decided within 63: missed by 3.")
    assert set(over) == {"en", "cy"}


def _target_where_nine_in_ten_took(days: int) -> dict[str, str]:
    cases: released.Durations = defaultdict(lambda: (Counter(), Counter()))
    cases[QUARTER, "gla-food"][0][days] = 10
    return next(released._targets(LAST_DAY, cases))
