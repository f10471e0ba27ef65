"""The nightly import: people who are gone lose access, roles follow groups, and a wrong file shuts out no one."""

import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command
from pytest_django import Settings

from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.directory.actions import NEVER
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.config.directory.conftest import words
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.accounts.test_access import asked

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def directory(settings: Settings) -> None:
    settings.DIRECTORY = {
        "directory": {
            "name": "Authority directory",
            "issuer": "https://directory.example",
            "client_id": "registry",
            "groups": {"officers": ["case_officer"], "inspectors": ["inspector"], "deciders": ["decision_maker"]},
            "break_glass": ["emergency@authority.example"],
        }
    }


@pytest.fixture
def staff() -> list[User]:
    """Ten officers who sign in by the directory; beside them an emergency account and an applicant, who are not in it."""
    person("people_administrator", email="emergency@authority.example")
    person("applicant")
    officers = [person("case_officer", email=f"officer-{number}@authority.example") for number in range(10)]
    for officer in officers:
        SocialAccount.objects.create(user=officer, provider="directory", uid=f"sub-{officer.email}")
    return officers


def row(officer: User, **facts: object) -> dict[str, object]:
    return {"sub": f"sub-{officer.email}", "name": officer.name, "groups": ["officers"], "active": True, **facts}


def run(tmp_path: Path, people: object, *options: str) -> str:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(people))
    said = StringIO()
    call_command("import_directory", str(file), *options, stdout=said)
    return said.getvalue()


def now(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_people_who_are_gone_lose_access_and_the_others_follow_their_groups(tmp_path: Path, staff: list[User]) -> None:
    leaver, mover, *others = staff
    keys.make(name="Report", scopes=["read"], days=30, by=leaver, at=NOW)
    people = [row(mover, groups=["inspectors"], name="New Name"), *map(row, others)]
    SocialAccount.objects.update(last_login=NEVER)

    assert "officer-0@authority.example: would be off-boarded" in run(tmp_path, people, "--dry-run")
    assert now(leaver).is_active and now(mover).roles == {"case_officer"}

    run(tmp_path, people)
    assert not now(leaver).is_active and not leaver.api_keys.filter(revoked_at=None).exists()
    assert (now(mover).roles, now(mover).name) == (frozenset({"inspector"}), "New Name")
    event = Event.objects.get(verb="off_board")
    assert (event.reference, event.by_name) == (leaver.reference, "The directory")
    # Their keys rest on what the file says while they are not signed in anywhere.
    assert {link.user for link in SocialAccount.objects.filter(last_login=NOW)} == {mover, *others}
    changed = Event.objects.exclude(verb="read_directory_file")
    count = changed.count()
    assert User.objects.filter(is_active=False).count() == 1
    run(tmp_path, people)
    assert changed.count() == count


def test_open_tasks_of_a_person_who_is_gone_go_back(tmp_path: Path, settings: Settings) -> None:
    settings.DIRECTORY["directory"]["break_glass"] += ["second@authority.example"]
    first = person("people_administrator", email="emergency@authority.example")
    leaver = person("people_administrator", email="leaver@authority.example")
    asked(person("case_officer", email="officer@authority.example"), by=first)
    Task.objects.filter(kind="accessrequest.approve").update(owner=leaver)
    run(tmp_path, [{"email": "officer@authority.example", "groups": "officers"}], "--yes")
    task = Task.objects.get(kind="accessrequest.approve")
    assert (task.owner, now(leaver).is_active) == (None, False)


@pytest.mark.parametrize("lose", ["active", "groups"])
def test_more_than_a_tenth_is_shut_out_only_when_told(tmp_path: Path, staff: list[User], lose: str) -> None:
    gone: dict[str, object] = {"active": False} if lose == "active" else {"groups": []}
    people = [*(row(officer, **gone) for officer in staff[:2]), *map(row, staff[2:])]
    with pytest.raises(CommandError, match="more than a tenth"):
        run(tmp_path, people)
    assert all(now(officer).roles for officer in staff)
    run(tmp_path, people, "--yes")
    assert [bool(now(officer).roles) for officer in staff] == [False] * 2 + [True] * 8


def test_a_file_with_a_fault_changes_nothing(tmp_path: Path, staff: list[User]) -> None:
    file = tmp_path / "people.csv"
    first = f"sub-{staff[0].email}"
    file.write_text(f"sub,email,groups,active\n{first},,officers,maybe\n,,officers,\n{first},,,\n{first},,,\n")
    said = StringIO()
    with pytest.raises(CommandError, match="3 rows have a fault"):
        call_command("import_directory", str(file), "--yes", stdout=said)
    assert [line.split(":")[0] for line in said.getvalue().splitlines()] == ["line 2", "line 3", "line 5"]
    assert all(now(officer).is_active for officer in staff)
    for said_in_it in ("{", "[1", '{"people": []}'):
        (tmp_path / "people.json").write_text(said_in_it)
        with pytest.raises(CommandError):
            call_command("import_directory", str(tmp_path / "people.json"), "--yes")
    assert all(now(officer).is_active for officer in staff)


# --- what administrators read of it


def on_page(user: User) -> str:
    page = words(signed_in(user).get("/staff/people/"))
    return page.partition("Last file of the directory")[2]


def test_administrators_read_what_the_last_file_did_and_what_could_not_be_done(
    tmp_path: Path, staff: list[User], settings: Settings
) -> None:
    settings.DIRECTORY["directory"]["break_glass"] += ["second@authority.example"]
    administrator = person("people_administrator", email="second@authority.example")
    assert "No file of the directory has been read yet" in on_page(administrator)
    leaver, both, *others = staff

    run(tmp_path, [row(both, groups=["officers", "deciders"]), *map(row, others)])

    page = on_page(administrator)
    assert "It has 9 people who work here" in page
    assert f"as they are not in the directory: {leaver}" in page
    assert f"{both} : One person must not be both" in page.replace(f"{both}:", f"{both} :")


def test_administrators_read_why_a_file_was_refused(tmp_path: Path, staff: list[User], settings: Settings) -> None:
    settings.DIRECTORY["directory"]["break_glass"] += ["second@authority.example"]
    administrator = person("people_administrator", email="second@authority.example")
    with pytest.raises(CommandError):
        run(tmp_path, [], "--dry-run")
    assert "No file" in on_page(administrator)

    with pytest.raises(CommandError):
        run(tmp_path, [])

    assert "10 of 10 people would lose their access" in on_page(administrator)


def test_a_file_that_no_one_writes_any_more_is_refused(tmp_path: Path, staff: list[User], set_clock: SetClock) -> None:
    file = tmp_path / "people.csv"
    file.write_text("sub,groups\n")
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    set_clock(NOW + timedelta(days=3))

    with pytest.raises(CommandError, match="the export has stopped"):
        call_command("import_directory", str(file), "--yes")

    assert all(now(officer).is_active for officer in staff)


def test_without_a_directory_the_page_says_nothing(settings: Settings) -> None:
    settings.DIRECTORY = {}
    assert on_page(person("people_administrator")) == ""
