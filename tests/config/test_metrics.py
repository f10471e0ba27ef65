"""Counts for monitoring: guarded, by route and class of answer alone, and never of who looked up which business."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from config import serve
from config.environment import VAR_DIR
from registry.background_work import actions
from tests.conftest import NOW, SetClock

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
TOKEN = {"Authorization": "Bearer a token of this test"}


@pytest.fixture(autouse=True)
def guarded(settings: Settings) -> Settings:
    settings.METRICS_TOKEN = "a token of this test"
    return settings


def read() -> dict[tuple[str, str], float]:
    """By name and labels, as Prometheus itself reads it."""
    page = Client().get("/metrics", headers=TOKEN)
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    return {
        (sample.name, ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page.content.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("networks", "token", "headers", "status"),
    [
        ([], "", {}, 404),
        ([], "", {"Authorization": "Bearer "}, 404),
        ([], "x", {"Authorization": "Bearer y"}, 404),
        ([], "x", {"Authorization": "Bearer x"}, 200),
        (["10.0.0.0/8"], "", {}, 404),
        (["10.0.0.0/8", "127.0.0.0/24"], "", {}, 200),
    ],
)
def test_only_monitoring_reads_them(
    guarded: Settings, networks: list[str], token: str, headers: dict[str, str], status: int
) -> None:
    guarded.METRICS_NETWORKS, guarded.METRICS_TOKEN = networks, token

    assert Client().get("/metrics", headers=headers).status_code == status


def test_a_look_up_is_counted_by_its_route_and_nothing_of_it_is_said() -> None:
    before = read()
    for address in (
        "/check/?q=Zebedee",
        "/report/",
        "/report/where/",
        "/check/ZEBE0001/",
        "/cy/check/ZEBE0001/",
        "/zebedee/",
    ):
        Client().get(address)
    after = read()

    grown = {key for key in after if after[key] > before.get(key, 0) and key[0] == "registry_requests_total"}
    assert ("registry_requests_total", "route=none,status=4xx") in grown
    assert {said for _name, said in grown if "report" in said} == {"route=report,status=2xx"}
    assert not any("zebe" in part.lower() for key in after for part in key)
    labels = {label.split("=")[0] for _name, said in after for label in said.split(",") if label}
    assert labels == {"route", "status", "le", "what"}


def test_a_dead_worker_is_in_them(set_clock: SetClock) -> None:
    for lane in ("fast", "slow"):
        actions.record_heartbeat(lane, failed=[], by=None, at=NOW)
    alive = read()
    set_clock(NOW + timedelta(minutes=5))
    dead = read()

    assert (alive["registry_late", "what=lane_fast"], dead["registry_late", "what=lane_fast"]) == (0, 1)
    assert dead["registry_age_seconds", "what=lane_fast"] == 300
    assert dead["registry_number", "what=failed_jobs"] == 0
    assert dead["registry_database_up", ""] == 1


def test_without_the_database_they_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", down)

    assert read()["registry_database_up", ""] == 0


def test_the_rules_and_the_dashboard_ask_for_what_there_is() -> None:
    Client().get("/health/live")
    actions.record_heartbeat("fast", by=None, at=NOW)
    names = {name for name, _labels in read()}
    asked = (MONITORING / "alerts.yml").read_text() + (MONITORING / "dashboard.json").read_text()

    assert {*re.findall(r"\bregistry_\w+", asked)} <= names


@pytest.mark.once
def test_the_processes_of_a_server_are_counted_together(tmp_path: Path) -> None:
    program = f"""
import os
from pathlib import Path
from config import serve
from config.environment import VAR_DIR
serve.count_together(Path({str(tmp_path)!r}))
import django; django.setup()
from config import metrics
for _child in range(2):
    if os.fork() == 0:
        metrics.REQUESTS.labels("entry", "2xx").inc()
        os._exit(0)
    os.wait()
metrics.background_work.status = lambda at: []
print(metrics.exposition(None).decode())
"""
    (tmp_path / "1234567").mkdir()  # of a server that has ended

    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert 'registry_requests_total{route="entry",status="2xx"} 2.0' in told.stdout
    assert not (tmp_path / "1234567").exists()


def test_processes_count_in_memory_where_no_full_disk_ends_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "SHARED_MEMORY", tmp_path)
    own = serve.memory()

    assert (own.parent, own.stat().st_mode & 0o777) == (tmp_path, 0o700)
    own.rmdir()
    own.symlink_to("/nowhere")  # laid there by someone else
    assert serve.memory() == VAR_DIR
