"""Editions that are made in another order than their quarters: no two of them differ in what they say of people."""

from datetime import timedelta

import pytest

from compliance.statistics.queries import people_released
from registry.editions import actions
from registry.editions.models import Edition
from registry.editions.queries import making
from registry.editions.queries.published import cells_of
from registry.editions.rules.content import table_of
from tests.compliance.statistics.test_queries_people import IN_LAST, referred
from tests.conftest import NOW
from tests.people import person
from tests.registry.editions.world import announced, signed

pytestmark = pytest.mark.django_db


def test_an_edition_made_after_that_of_a_later_quarter_does_not_change_what_that_one_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the difference of the two tells of one person."""
    at = IN_LAST - timedelta(days=92)
    referred(21, at=at)
    monkeypatch.setattr(making, "makers", lambda: [people_released.tables])
    signed(announced(publish_at=NOW + timedelta(days=24)))
    referred(1, at=at)

    earlier = announced(code="2026-Q2", publish_at=NOW + timedelta(days=40))
    version = actions.freeze_tables(earlier, by=person("manager"), at=NOW).versions.get()

    newer = Edition.objects.get(code="2026-Q3").versions.get()
    old, new = (cells_of(table_of(one.tables.get(code="referrals-of-gla-food").content)) for one in (version, newer))
    shared = {key for key in old if key in new and key[0] != "2026-Q3"}
    assert shared
    assert [old[key] for key in shared] == [new[key] for key in shared]
