"""The nightly import: people who are gone lose access, roles follow groups, and a wrong file shuts out no one."""

import json
from io import StringIO
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command
from pytest_django import Settings

from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person
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

    assert "officer-0@authority.example: would be off-boarded" in run(tmp_path, people, "--dry-run")
    assert now(leaver).is_active and now(mover).roles == {"case_officer"}

    run(tmp_path, people)
    assert not now(leaver).is_active and not leaver.api_keys.filter(revoked_at=None).exists()
    assert (now(mover).roles, now(mover).name) == (frozenset({"inspector"}), "New Name")
    event = Event.objects.get(verb="off_board")
    assert (event.reference, event.by_name) == (leaver.reference, "The directory")
    count = Event.objects.count()
    assert User.objects.filter(is_active=False).count() == 1
    run(tmp_path, people)
    assert Event.objects.count() == count


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
    for words in ("{", "[1", '{"people": []}'):
        (tmp_path / "people.json").write_text(words)
        with pytest.raises(CommandError):
            call_command("import_directory", str(tmp_path / "people.json"), "--yes")
    assert all(now(officer).is_active for officer in staff)
