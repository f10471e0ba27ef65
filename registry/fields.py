"""The tables of the search index: names, clues, words, how words may be misspelt, and which names hold which word.

Written only by `registry.search`, which also removes what hangs on a row: the database is asked nothing that costs time.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class PlainCharField(models.CharField[str, str]):
    """Text compared byte by byte on both engines, so that a range of an ordinary index finds the beginnings of words."""

    def db_parameters(self, connection: "BaseDatabaseWrapper") -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters
