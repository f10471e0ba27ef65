from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate

from config import migrating, way_back


class Command(migrate.Command):
    """As Django's, but in a fifth of the time, and forwards only: undoing stops half-way, with a database that is good for no release."""

    def __init__(self, progress: migrating.SetUpProgress | None = None, number: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self._progress, self._number, self._begun = progress, number, 0

    def handle(self, *args: Any, **options: Any) -> None:
        with migrating.only_what_refers():
            super().handle(*args, **options)

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "unapply_start":
            raise CommandError(f"Migrations are not undone, and nothing was changed{way_back.BY_A_COPY}")
        if self._progress is None:
            super().migration_progress_callback(action, migration, fake)
        elif action == "apply_start":
            self._begun += 1
            self._progress.now(f"migration {self._begun} of {self._number}, {migration}")
