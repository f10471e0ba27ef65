"""What the service needs around it is asked by connecting, and each answer is a line."""

import io
import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from config import services
from tests.serving.ports import HOST, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def usable(settings: Settings, tmp_path: Path) -> Settings:
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path
    settings.CLAMD_ADDRESS = "none"
    return settings


def told() -> tuple[dict[str, tuple[str, str]], bool]:
    """The table by its first column, and whether the command failed."""
    out = io.StringIO()
    try:
        call_command("check_services", stdout=out)
    except CommandError:
        has_failed = True
    else:
        has_failed = False
    rows = (line.split(maxsplit=2) for line in out.getvalue().splitlines())
    return {name: (result, words) for name, result, words in rows}, has_failed


def test_a_service_with_all_that_it_needs() -> None:
    table, has_failed = told()

    assert [*table] == [
        "database",
        "tables",
        "role",
        "seals",
        "replica",
        "pooler",
        "mail",
        "scanner",
        "documents",
        "directory",
        "folders",
    ]
    assert {result for name, (result, _words) in table.items() if name != "role"} == {"good"}
    # The tests own their database; on SQLite there are no roles.
    assert has_failed is (connection.vendor == "postgresql")


def test_each_fault_is_named_and_keeps_no_other_from_being_told(usable: Settings) -> None:
    usable.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    usable.EMAIL_HOST, usable.EMAIL_PORT = HOST, free_port()
    usable.CLAMD_ADDRESS = f"{HOST}:{free_port()}"
    usable.TRAIL_HEAD_FILE = "/etc/hostname/head.json"
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("registry")
    MigrationRecorder.Migration.objects.get(app=app, name=newest).delete()

    table, has_failed = told()

    assert has_failed
    failed = {name for name, (result, _words) in table.items() if result == "FAILED"}
    assert failed - {"role"} == {"tables", "mail", "scanner", "folders"}
    assert "set_up" in table["tables"][1] and "does not answer" in table["scanner"][1]


def test_a_mail_server_that_listens_and_says_nothing_is_not_good(usable: Settings) -> None:
    usable.EMAIL_BACKEND, usable.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 0.2
    with socket.create_server((HOST, 0)) as silent:
        usable.EMAIL_HOST, usable.EMAIL_PORT = silent.getsockname()

        assert told()[0]["mail"][0] == "FAILED"


def test_no_mail_without_a_sender(usable: Settings) -> None:
    usable.DEFAULT_FROM_EMAIL = ""

    assert "DEFAULT_FROM_EMAIL" in told()[0]["mail"][1]


@pytest.mark.postgresql
def test_the_role_of_the_pages_owns_nothing_and_writes_the_trail() -> None:
    with connection.cursor() as cursor:
        assert "owns the tables" in services.check("role").words
        cursor.execute("CREATE ROLE registry_web_of_a_test NOLOGIN")
        cursor.execute("SET LOCAL ROLE registry_web_of_a_test")
        assert "may not write the trail" in services.check("role").words
        cursor.execute("RESET ROLE")
        call_command("grant_roles", "registry_web_of_a_test")
        cursor.execute("SET LOCAL ROLE registry_web_of_a_test")
        assert services.check("role").is_good
        cursor.execute("RESET ROLE")
