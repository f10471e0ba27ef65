from datetime import timedelta

import pytest
from django.db import connection

from registry.errors import Refused
from registry.trail.actions import events as trail
from registry.trail.models.events import Event
from registry.trail.queries import chain
from tests import database
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_decider, a_licence, a_licence_that_is, an_organisation, day

pytestmark = pytest.mark.django_db


def test_a_move_sets_the_status_and_its_facts_and_writes_them_down() -> None:
    licence, decider = a_licence(), a_decider()

    trail.move(licence, "revoke", by=decider, at=NOW, because="Wages withheld.", revoked_from=day(14))

    licence.refresh_from_db()
    assert (licence.status, licence.revoked_from) == ("revoked", day(14))
    event = Event.objects.latest("number")
    assert (event.verb, event.kind, event.reference) == ("revoke", "licence", licence.number)
    assert (event.before, event.after, event.because) == ("active", "revoked", "Wages withheld.")
    assert (event.by, event.by_name, event.at) == (decider.reference, decider.name, NOW)
    assert event.facts == {"revoked_from": day(14).isoformat()}


def test_a_move_that_the_table_does_not_know_changes_nothing() -> None:
    licence = a_licence_that_is("revoked")
    before = Event.objects.count()

    with pytest.raises(Refused) as refused:
        trail.move(licence, "suspend", by=a_decider(), at=NOW, suspended_from=day(1))

    assert [reason.code for reason in refused.value.reasons] == ["wrong_state"]
    licence.refresh_from_db()
    assert (licence.status, licence.suspended_from) == ("revoked", None)
    assert Event.objects.count() == before


def test_a_move_saves_only_the_fields_that_it_names() -> None:
    licence = a_licence()
    licence.sectors = ["somewhere", "else"]

    trail.move(licence, "surrender", by=a_decider(), at=NOW, surrendered_from=day(1))

    licence.refresh_from_db()
    assert licence.sectors == ["horticulture"]


def test_what_the_public_does_is_written_down_without_a_name() -> None:
    event = trail.record(an_organisation(), "look", by=None, at=NOW)

    assert (event.by, event.by_name) == ("", "")


def test_a_thing_in_the_facts_is_written_down_by_its_reference() -> None:
    organisation, licence = an_organisation(), a_licence()

    event = trail.record(organisation, "link", by=None, at=NOW, licence=licence)

    assert event.facts == {"licence": licence.number}


def test_numbers_follow_each_other_from_one() -> None:
    organisation = an_organisation()
    for minutes in range(3):
        trail.record(organisation, "look", by=None, at=NOW + timedelta(minutes=minutes))

    numbers = list(Event.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_event_carries_the_hash_of_the_one_before() -> None:
    a_licence()

    events = list(Event.objects.order_by("number"))
    assert len(events) > 1
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]


def test_the_head_is_the_last_event() -> None:
    a_licence()

    last = Event.objects.latest("number")
    assert chain.head() == (last.number, last.hash)


def test_the_head_of_an_empty_trail_is_nothing() -> None:
    assert chain.head() == (0, "")


def test_an_untouched_trail_has_no_faults() -> None:
    a_licence_that_is("revoked")

    assert list(chain.faults()) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE registry_event SET because = 'Something else.' WHERE number = 2",
        "UPDATE registry_event SET by_name = 'Somebody else' WHERE number = 2",
        "UPDATE registry_event SET previous_hash = hash WHERE number = 2",
        "DELETE FROM registry_event WHERE number = 2",
        "DELETE FROM registry_event WHERE number = (SELECT max(number) FROM registry_event)",
        "UPDATE registry_counter SET value = value + 1 WHERE name = 'events'",
    ],
)
def test_whoever_takes_the_triggers_away_and_rewrites_an_event_is_found_out(tampering: str) -> None:
    a_licence_that_is("revoked")

    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute(tampering)

    assert list(chain.faults())


def test_history_of_a_thing_is_its_own_events_newest_first() -> None:
    licence, other = a_licence_that_is("revoked"), a_licence(an_organisation("Other Ltd"))

    verbs = [event.verb for event in Event.objects.of([("licence", licence.number)])]

    assert verbs == ["revoke", "issue"]
    assert [event.verb for event in Event.objects.of([("licence", other.number)])] == ["issue"]
    assert list(Event.objects.of([])) == []


def test_locking_reads_the_thing_anew() -> None:
    organisation = an_organisation()
    organisation.legal_name = "Not saved Ltd"

    assert trail.locked(organisation).legal_name == "Abercwm Labour Ltd"


def test_a_person_is_named_in_the_trail_as_they_were_then() -> None:
    officer = person("case_officer", name="Mair Before")
    event = trail.record(an_organisation(), "look", by=officer, at=NOW)
    officer.name = "Mair After"
    officer.save()

    event.refresh_from_db()
    assert event.by_name == "Mair Before"


def test_a_move_writes_only_the_fields_that_its_row_names() -> None:
    licence = a_licence()

    with pytest.raises(trail.UndeclaredField, match=r"registry\.Licence: the move revoke does not set valid_until"):
        trail.move(licence, "revoke", by=a_decider(), at=NOW, revoked_from=day(14), valid_until=day(1))

    assert licence.status == "active"
    licence.refresh_from_db()
    assert (licence.status, licence.revoked_from) == ("active", None)
