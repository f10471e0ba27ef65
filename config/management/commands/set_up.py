from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from compliance.inspection_reports import queries as visit_reports
from config.compiled import compile_catalogues
from registry import matching, signing
from registry import search as index
from registry.checks import frozen_packs
from registry.tasks import jobs as tasks
from registry.trail.actions import events as trail

# In this order: roles and holidays are rows, so the tables come first.
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("migrate", {"interactive": False}),
    ("createcachetable", {}),
    ("sync_roles", {}),
    ("load_holidays", {}),
)


class Command(BaseCommand):
    help = "Everything between installing the code and starting it, in one go. Run it again after each new version."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        refuse_half_way()
        refuse_changed_packs()
        for name, arguments in ROWS:
            self._run(name, arguments)
        if not index.is_at_last_entry():
            self._run("rebuild_index", {})
        if not matching.is_written():
            self._run("rebuild_traits", {})
        if visit_reports.without_a_version().exists():
            self._run("lock_reports", {})
        trail.cover_new_kinds(at=timezone.now())
        tasks.open_missing(at=timezone.now())
        gather_statistics()
        self._collect_static_files()

    def _run(self, name: str, arguments: dict[str, Any]) -> None:
        self.stdout.write(f"  {name}")
        self.stdout.flush()
        call_command(name, verbosity=0, **arguments)

    def _collect_static_files(self) -> None:
        """Compressing them takes half a minute, so it is done only when one of them is another than last time."""
        collected = Path(settings.STATIC_ROOT) / ".collected"
        found = signing.digest(sorted(_static_files()))
        if collected.exists() and collected.read_text() == found:
            return
        self._run("collectstatic", {"interactive": False})
        collected.write_text(found)


def refuse_half_way() -> None:
    """A database that stopped half-way through migrations that others have replaced since goes no further (decision 0068)."""
    done = MigrationRecorder(connection).applied_migrations()
    for migration in MigrationLoader(None).disk_migrations.values():
        if 0 < sum(one in done for one in migration.replaces) < len(migration.replaces):
            raise CommandError(
                f"This database is older than what {migration} begins with. Set it up with the last version before that, then "
                "with this one. Sample data is better made anew: script/demo --fresh."
            )


def refuse_changed_packs() -> None:
    """A version of a scheme that cases are pinned to says what it said, or nothing is set up (`registry.checks`)."""
    if wrong := [one for one in frozen_packs(databases=["default"]) if one.is_serious()]:
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
