"""Rewrites by someone who holds the keys of the database: any covered row, and every digest and chain recomputed after it.

With its chains recomputed a history is whole in itself. Only a head that was printed before tells it from the true one.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from typing import Any

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import override_settings

from registry import signing
from registry.integrity import covering, row_contents
from registry.register import queries as register
from registry.register.models import Entry
from registry.trail.models.covered import RowDigest, covered_fields, covered_models, covered_rows
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain as trail

#: The kinds that the issues name: where not all can be tried, they come first.
NAMED = frozenset(
    {
        "registry.entry",
        "registry.licence",
        "licensing.decision",
        "licensing.ground",
        "registry.condition",
        "licensing.reply",
        "licensing.groundreply",
        "compliance.reportreply",
        "licensing.payment",
        "registry.letter",
        "compliance.custody",
        "registry.counter",
        "registry.role",
        "registry.user",
        "registry.trailverification",
        "compliance.interview",
        "compliance.choice",
        "compliance.triage",
        "licensing.findingtoconsider",
        "licensing.message",
        "licensing.statementline",
    }
)


@dataclass(frozen=True)
class Tampering:
    """One rewrite: of which kind of row, which row and what was done to it."""

    kind: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.row}"

    @property
    def is_undone(self) -> bool:
        """Recomputing the chains writes the true value back, so that nothing is rewritten any more: only found before."""
        derived = {f"changed {column} of" for column in ("content_hash", "previous_hash", "hash")}
        return self.kind == "registry.entry" and self.what in derived


class Tamperer:
    """Rewrites one row at a time. The triggers must be away, and the test takes it back."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.filled = [model for model in covered_models() if covered_rows(model).exists()]
        self.named = [model for model in self.filled if model._meta.label_lower in NAMED]
        self.others = [model for model in self.filled if model not in self.named]

    def kinds(self, count: int) -> list[type[models.Model]]:
        """So many kinds in an order chosen at random: of all as many as of any other, and one more of those that the issue names."""
        of_all = self.random.sample(self.filled, len(self.filled)) * (count // len(self.filled))
        rest = self.random.sample(self.named, len(self.named)) + self.random.sample(self.others, len(self.others))
        return of_all + rest[: count - len(of_all)]

    def tamper(self, model: type[models.Model]) -> Tampering:
        """Rewrite a row of this kind chosen at random, in a way chosen at random."""
        row = self.random.choice(list(covered_rows(model).order_by("pk").values_list("pk", flat=True)))
        what = self.random.choices(("changed", "deleted", "copied"), (8, 1, 1))[0]
        if what == "copied" and not isinstance(model._meta.pk, models.AutoField):
            what = "changed"
        said = {"changed": self._change, "deleted": self._delete, "copied": self._copy}[what](model, row)
        return Tampering(model._meta.label_lower, str(row), said)

    def _change(self, model: type[models.Model], row: Any) -> str:
        rows = model._base_manager.filter(pk=row)
        fields = [field for field in covered_fields(model) if not field.primary_key]
        self.random.shuffle(fields)
        befores = ((field, rows.values_list(field.attname, flat=True).get()) for field in fields)
        field, after = next((field, others[0]) for field, before in befores if (others := self._others(field, before)))
        with connection.cursor() as cursor:
            value = field.get_db_prep_save(after, connection)
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s',
                [value, model._meta.pk.get_db_prep_value(row, connection)],
            )
        return f"changed {field.name} of"

    def _others(self, field: "models.Field[Any, Any]", before: Any) -> list[Any]:
        """Another value of the same kind; for a reference, another row that is there. Nothing when there is none."""
        if isinstance(field, models.ForeignKey):
            name = field.target_field.attname
            there = field.related_model._base_manager.exclude(**{name: before}).order_by("pk")
            keys = list(there.values_list(name, flat=True)[:20])
            return [self.random.choice(keys)] if keys else []
        return [how(before) for how in _others(field)]

    def _delete(self, model: type[models.Model], row: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [row])
        return "deleted"

    def _copy(self, model: type[models.Model], row: Any) -> str:
        """Another row like it, with other words where they may be there only once."""
        fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
        values = model._base_manager.filter(pk=row).values(*(field.attname for field in fields)).get()
        for field in fields:
            if field.unique and values[field.attname] is not None and _others(field):
                values[field.attname] = _others(field)[0](values[field.attname])
        names = ", ".join(f'"{field.column}"' for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})',
                [field.get_db_prep_save(values[field.attname], connection) for field in fields],
            )
        return "copied"


@dataclass(frozen=True)
class Attempt:
    """One rewrite, whether verification named the row at once, and whether it was found when everything else had been recomputed."""

    tampering: Tampering
    is_named: bool
    is_found: bool


def attempts(count: int, seed: int, printed: tuple[int, str]) -> Iterator[Attempt]:
    """So many rows rewritten one after the other, each taken back: by someone with the database, and without the keys of the service.

    The triggers must be away. `printed`: a head of before, which is on paper.
    """
    tamperer, before = Tamperer(seed), faults(printed)
    for model in tamperer.kinds(count):
        yield next(filter(None, (_attempt(tamperer, model, printed, before) for _again in range(50))))


def _attempt(
    tamperer: Tamperer, model: type[models.Model], printed: tuple[int, str], before: set[str]
) -> Attempt | None:
    """Nothing where a constraint has refused it, so that nothing was rewritten."""
    try:
        with transaction.atomic():
            tampering = tamperer.tamper(model)
            named = [fault for fault in faults(printed) - before if f"{tampering.kind} " in fault]
            with override_settings(NAMES_KEY="of someone else"):
                recompute(tampering)
            found = faults(printed) - before
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return Attempt(tampering, bool(named), bool(found))


def faults(printed: tuple[int, str]) -> set[str]:
    """What `verify_trail --published` says."""
    said = StringIO()
    with suppress(CommandError):
        call_command("verify_trail", "--published", f"{printed[0]}:{printed[1]}", stdout=StringIO(), stderr=said)
    return set(said.getvalue().splitlines())


def recompute(tampering: Tampering) -> None:
    """Make everything whole again that follows from the row: its digest, what events commit to, and both chains."""
    if tampering.kind == "registry.entry":
        chain_entries()
    touched = {"registry.entry", tampering.kind} if tampering.kind == "registry.entry" else {tampering.kind}
    for model in covered_models():
        if model._meta.label_lower in touched:
            _digest_rows(model)
    _chain_events()


def chain_entries() -> None:
    previous, number = signing.GENESIS, 0
    for entry in Entry.objects.select_related("listing").order_by("entry_number"):
        digest = signing.digest(register.hashed(register.content_of(entry)))
        number, new = number + 1, signing.chain_hash(previous, register.link_content(entry))
        _set(
            "registry_entry",
            "entry_number",
            entry.pk,
            entry_number=number,
            content_hash=digest,
            previous_hash=previous,
            hash=new,
        )
        previous = new
    _set("registry_counter", "name", Counter.ENTRIES, value=number, hash=previous if number else "")


def _digest_rows(model: type[models.Model]) -> None:
    """Every row has the digest that it should have; whatever has none gets one in the last event."""
    kind = model._meta.label_lower
    latest = {one.row: one for one in RowDigest.objects.filter(kind=kind).latest_each()}
    now = row_contents.read(model, list(covering._keys(model)))
    last = RowDigest.objects.aggregate(last=models.Max("event"))["last"]
    for row, content in now.items():
        if row not in latest:
            salt = "0" * 32
            RowDigest.objects.bulk_create(
                [RowDigest(event=last, kind=kind, row=row, salt=salt, digest=covering.digest_of(salt, content))]
            )
        elif latest[row].digest != covering.digest_of(latest[row].salt, content):
            _set("registry_rowdigest", "id", latest[row].pk, digest=covering.digest_of(latest[row].salt, content))
    for row in latest.keys() - now.keys():
        RowDigest.objects.filter(kind=kind, row=row)._raw_delete("default")


def _chain_events() -> None:
    covers: dict[int, list[RowDigest]] = {}
    for one in RowDigest.objects.all():
        covers.setdefault(one.event, []).append(one)
    previous, number = signing.GENESIS, 0
    for event in Event.objects.order_by("number"):
        number = event.number
        event.covers = covering.commitment(covers[number]) if number in covers else ""
        content = trail.hashed({field: getattr(event, field) for field in trail.CONTENT})
        new = signing.chain_hash(previous, content)
        if (event.previous_hash, event.hash) != (previous, new):
            _set("registry_event", "number", number, covers=event.covers, previous_hash=previous, hash=new)
        previous = new
    _set("registry_counter", "name", Counter.EVENTS, hash=previous)


def _set(table: str, key: str, row: Any, **values: Any) -> None:
    columns = ", ".join(f'"{name}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET {columns} WHERE "{key}" = %s', [*values.values(), row])


def _others(field: "models.Field[Any, Any]") -> list[Callable[[Any], Any]]:
    """How to make another value of the one that is there; nothing for what cannot be changed without breaking a reference."""
    return [how for kind, how in _CHANGES if isinstance(field, kind)]


def _other_json(value: Any) -> Any:
    return (
        [*value, "x"] if isinstance(value, list) else {**(value or {}), "x": 1} if not isinstance(value, str) else "x"
    )


def _other_text(value: str | None) -> str:
    text = value or ""
    return f"{text[:-1]}{'x' if text[-1:] != 'x' else 'y'}" if text else "x"


_CHANGES: tuple[tuple[type["models.Field[Any, Any]"], Callable[[Any], Any]], ...] = (
    (
        models.DateTimeField,
        lambda value: (value or datetime.fromisoformat("2026-01-01T00:00:00+00:00")) + timedelta(days=1),
    ),
    (models.DateField, lambda value: (value or date(2026, 1, 1)) + timedelta(days=1)),
    (models.BooleanField, lambda value: not value),
    (models.JSONField, _other_json),
    (models.DecimalField, lambda value: (value or Decimal(0)) + 1),
    (models.IntegerField, lambda value: (value or 0) + 1),
    (models.CharField, _other_text),
    (models.TextField, _other_text),
)
