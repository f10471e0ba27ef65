"""What a load balancer and the demo script ask."""

from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config.views import health as views
from registry.integrity import head_file
from registry.search.models import IndexedName
from tests.registry.stories import a_licence

Usage = namedtuple("Usage", "total used free")


@pytest.mark.django_db
def test_ready_says_that_every_check_holds() -> None:
    answer = Client().get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": dict.fromkeys(["database", "migrations", "packs", "index", "disk", "documents", "clock"], True),
        "replica": "none",
    }
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_live_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/health/live")

    assert answer.status_code == 200


def test_live_answers_and_ready_says_what_is_wrong_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise DatabaseError("gone away")

    monkeypatch.setattr(connection, "cursor", down)
    monkeypatch.setattr(connection, "ensure_connection", down)

    live, ready = Client().get("/health/live"), Client().get("/health/ready")

    assert live.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["checks"]["database"] is False
    assert ready.json()["ready"] is False
    assert "gone away" not in ready.content.decode()


@pytest.mark.django_db
def test_ready_notices_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(total=100, used=91, free=9))

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["checks"]["disk"]) == (503, False)


@pytest.mark.django_db
def test_ready_notices_a_migration_that_is_not_applied() -> None:
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("registry")
    MigrationRecorder.Migration.objects.get(app=app, name=newest).delete()

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, False)


@pytest.mark.django_db
def test_files_that_an_update_puts_beside_a_running_process_leave_it_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/health/ready").status_code == 200
    read = MigrationLoader.load_disk

    def with_one_more(loader: MigrationLoader) -> None:
        read(loader)
        loader.disk_migrations["registry", "9999_new"] = Migration("9999_new", "registry")

    monkeypatch.setattr(MigrationLoader, "load_disk", with_one_more)

    assert Client().get("/health/ready").json()["checks"]["migrations"] is True


@pytest.mark.django_db
def test_ready_notices_a_broken_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.schemes.faults_found", lambda: ["scheme.toml: no term"])

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["checks"]["packs"]) == (503, False)


@pytest.mark.django_db
def test_ready_notices_an_index_that_is_behind_the_register() -> None:
    a_licence()
    assert Client().get("/health/ready").status_code == 200

    IndexedName.objects.filter(space="public").delete()

    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["index"]) == (503, False)


def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise DatabaseError("gone away")

    monkeypatch.setattr(connection, "cursor", down)
    monkeypatch.setattr(connection, "ensure_connection", down)


def _no_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("registry")
    MigrationRecorder.Migration.objects.get(app=app, name=newest).delete()


def _no_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.schemes.faults_found", lambda: ["scheme.toml: no term"])


def _no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    IndexedName.objects.all().delete()


def _no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(total=100, used=100, free=0))


def _no_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_asked", {})
    monkeypatch.setattr("registry.uploads.is_marked", lambda: False)
    monkeypatch.setattr("registry.documents.models.DocumentQuerySet.exists", lambda _documents: True)


def _clock_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_file._HeadCheck, "latest", timezone.now() + timedelta(days=1))


#: Each part that can fail, and how. Of the look-up's own, it is out of service too: a database away, a clock set back.
BROKEN: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "database": _no_database,
    "migrations": _no_migration,
    "packs": _no_packs,
    "index": _no_index,
    "disk": _no_room,
    "documents": _no_documents,
    "clock": _clock_set_back,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_nothing_takes_the_look_up_out_of_service_but_that_it_does_not_answer(
    name: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """What probes of load balancers ask: with a disk that was 90 % full all servers left the service together."""
    settings.CLOCK_TOLERANCE = 60
    number = a_licence().number
    assert Client().get("/health/look-up").json() == {"look_up": True}

    BROKEN[name](monkeypatch)

    assert Client().get("/health/ready").json()["checks"][name] is False
    page, program = Client().post("/check/", {"q": number}, follow=True), Client().get(f"/api/v1/register/{number}")
    answers = (page.status_code, program.status_code) == (200, 200) and number in page.content.decode()
    assert answers == (name not in {"database", "clock"})
    probe = Client().get("/health/look-up")
    assert (probe.status_code, probe.json()) == (200 if answers else 503, {"look_up": answers})


@pytest.mark.django_db
def test_a_background_worker_that_does_nothing_takes_nobody_away_from_the_look_up() -> None:
    assert Client().get("/health/worker").status_code == 503

    assert Client().get("/health/look-up").status_code == 200


def test_every_check_is_one_that_can_fail() -> None:
    assert set(views.READY) == set(BROKEN)
