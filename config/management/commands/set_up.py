import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from compliance.inspection_reports import queries as visit_reports
from compliance.targeting.actions import migrated as rounds
from config import migrating
from config.compiled import compile_catalogues
from config.management.commands import migrate
from config.ready import own_migrations
from registry import matching, signing, uploads
from registry import search as index
from registry.checks import frozen_packs, pinned_packs
from registry.integrity import head_file
from registry.schemes import freezing
from registry.tasks import jobs as tasks
from registry.trail.actions import events as trail

#: The version in between for databases from before the tables began once (docs/decisions/0068, docs/upgrading.md).
LAST_BEFORE_TABLES = "commit b19ee7b6d8f8 of 26 November 2026"


class Command(BaseCommand):
    help = (
        "Everything between installing the code and starting it, in one go. Run it again after each new version. With "
        "OWNER_DATABASE_URL it works as the owner of the tables, and grants the role of DATABASE_URL what the pages need."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--plan", action="store_true", help="say how long it takes and whether the site is down; do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        compile_catalogues()
        role = work_as_owner()
        refuse_role_without_tables()
        refuse_half_way()
        refuse_newer()
        refuse_changed_packs()
        todo = migrating.to_do()
        self._say(migrating.said_before(todo))
        if options["plan"]:
            return
        steps, behind = self._steps(role, todo), head_file.is_behind_now()
        if behind:
            self._say("Events of the trail were lost: read-only until accept_database (docs/operations.md).")
        goes_on = head_file.confirmed() if behind else nullcontext()
        with goes_on, migrating.SetUpProgress(self._say, steps=len(steps)) as self.progress:
            for name, do in steps.items():
                self.progress.step(name)
                do()
        self._say(f"Set up in {time.monotonic() - begun:.0f} s.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _steps(self, role: str, todo: list[Migration]) -> dict[str, Callable[[], object]]:
        """In this order: roles and holidays are rows, so the tables come first."""
        at = timezone.now()
        rights = {"rights of the pages": partial(_run, "grant_roles", role)} if role else {}
        return {
            "migrations": partial(self._migrate, todo),
            "cache": partial(_run, "createcachetable"),
            "roles": partial(_run, "sync_roles"),
            "holidays": partial(_run, "load_holidays"),
            **rights,
            "search": partial(self._run_unless, index.is_at_last_entry, "rebuild_index"),
            "names": partial(self._run_unless, matching.is_written, "rebuild_traits"),
            "reports of visits": partial(self._run_unless, _reports_are_locked, "lock_reports"),
            "the trail of new kinds of rows": partial(trail.cover_new_kinds, at=at),
            "versions of packs": partial(freezing.freeze_pinned, at=at),
            "rounds of visits": partial(rounds.tell_of_migrated, by=None, at=at),
            "tasks": lambda: (tasks.open_missing(at=at), tasks.fill_schemes()),
            "documents": uploads.mark,
            "statistics": gather_statistics,
            "static files": self._collect_static_files,
        }

    def _migrate(self, todo: list[Migration]) -> None:
        call_command(migrate.Command(self.progress, len(todo)), interactive=False, verbosity=0)

    def _run_unless(self, is_done: Callable[[], bool], name: str, **options: Any) -> None:
        if not is_done():
            self._say(f"    {name}")
            _run(name, **options)

    def _collect_static_files(self) -> None:
        """Compressing them takes half a minute, so it is done only when one of them is another than last time."""
        collected = Path(settings.STATIC_ROOT) / ".collected"
        found = signing.digest(sorted(_static_files()))
        self._run_unless(
            lambda: collected.exists() and collected.read_text() == found, "collectstatic", interactive=False
        )
        collected.write_text(found)


def _reports_are_locked() -> bool:
    return not visit_reports.without_a_version().exists()


def _run(name: str, *positional: str, **options: Any) -> None:
    call_command(name, *positional, verbosity=0, stdout=StringIO(), **options)


def work_as_owner() -> str:
    """Go on as the role of OWNER_DATABASE_URL; the name of the role of the pages, or nothing where both are one."""
    if not settings.OWNER_DATABASE_URL:
        return ""
    pages, owner = connection.settings_dict, dj_database_url.parse(settings.OWNER_DATABASE_URL)
    role = str(pages["USER"])
    if connection.vendor != "postgresql" or any(owner[name] != pages[name] for name in ("NAME", "HOST", "PORT")):
        raise CommandError("OWNER_DATABASE_URL and DATABASE_URL must lead to the same database of PostgreSQL.")
    if owner["USER"] == role:
        raise CommandError(
            f"OWNER_DATABASE_URL and DATABASE_URL name the same role, {role}: the pages must own nothing."
        )
    connection.close()
    pages |= {name: owner[name] for name in ("USER", "PASSWORD")}
    return role


def refuse_role_without_tables() -> None:
    """Better told here in words than by the first migration."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE'), current_user")
        may_make_tables, role = cursor.fetchone()
    if not may_make_tables:
        raise CommandError(f"{role} may not make tables. Give the address of the owner in OWNER_DATABASE_URL.")


def refuse_half_way() -> None:
    """A database that stopped half-way through migrations that others have replaced since goes no further (decision 0068)."""
    done = MigrationRecorder(connection).applied_migrations()
    for (app, name), replaces in own_migrations().items():
        if 0 < sum(one in done for one in replaces) < len(replaces):
            raise CommandError(
                f"This database is older than what {app}.{name} begins with. Set it up with {LAST_BEFORE_TABLES}, then with "
                "this version (docs/upgrading.md). Sample data is better made again: script/demo --fresh."
            )


def refuse_newer() -> None:
    """The code of before on a database of after would read columns that are gone."""
    own = own_migrations()
    known = {*own, *(former for replaces in own.values() for former in replaces)}
    apps = {app for app, _name in own}
    done = MigrationRecorder(connection).applied_migrations()
    if newer := sorted(f"{app}.{name}" for app, name in done if app in apps and (app, name) not in known):
        raise CommandError(
            f"This database was set up by a newer version: it has {newer[-1]}. Install that version again, or go back to a copy "
            "of the database (docs/upgrading.md)."
        )


def refuse_changed_packs() -> None:
    """Each version of a scheme that cases are pinned to is there and says what it said, or nothing is set up (`registry.checks`)."""
    found = (*pinned_packs(databases=["default"]), *frozen_packs(databases=["default"]))
    if wrong := [one for one in found if one.is_serious()]:
        raise CommandError("\n".join(str(one) for one in wrong))


def gather_statistics() -> None:
    """How many rows have which values. SQLite counts only when it is told, and else takes the wrong index of two."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            details = Path(storage.path(path)).stat()
            yield f"{path} {details.st_size} {details.st_mtime_ns}"
