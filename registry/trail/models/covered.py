"""Rows that the trail covers: each change of one leaves its digest in an event of the same transaction (docs/decisions/0074).

To cover a model, let it inherit from `CoveredModel` and its query set from `CoveredQuerySet`.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models, router, transaction
from django.db.models.deletion import Collector

__all__ = [
    "CoveredModel",
    "CoveredQuerySet",
    "RowDigest",
    "covered_fields",
    "covered_models",
    "covered_relations",
    "covered_rows",
    "mark_written",
    "refuse_rewritten_row",
    "watch_relations",
]

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class CoveredQuerySet(models.QuerySet[M_co, M_co]):
    """Notes every row that is written past `save`, so that none is left unsealed."""

    def update(self, **changes: Any) -> int:
        if not _touches(self.model, changes):
            return super().update(**changes)
        with transaction.atomic(using=self.db, savepoint=False):
            # Asked first, as the change may be to what the rows are found by. Whatever matches later is as if it came later.
            keys = list(self.values_list("pk", flat=True))
            if not keys:
                return 0
            refuse_rewritten(self.model, keys, using=self.db)
            mark_written(self.model, keys, using=self.db)
            return self._all_of(keys)._update_plainly(changes)

    def _all_of(self, keys: list[Any]) -> Self:
        return self.filter(pk__in=keys)

    def _update_plainly(self, changes: dict[str, Any]) -> int:
        return super().update(**changes)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[M_co]:
        objs = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            # A key that is not drawn may be that of a row that is there, or was.
            refuse_rewritten(self.model, [row.pk for row in objs if row.pk is not None], using=self.db)
            made = super().bulk_create(objs, *args, **options)
            mark_written(self.model, [row.pk for row in made], using=self.db)
            return made

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self.db, savepoint=False):
            _mark_all_that_go(self, using=self.db)
            return super().delete()


class _Covered(models.Model):
    trail_omits: ClassVar[frozenset[str]] = frozenset()
    trail_adds: ClassVar[tuple[str, ...]] = ()
    trail_skips: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The reference by which the trail knows it; a row without one says something else."""
        return str(self.reference) if hasattr(self, "reference") else super().__str__()

    def save(self, *args: Any, **options: Any) -> None:
        if not _touches(type(self), options.get("update_fields")):
            super().save(*args, **options)
            return
        using = options.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            is_new = self.pk is None
            if not is_new:
                refuse_rewritten(type(self), [self.pk], using=using)
            super().save(*args, **options)
            mark_written(type(self), [self.pk], using=using, are_new=is_new)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        using = options.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            _mark_all_that_go([self], using=using)
            return super().delete(*args, **options)


if TYPE_CHECKING:
    # Typed as any other model: of an abstract one with a manager, mypy takes every manager below it for a fault.
    from django.db.models import Model as CoveredModel
else:

    class CoveredModel(_Covered):
        """`trail_omits`: columns that may change without an event, because nothing that was decided or said rests on them.

        `trail_adds`: relations to many whose keys belong to the digest; each change of one is noted too.
        `trail_skips`: keys of rows that need no digest.
        """

        objects = CoveredQuerySet.as_manager()

        class Meta:
            abstract = True


class RowDigestQuerySet(models.QuerySet["RowDigest"]):
    def latest_each(self) -> Self:
        """The last digest of each row."""
        later = RowDigest.objects.filter(kind=models.OuterRef("kind"), row=models.OuterRef("row"))
        return self.filter(~models.Exists(later.filter(event__gt=models.OuterRef("event"))))


class RowDigest(models.Model):
    """What one covered row held after an event: the event commits to all of its digests together.

    The salt is kept only with the last digest of a row, so that nothing can be guessed from the digest of what was erased.
    Append-only but for the salt: triggers refuse a change or a deletion.
    """

    event = models.BigIntegerField(help_text="number of the event that commits to it")
    kind = models.CharField(max_length=60, help_text="label of the model: registry.licence …")
    row = models.CharField(max_length=60, help_text="key of the row")
    digest = models.CharField(max_length=64, blank=True, help_text="empty: the row was deleted")
    salt = models.CharField(max_length=32, blank=True)

    #: Whether it replaces one of the same row, of which the salt is then forgotten. Of a row that is new it does not.
    replaces: bool = True

    objects = RowDigestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="row_digest_once_an_event", fields=["kind", "row", "event"])]
        indexes = [
            models.Index(name="row_digest_of_event", fields=["event", "kind", "row"]),
            models.Index(name="row_digest_now", fields=["kind", "row"], condition=~models.Q(salt="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} in event {self.event}"


def covered_models() -> Iterator[type[models.Model]]:
    """Every model that the trail covers."""
    return (model for model in apps.get_models() if issubclass(model, _Covered))


def covered_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns whose content the digest of a row covers."""
    omitted = cast("type[_Covered]", model).trail_omits
    return [field for field in model._meta.concrete_fields if not field.generated and field.name not in omitted]


def covered_rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    """All rows of the model that have a digest."""
    skipped = cast("type[_Covered]", model).trail_skips
    rows = model._base_manager.all()
    return rows.exclude(pk__in=skipped) if skipped else rows


def covered_relations(model: type[models.Model]) -> tuple[str, ...]:
    """The relations to many whose keys the digest of a row covers."""
    return cast("type[_Covered]", model).trail_adds


def mark_written(
    model: type[models.Model], keys: Iterable[Any], *, using: str = "default", are_new: bool = False
) -> None:
    """Say that these rows were written in this transaction: they are sealed with its next event, or before its commit.

    `are_new`: the database has just drawn their keys, so that no digest of an earlier row can be theirs.
    """
    label, skipped = model._meta.label_lower, cast("type[_Covered]", model).trail_skips
    connection = cast("Any", connections[using])
    written = dict.fromkeys((label, str(key)) for key in keys if key not in skipped)
    connection.rows_to_seal.update(written)
    if are_new:
        connection.last_digests.update(written)


def refuse_rewritten(model: type[models.Model], keys: Iterable[Any], *, using: str = "default") -> None:
    """Called before this transaction changes these rows, or rests on them. Raises `NotWritable` if one was rewritten past the trail."""
    skipped = cast("type[_Covered]", model).trail_skips
    cast("Any", connections[using]).before_write(model, [key for key in keys if key not in skipped])


def refuse_rewritten_row(row: models.Model) -> None:
    """The same for one row of any model: a row that the trail does not cover passes."""
    model = row._meta.concrete_model or type(row)
    if issubclass(model, _Covered):
        refuse_rewritten(model, [row.pk], using=router.db_for_write(model, instance=row))


def watch_relations() -> None:
    """Note each change of a relation to many that the digest of a row covers. Called once, when all models are there."""
    for model in covered_models():
        for name in covered_relations(model):
            through = getattr(model, name).through
            models.signals.m2m_changed.connect(_relation_changed, sender=through, dispatch_uid=f"covered {name}")


def _relation_changed(*, action: str, instance: models.Model, using: str, **said: Any) -> None:
    model = instance._meta.concrete_model or type(instance)  # the user of a request is wrapped
    if not issubclass(model, _Covered):
        raise TypeError(f"{model.__name__}: a covered relation is changed from the side that is covered")
    if action.startswith("pre_"):
        refuse_rewritten(model, [instance.pk], using=using)
    else:
        mark_written(model, [instance.pk], using=using)


def _touches(model: type[models.Model], changed: Iterable[str] | None) -> bool:
    """Whether any of these fields (None: all of them) is covered."""
    if changed is None:
        return True
    covered = {field.name for field in covered_fields(model)}
    return any(_name(model, field) in covered for field in changed)


def _name(model: type[models.Model], field: str) -> str:
    """`organisation_id` is `organisation`."""
    try:
        return str(model._meta.get_field(field).name)
    except FieldDoesNotExist:
        return field.removesuffix("_id")


def _mark_all_that_go(rows: Any, *, using: str) -> None:
    """Mark all covered rows that a deletion takes along."""
    collector = Collector(using=using)
    collector.collect(rows)
    gone = [(model, [row.pk for row in found]) for model, found in collector.data.items()]
    gone += [(found.model, list(found.values_list("pk", flat=True))) for found in collector.fast_deletes]
    for model, keys in gone:
        if issubclass(model, _Covered):
            refuse_rewritten(model, keys, using=using)
            mark_written(model, keys, using=using)
