"""A clock that was set back and a database that was restored are noticed, and nothing is written before a person has acted."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from config.management.commands.run_due import run_due
from config.ready import get_ready, refuse_to_start_if_the_clock_was_set_back
from licensing.applications.models import Application
from registry.accounts.models import User
from registry.integrity import head_file, numbers_file
from registry.trail.actions import events
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain as trail
from tests import database
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.stories import a_licence, an_organisation
from tests.stories import an_application

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def file(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    settings.TRAIL_HEAD_FILE = str(tmp_path / "outside" / "trail-head.json")
    settings.CLOCK_TOLERANCE = 5
    yield Path(settings.TRAIL_HEAD_FILE)
    head_file._HeadCheck.behind, head_file._HeadCheck.latest, head_file._HeadCheck.told = False, None, 0.0


def kept(file: Path) -> tuple[int, str]:
    said = json.loads(file.read_text())
    return said["number"], said["hash"]


def restored() -> None:
    """The database as it was before its last event: what a restore from an older backup leaves."""
    last = Event.objects.latest("number")
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_rowdigest WHERE event = %s", [last.number])
        cursor.execute("DELETE FROM registry_event WHERE number = %s", [last.number])
        cursor.execute(
            "UPDATE registry_counter SET value = %s, hash = %s WHERE name = 'events'",
            [last.number - 1, last.previous_hash],
        )


def an_event() -> Event:
    with transaction.atomic():
        return events.record(User.objects.first() or person("auditor"), "test", by=None, at=timezone.now())


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out)
    return out.getvalue()


def test_the_head_is_outside_the_database_after_each_commit(file: Path) -> None:
    an_organisation()
    assert kept(file) == trail.head()

    a_licence()
    assert kept(file) == trail.head()
    there = {one.name for one in file.parent.iterdir() if one.suffix not in (".json", ".lock")}
    assert there == {numbers_file.NAME}, "nothing unfinished is left"


def test_what_is_taken_back_is_not_in_the_file(file: Path) -> None:
    an_organisation()
    before = kept(file)

    with transaction.atomic():
        events.record(person("auditor"), "test", by=None, at=NOW)
        transaction.set_rollback(True)
    with transaction.atomic(), transaction.atomic():
        events.record(an_organisation("Other Ltd"), "test", by=None, at=NOW)
        transaction.set_rollback(True)

    assert kept(file) == trail.head() == before


def test_a_later_head_is_never_written_over_by_an_older_one(file: Path) -> None:
    an_organisation()
    number, digest = kept(file)

    head_file.keep(number - 1, "0" * 64)

    assert kept(file) == (number, digest)


def test_nothing_is_written_while_the_clock_is_behind_what_was_written(set_clock: SetClock) -> None:
    an_organisation()
    set_clock(NOW - timedelta(days=900))

    with pytest.raises(head_file.ClockSetBack, match="The clock of this machine says 2024-"):
        an_event()

    assert not Event.objects.filter(at__lt=NOW).exists()


def test_a_clock_that_differs_by_seconds_is_no_fault(set_clock: SetClock) -> None:
    an_organisation()
    set_clock(NOW - timedelta(seconds=4))

    an_event()


@pytest.mark.parametrize("has_file", [True, False])
def test_a_process_does_not_start_with_a_clock_that_was_set_back(
    file: Path, set_clock: SetClock, has_file: bool
) -> None:
    an_organisation()
    if not has_file:
        file.unlink()
    set_clock(NOW - timedelta(days=1))

    for start in (get_ready, refuse_to_start_if_the_clock_was_set_back):
        with pytest.raises(SystemExit, match="Set the clock and start again"):
            start()
    for command in ("run_due", "work"):
        with pytest.raises(SystemExit, match="Set the clock and start again"):
            call_command(command)


def test_a_restored_database_is_read_and_not_written() -> None:
    an_organisation()
    an_event()
    restored()

    with pytest.raises(head_file.DatabaseBehind, match="may have been restored from a backup"):
        an_event()
    assert head_file.is_behind()


def test_a_database_with_another_event_in_that_place_is_not_written() -> None:
    an_organisation()
    an_event()
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_counter SET hash = %s WHERE name = 'events'", ["0" * 64])

    with pytest.raises(head_file.DatabaseBehind):
        an_event()


def test_a_process_that_starts_on_a_restored_database_says_so_and_reads(caplog: pytest.LogCaptureFixture) -> None:
    an_organisation()
    an_event()
    restored()

    refuse_to_start_if_the_clock_was_set_back()

    assert head_file.is_behind()
    assert "may have been restored" in caplog.text
    assert run_due(NOW) == {}


def test_staff_are_told_and_the_look_up_goes_on() -> None:
    licence = a_licence()
    officer, administrator = signed_in(person("case_officer")), signed_in(person("people_administrator"))
    an_event()
    restored()
    head_file.refuse_to_start()

    page = officer.get("/staff/licences/").content.decode()
    assert "you cannot save changes at the moment" in page
    refused = administrator.post("/staff/people/invite/", {"email": "x@people.example"})
    assert refused.status_code == 503
    assert "You cannot save changes at the moment" in refused.content.decode()
    assert 'name="email" value="x@people.example"' in refused.text  # kept, to be sent once the database is confirmed
    found = officer.post("/check/", {"q": licence.number}, follow=True)
    assert found.status_code == 200
    assert "cannot save changes" not in found.content.decode()
    assert officer.get(f"/check/{licence.number}/").status_code == 200


def test_after_a_person_has_confirmed_it_the_database_is_written_again(file: Path) -> None:
    an_organisation()
    auditor = person("auditor")
    an_event()
    lost = kept(file)
    restored()
    head_file.refuse_to_start()
    with pytest.raises(head_file.DatabaseBehind):
        an_event()

    with pytest.raises(CommandError, match="does not work for the authority"):
        said("accept_database", "--by", "nobody@people.example", "--because", "Restored.")
    assert "Accepted." in said("accept_database", "--by", auditor.email, "--because", "Restored from Sunday's backup.")

    event = Event.objects.get(verb="accept_database")
    assert (event.facts["lost_number"], event.facts["lost_hash"]) == lost
    assert event.because == "Restored from Sunday's backup."
    head_file._HeadCheck.looked = 0.0
    an_event()
    assert not head_file.is_behind()
    assert kept(file) == trail.head()


def test_a_restored_database_is_set_up_again_and_stays_read_only(
    file: Path, settings: LazySettings, tmp_path: Path
) -> None:
    """After an upgrade that was gone back from. What `set_up` writes is no reason to forget what was lost."""
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", []
    first = an_application()
    an_application(an_organisation("Fenland Harvest Ltd"))
    assert "were lost" not in said("set_up")
    Application.objects.update(version="2018-10-01")  # so that set_up has events to write
    Application.objects.filter(pk=first.pk).update(version="2013-10-01")
    an_event()
    lost = kept(file)
    restored()

    assert "Events of the trail were lost: read-only until accept_database" in said("set_up")

    assert kept(file) == lost and lost[0] < trail.head()[0]
    with pytest.raises(head_file.DatabaseBehind):
        an_event()


def test_no_number_that_was_given_after_the_copy_is_given_again(file: Path, tmp_path: Path) -> None:
    auditor, first = person("auditor"), a_licence()
    prefix = first.number[:4]
    numbers_file.note(
        f"licence {prefix}", 7
    )  # what the service drew after the copy that this database was restored from
    other = tmp_path / "of another machine"
    other.write_text(f"9 licence {prefix}\n3 withdrawals\n12 licen")  # the last line was cut off

    told = said("accept_database", "--by", auditor.email, "--because", "Restored.", "--numbers", str(other))

    assert f"Given after the copy, and not given again: licence {prefix}: 9" in told
    event = Event.objects.get(verb="accept_database")
    assert event.facts["numbers_passed_over"] == [f"licence {prefix}: 9", "withdrawals: 3"]
    assert a_licence(an_organisation(first.organisation.legal_name)).number == f"{prefix}0010"
    with pytest.raises(CommandError, match="cannot be read"):
        said("accept_database", "--by", auditor.email, "--because", "Again.", "--numbers", str(tmp_path / "none"))
    assert "not given again" not in said("accept_database", "--by", auditor.email, "--because", "Once more.")


def test_a_number_is_noted_before_it_is_saved_and_one_that_was_taken_back_is_no_harm(file: Path) -> None:
    with transaction.atomic():
        assert Counter.objects.draw("licence TEST") == 1
        transaction.set_rollback(True)

    assert numbers_file.last([numbers_file.place()])["licence TEST"] == 1
    with transaction.atomic():
        assert Counter.objects.draw("licence TEST") == 1, "drawn again: no one has seen it"


def test_after_a_clock_that_was_ahead_a_person_lets_it_go_on(set_clock: SetClock) -> None:
    auditor = person("auditor")
    set_clock(NOW + timedelta(days=400))
    an_event()
    set_clock(NOW)
    with pytest.raises(head_file.ClockSetBack):
        an_event()

    said("accept_database", "--by", auditor.email, "--because", "The clock was a year ahead.")

    an_event()
    refuse_to_start_if_the_clock_was_set_back()


def test_a_database_with_faults_is_not_accepted() -> None:
    auditor = person("auditor")
    an_event()
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_event SET because = 'x' WHERE number = 1")

    with pytest.raises(CommandError, match="Faults found"):
        said("accept_database", "--by", auditor.email, "--because", "Never mind.")
