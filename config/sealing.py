"""What both engines do before a commit: the rows that the trail covers are sealed in the transaction that wrote them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string


class SealsBeforeCommit(BaseDatabaseWrapper):
    """Keeps the rows that this transaction has written and not sealed yet, and calls `settings.BEFORE_COMMIT` if there are any.

    Each row is (label of the model, key). What a savepoint takes back may have been sealed in it, so everything that was
    sealed is then looked at again. Before a transaction first writes a row it calls `settings.BEFORE_WRITE`, which keeps
    the last digest of that row here and refuses a row that was rewritten past the trail.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows_to_seal: dict[tuple[str, str], None] = {}
        self.rows_sealed: dict[tuple[str, str], None] = {}
        self.last_digests: dict[tuple[str, str], Any] = {}
        self.last_event_at: datetime | None = None

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

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self.rows_to_seal.update(self.rows_sealed)
        self.rows_sealed.clear()
        self.last_digests.clear()
        self.last_event_at = None

    def _forget(self) -> None:
        self.rows_to_seal.clear()
        self.rows_sealed.clear()
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
