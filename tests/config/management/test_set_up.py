"""Setting up can be done again at any time, and does again only what has changed."""

import os
import re
import time
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from config import migrating, way_back
from config.management.commands import migrate
from config.management.commands.set_up import LAST_BEFORE_TABLES
from licensing.applications.models import Application
from registry import search as index
from registry.holidays.models import Holiday
from registry.matching.models import Trait
from registry.organisations.models import Organisation
from registry.roles import ROLES
from registry.schemes.models import PackEdition
from tests.registry.stories import a_licence, an_organisation
from tests.stories import an_application

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_static_file(settings: Settings, tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    file = source / "page.css"
    file.write_text("a {}")
    return file


def set_up(*options: str) -> str:
    out = StringIO()
    call_command("set_up", *options, stdout=out)
    return out.getvalue()


def test_it_leaves_the_roles_the_holidays_and_the_static_files_in_place(tmp_path: Path) -> None:
    Group.objects.all().delete()
    Holiday.objects.all().delete()

    set_up()

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Holiday.objects.exists()
    assert (tmp_path / "collected" / "page.css").read_text() == "a {}"


def test_an_index_that_a_new_version_has_emptied_is_written_anew_and_one_that_holds_is_left() -> None:
    listing = a_licence(an_organisation("Harvest Hands Ltd")).listing_id
    for space, subject in ((index.PUBLIC, listing), (index.STAFF, Organisation.objects.get().pk)):
        index.replace(space, subject, [])
        assert not index.is_at_last_entry()

        assert "rebuild_index" in set_up()
        assert [found.text for found in index.find("harvest", space)] == ["Harvest Hands Ltd"]

    assert "rebuild_index" not in set_up()


def test_by_what_files_are_known_again_is_written_once_where_a_new_version_finds_nothing_noted() -> None:
    assert "rebuild_traits" not in set_up()
    an_organisation("Harvest Hands Ltd")
    before = Trait.objects.count()
    Trait.objects.all().delete()

    assert "rebuild_traits" in set_up()

    assert Trait.objects.count() == before > 0
    assert "rebuild_traits" not in set_up()


def test_static_files_that_have_not_changed_are_not_collected_again() -> None:
    set_up()

    assert "collectstatic" not in set_up()


def test_a_static_file_that_has_changed_is_collected_again(one_static_file: Path, tmp_path: Path) -> None:
    set_up()
    one_static_file.write_text("a { color: red }")
    later = time.time() + 5
    os.utime(one_static_file, (later, later))

    assert "collectstatic" in set_up()
    assert (tmp_path / "collected" / "page.css").read_text() == "a { color: red }"


def test_a_database_that_stopped_half_way_through_what_has_been_replaced_is_told_what_to_do() -> None:
    MigrationRecorder.Migration.objects.filter(app="registry", name="0032_exhibits").delete()

    with pytest.raises(CommandError, match=rf"{LAST_BEFORE_TABLES}.*script/demo --fresh"):
        set_up()
    assert LAST_BEFORE_TABLES.split()[1] in (ROOT / "docs" / "upgrading.md").read_text()


def test_the_versions_that_rows_are_pinned_to_are_frozen_with_the_words_of_today() -> None:
    Application.objects.filter(pk=an_application().pk).update(version="2018-10-01")
    assert not PackEdition.objects.exists()

    set_up()

    assert [str(one) for one in PackEdition.objects.all()] == ["gla-food 2018-10-01, edition 1"]


def test_a_database_of_a_newer_version_is_refused_and_says_which_migration() -> None:
    MigrationRecorder.Migration.objects.create(app="registry", name="9999_of_the_future")

    with pytest.raises(CommandError, match=r"newer version: it has registry\.9999_of_the_future"):
        set_up()


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ("postgresql://owner:x@another/registry", "same database"),
        ("sqlite:////tmp/another.sqlite3", "same database"),
    ],
)
def test_an_owner_of_another_database_is_refused(settings: Settings, owner: str, words: str) -> None:
    settings.OWNER_DATABASE_URL = owner

    with pytest.raises(CommandError, match=words):
        set_up()


def test_what_is_in_the_tables_is_counted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    a_licence()

    set_up()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'registry_indexedclue' OR tbl = 'registry_entry'")
        assert cursor.fetchone()[0] > 0


def test_it_says_before_it_begins_how_long_it_takes_and_then_each_step() -> None:
    an_application()

    first, *steps, last = set_up().splitlines()

    assert re.fullmatch(
        r"About \d+ seconds: 0 migrations, [\d,]+ rows\. The release of before goes on serving\..*", first
    )
    assert steps[0] == f"  1 of {len(steps)}: migrations" or "collectstatic" in steps[-1]
    assert re.fullmatch(r"Set up in \d+ s\.", last)


def test_the_plan_is_said_and_nothing_is_done() -> None:
    Holiday.objects.all().delete()

    said = set_up("--plan")

    assert said.startswith("About ") and len(said.splitlines()) == 1
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [("0047_ends_are_explained", "goes on serving"), (way_back.BEFORE_THE_RULE["registry"], "The site is down")],
)
def test_the_plan_says_whether_the_site_is_down(lacking: str, words: str) -> None:
    """Migrations only add since then; what was made before, the release of before cannot serve."""
    an_application()
    MigrationRecorder.Migration.objects.filter(app="registry", name__gte=lacking).delete()

    assert words in set_up("--plan")


def test_a_step_that_takes_long_says_so_every_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "SAYS_EVERY", 0.02)
    said: list[str] = []

    with migrating.SetUpProgress(said.append, steps=2) as progress:
        progress.step("migrations")
        migrate.Command(progress, 2).migration_progress_callback("apply_start", Migration("0001_first", "registry"))
        time.sleep(0.2)
        progress.step("cache")

    assert said[0] == "  1 of 2: migrations" and said[-1] == "  2 of 2: cache"
    assert "    migration 1 of 2, registry.0001_first, for 0 s" in said


def test_migrations_are_not_undone() -> None:
    """That would lose what was written since, and stopped half-way with a database that is good for neither release."""
    with pytest.raises(
        CommandError, match="nothing was changed: go back by the copy of before, deploy/switch back COPY"
    ):
        call_command("migrate", "licensing", "0033", verbosity=0)
    assert ("licensing", "0035_more_rules_begin") in MigrationRecorder(connection).applied_migrations()
