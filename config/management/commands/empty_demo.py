from pathlib import Path
from shutil import rmtree
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.demo import progress
from registry.integrity import numbers_file


class Command(BaseCommand):
    help = "Throw a demonstration's database and mail away, so that the next set-up starts over. Refuses any other database."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demonstration can be thrown away: this is none (DEMO is not 1).")
        if self._holds_something_else():
            raise CommandError("This database was not filled by load_demo. Empty it by hand if you really mean to.")
        self._drop_everything()
        for kept in ("mail", "pdf", "documents", "companies"):
            rmtree(settings.VAR_DIR / kept, ignore_errors=True)
        if settings.TRAIL_HEAD_FILE:
            Path(settings.TRAIL_HEAD_FILE).unlink(missing_ok=True)
            numbers_file.place().unlink(missing_ok=True)

    def _holds_something_else(self) -> bool:
        tables = set(connection.introspection.table_names())
        if not {"registry_counter", "registry_event"} <= tables:
            return bool(tables)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM registry_counter WHERE name = %s", [progress.DONE])
            loaded = bool(cursor.fetchone()[0])
            cursor.execute("SELECT count(*) FROM registry_event")
            return not loaded and bool(cursor.fetchone()[0])

    def _drop_everything(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
            return
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
