"""Tables whose rows are copied, and the blanks in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from registry.organisations.models import Person
from registry.outbox.models import OutboxItem
from registry.trail.models.rows import fields

OWN_APPS = ("registry", "compliance", "licensing")
# Not copied as rows: counters and the index have one row for many firms, so that a copy draws numbers and adds names of
# its own; the register numbers withdrawals itself; marks of cases are made by triggers; companies are read from a file; by
# what a firm is known again follows from its file. Tasks are opened when all is loaded (`registry.tasks.jobs`).
NOT_COPIED = frozenset(
    {
        "Counter",
        "Withdrawal",
        "CaseMark",
        "Company",
        "CompanyPerson",
        "ListedParty",
        "PackEdition",
        "RowDigest",
        "SignIn",
        "Trait",
    }
    | {"Task", "Alert", "AlertNotice"}
)
INDEX = "registry.search.models"

#: Tables that many others refer to.
FIRST = frozenset({OutboxItem, Person})


# What was there before the story: rows by table and number, texts by themselves; and the blank to put in their place.
Context = Mapping[tuple[str, int] | str, str]

# A blank must fit where its value does.
SHORT = {"company_number": "no", "utr": "utr", "vat_number": "vat", "telephone": "tel", "mobile": "mob"}


def blank(key: str) -> str:
    """A place to fill in: two characters that no text has, and what goes between them."""
    return f"\ue000{SHORT.get(key, key)}\ue001"


@dataclass(frozen=True)
class PatternTable:
    """One table, as rows are read from it and written to it."""

    model: type[models.Model]

    @cached_property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> tuple["models.Field[Any, Any]", ...]:
        return tuple(fields(self.model))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(field.column) for field in self.fields)

    @cached_property
    def key(self) -> int:
        """Which column is the primary key."""
        return next(nth for nth, field in enumerate(self.fields) if field.primary_key)

    @cached_property
    def refers(self) -> dict[int, str]:
        """Columns that refer to a row of a table."""
        return {
            nth: field.related_model._meta.db_table
            for nth, field in enumerate(self.fields)
            if isinstance(field, models.ForeignKey)
        }

    @cached_property
    def json(self) -> frozenset[int]:
        return frozenset(nth for nth, field in enumerate(self.fields) if isinstance(field, models.JSONField))

    @cached_property
    def names(self) -> frozenset[int]:
        """Columns with the name by which the row itself is known: a reference, a number, a code, a key."""
        kinds = (models.CharField, models.UUIDField)
        return frozenset(nth for nth, field in enumerate(self.fields) if isinstance(field, kinds) and field.unique)

    def at(self, column: str) -> int:
        return self.columns.index(column)

    def last(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MAX({self.columns[self.key]}) FROM {self.name}")
            return cursor.fetchone()[0] or 0

    def after(self, last: int) -> list[list[Any]]:
        key = self.columns[self.key]
        with connection.cursor() as cursor:
            quoted = ", ".join(f'"{column}"' for column in self.columns)
            cursor.execute(f"SELECT {quoted} FROM {self.name} WHERE {key} > %s ORDER BY {key}", [last])
            return [[_plain(value) for value in row] for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def tables() -> tuple[PatternTable, ...]:
    """Ours, in an order in which rows can be written: triggers ask what hangs on a decision for the decision.

    Cases come last: triggers then look at their checks once, not at each. People and the outbox come before anything that
    refers to what is not written yet: while something does, SQLite looks for each of them through all that could refer to them.
    """
    own = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    copied = [model for model in own if model.__name__ not in NOT_COPIED and model.__module__ != INDEX]
    return tuple(
        PatternTable(model)
        for model in sorted(
            copied,
            key=lambda model: (model not in FIRST, model is not Decision, model is Application),
        )
    )


def _plain(value: Any) -> Any:
    """A value as both engines take it as text."""
    if isinstance(value, datetime):
        # SQLite keeps instants without a zone, and means UTC.
        return (value.astimezone(UTC) if value.tzinfo else value).replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    # SQLite keeps keys as hexadecimal digits.
    return value.hex if isinstance(value, UUID) else str(value) if isinstance(value, Decimal) else value
