"""What the migration to rounds by two did past the trail is written down when a version is set up, once."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.models import F

from compliance.targeting.actions.migrated import tell_of_migrated
from compliance.targeting.models import VisitRound
from registry.trail.models.events import Event
from registry.trail.queries import agreement
from tests.compliance.targeting.world import a_round_drawn, a_round_fixed, licences
from tests.conftest import NOW
from tests.database import triggers_away

pytestmark = pytest.mark.django_db
MIGRATION = import_module("compliance.migrations.0025_rounds_by_two")


def migrated() -> None:
    """What the migration does to the rounds that it finds."""
    with triggers_away(of=[MIGRATION.ROUND]), connection.cursor() as cursor:
        for statement in MIGRATION.OLD_ROUNDS:
            cursor.execute(statement)


def disagreements() -> list[str]:
    return [fault for fault in agreement.faults() if fault.startswith("visitround")]


def test_a_round_that_was_closed_by_the_migration_gets_the_event_that_it_lacked() -> None:
    licences(5)
    one = a_round_drawn()
    migrated()
    assert disagreements() == [f"visitround {one.reference}: is closed, and its last event left it drawn"]

    assert tell_of_migrated(by=None, at=NOW) == 1

    assert disagreements() == []
    event = Event.objects.get(verb="migrate")
    assert (event.reference, event.by, event.before, event.after) == (one.reference, "", "drawn", "closed")
    assert event.because.startswith("An upgrade of the software closed it")
    assert tell_of_migrated(by=None, at=NOW) == 0, "once is enough"


def test_a_round_whose_list_was_thrown_away_gets_one_too() -> None:
    licences(5)
    one = a_round_fixed()
    migrated()
    assert disagreements() == [f"visitround {one.reference}: is opened, and its last event left it fixed"]

    assert tell_of_migrated(by=None, at=NOW) == 1

    assert disagreements() == []


def test_a_round_that_somebody_closed_past_the_trail_is_still_named() -> None:
    licences(5)
    one = a_round_drawn()
    with triggers_away(of=[MIGRATION.ROUND]):
        VisitRound.objects.update(status="closed", closed_at=F("drawn_at"))

    assert tell_of_migrated(by=None, at=NOW) == 0

    assert disagreements() == [f"visitround {one.reference}: is closed, and its last event left it drawn"]
