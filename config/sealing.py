"""What both engines do before a commit: the rows that the trail covers are sealed in the transaction that wrote them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string


class SealsBeforeCommit(BaseDatabaseWrapper):
    """Keeps the rows that this transaction has written and not sealed yet, and calls `settings.BEFORE_COMMIT` if there are any.

    Each row is (label of the model, key). A savepoint that is taken back takes back what was sealed in it, so those rows
    are then looked at again. Before a transaction first writes a row it calls `settings.BEFORE_WRITE`, which keeps
    the last digest of that row here and refuses a row that was rewritten past the trail.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows_to_seal: dict[tuple[str, str], None] = {}
        self.rows_sealed: dict[tuple[str, str], None] = {}
        # For each savepoint that is open, the innermost last: the rows sealed since it was set.
        self.sealed_since: dict[str, dict[tuple[str, str], None]] = {}
        self.last_digests: dict[tuple[str, str], Any] = {}
        self.last_event_at: datetime | None = None
        # What is asked of each row that is written, made once (`registry.integrity.row_contents`).
        self.statements: dict[Any, Any] = {}

    def before_write(self, model: Any, keys: Iterable[Any]) -> None:
        """Compare the rows that this transaction has not written yet with their digests. Raises what `BEFORE_WRITE` raises."""
        label = model._meta.label_lower
        known = self.rows_to_seal, self.rows_sealed, self.last_digests
        new = [key for key in keys if not any((label, str(key)) in rows for rows in known)]
        if new:
            import_string(settings.BEFORE_WRITE)(model, new, using=self.alias)

    def commit(self) -> None:
        if self.rows_to_seal:
            self._seal()
        super().commit()
        self._forget()

    def rollback(self) -> None:
        super().rollback()
        self._forget()

    def close(self) -> None:
        super().close()
        self._forget()

    def seal_taken(self) -> list[tuple[str, str]]:
        """The rows that wait to be sealed, which from now on count as sealed."""
        taken = list(self.rows_to_seal)
        for sealed in (self.rows_sealed, *self.sealed_since.values()):
            sealed.update(self.rows_to_seal)
        self.rows_to_seal.clear()
        return taken

    def savepoint(self) -> str | None:
        sid: str | None = super().savepoint()
        if sid is not None:
            self.sealed_since[sid] = {}
        return sid

    def savepoint_commit(self, sid: str) -> None:
        super().savepoint_commit(sid)
        self._end_savepoints(sid)

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        # A savepoint that this connection did not set: all may have been sealed in it.
        self.rows_to_seal.update(self.sealed_since.get(sid, self.rows_sealed))
        self._end_savepoints(sid)
        self.sealed_since[sid] = {}  # it is still set, until it is released
        self.last_digests.clear()
        self.last_event_at = None

    def _end_savepoints(self, sid: str) -> None:
        """This savepoint ends, and with it those that were set in it."""
        while sid in self.sealed_since:
            self.sealed_since.popitem()

    def _forget(self) -> None:
        self.rows_to_seal.clear()
        self.rows_sealed.clear()
        self.sealed_since.clear()
        self.last_digests.clear()
        self.last_event_at = None

    def _seal(self) -> None:
        """Still inside the transaction, though Django has already left its block. What fails takes everything back."""
        was, self.in_atomic_block = self.in_atomic_block, True
        try:
            import_string(settings.BEFORE_COMMIT)(using=self.alias)
        except BaseException:
            self.in_atomic_block = was
            self.rollback()
            raise
        finally:
            self.in_atomic_block = was
