"""Rows that the trail covers: each change of one leaves its digest in an event of the same transaction (docs/decisions/0074).

To cover a model, let it inherit from `CoveredModel` and its query set from `CoveredQuerySet`; of a library, call `cover`. A proxy of it
covers some of its columns as a kind of its own: they were added later, or are set by other events.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models, router, transaction
from django.db.models.deletion import Collector

__all__ = ["CoveredModel"]  # of a type checker it is imported

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class CoveredQuerySet(models.QuerySet[M_co, M_co]):
    """Notes every row that is written past `save`, so that none is left unsealed."""

    def update(self, **changes: Any) -> int:
        kinds = kinds_of(self.model, changes)
        if not kinds:
            return super().update(**changes)
        with transaction.atomic(using=self.db, savepoint=False):
            # Asked first, as the change may be to what the rows are found by. Whatever matches later is as if it came later.
            keys = list(self.values_list("pk", flat=True))
            if not keys:
                return 0
            for kind in kinds:
                refuse_rewritten(kind, keys, using=self.db)
                mark_written(kind, keys, using=self.db)
            return super(CoveredQuerySet, self.filter(pk__in=keys)).update(**changes)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[M_co]:
        objs = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            # A key that is not drawn may be that of a row that is there, or was.
            for kind in kinds_of(self.model):
                refuse_rewritten(kind, [row.pk for row in objs if row.pk is not None], using=self.db)
            made = super().bulk_create(objs, *args, **options)
            for kind in kinds_of(self.model):
                mark_written(kind, [row.pk for row in made], using=self.db)
            return made

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self.db, savepoint=False):
            _mark_all_that_go(self, using=self.db)
            return super().delete()


class _Covered(models.Model):
    trail_omits: ClassVar[frozenset[str]] = frozenset()
    trail_adds: ClassVar[tuple[str, ...]] = ()
    trail_skips: ClassVar[frozenset[str]] = frozenset()
    trail_secrets: ClassVar[frozenset[str]] = frozenset()
    trail_person: ClassVar[str] = ""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The reference by which the trail knows it; a row without one says something else."""
        return str(self.reference) if hasattr(self, "reference") else super().__str__()

    def save(self, *args: Any, **options: Any) -> None:
        kinds = kinds_of(type(self), options.get("update_fields"))
        if not kinds:
            super().save(*args, **options)
            return
        using = options.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            is_new = self.pk is None
            for kind in () if is_new else kinds:
                refuse_rewritten(kind, [self.pk], using=using)
            super().save(*args, **options)
            for kind in kinds:
                mark_written(kind, [self.pk], using=using, are_new=is_new)

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
        `trail_secrets`: columns of which a keyed digest goes into the digest of the row (`registry.integrity.row_contents`).
        `trail_person`: the path to the reference of the person who signs in with a row. What sets one is an event about them, or the row.
        """

        objects = CoveredQuerySet.as_manager()

        class Meta:
            abstract = True


def cover(model: type[models.Model], *, person: str, secrets: Iterable[str], omits: Iterable[str] = ()) -> None:
    """Cover a model of a library, which cannot say so itself: from now on it is a `CoveredModel`, and its manager gives such query sets."""
    covered: Any = model
    covered.__bases__ = (CoveredModel,)
    covered.trail_person, covered.trail_secrets, covered.trail_omits = person, frozenset(secrets), frozenset(omits)
    manager: Any = type(covered.objects)
    if manager is models.Manager:
        model._meta.local_managers.clear()
        covered.add_to_class("objects", CoveredQuerySet.as_manager())
    else:
        manager._queryset_class = CoveredQuerySet


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
    return filter(is_covered, apps.get_models())


def is_covered(model: type[models.Model]) -> bool:
    return issubclass(model, _Covered)


def kinds_of(model: type[models.Model], changed: Iterable[str] | None = None) -> list[type[models.Model]]:
    """As what the trail covers rows of this table, where these fields (None: all of them) are covered: itself, and each proxy for a part."""
    table: type[models.Model] = model._meta.concrete_model or model
    kinds = [table, *(one for one in table.__subclasses__() if one._meta.proxy)]
    return [kind for kind in kinds if _touches(kind, changed)]


def said_of(model: type[models.Model]) -> "type[_Covered]":
    """What a covered model says of itself (`CoveredModel`)."""
    return cast("type[_Covered]", model)


def covered_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns whose content the digest of a row covers."""
    omitted = said_of(model).trail_omits
    return [field for field in model._meta.concrete_fields if not field.generated and field.name not in omitted]


def covered_rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    """All rows of the model that have a digest."""
    skipped = said_of(model).trail_skips
    rows = model._base_manager.all()
    return rows.exclude(pk__in=skipped) if skipped else rows


def mark_written(
    model: type[models.Model], keys: Iterable[Any], *, using: str = "default", are_new: bool = False
) -> None:
    """Say that these rows were written in this transaction: they are sealed with its next event, or before its commit.

    `are_new`: the database has just drawn their keys, so that no digest of an earlier row can be theirs.
    """
    label, skipped = model._meta.label_lower, said_of(model).trail_skips
    connection = cast("Any", connections[using])
    written = dict.fromkeys((label, str(key)) for key in keys if key not in skipped)
    connection.rows_to_seal.update(written)
    if are_new:
        connection.last_digests.update(written)


def refuse_rewritten(model: type[models.Model], keys: Iterable[Any], *, using: str = "default") -> None:
    """Called before this transaction changes these rows, or rests on them. Raises `NotWritable` if one was rewritten past the trail."""
    skipped = said_of(model).trail_skips
    cast("Any", connections[using]).before_write(model, [key for key in keys if key not in skipped])


def refuse_rewritten_row(row: models.Model) -> None:
    """The same for one row of any model: a row that the trail does not cover passes."""
    model = row._meta.concrete_model or type(row)
    if is_covered(model):
        refuse_rewritten(model, [row.pk], using=router.db_for_write(model, instance=row))


def watch_relations() -> None:
    """Note each change of a relation to many that the digest of a row covers. Called once, when all models are there."""
    for model in covered_models():
        for name in said_of(model).trail_adds:
            through = getattr(model, name).through
            models.signals.m2m_changed.connect(_relation_changed, sender=through, dispatch_uid=f"covered {name}")


def _relation_changed(*, sender: object, action: str, instance: models.Model, using: str, **said: Any) -> None:
    model = instance._meta.concrete_model or type(instance)  # the user of a request is wrapped
    if not is_covered(model):
        raise TypeError(f"{model.__name__}: a covered relation is changed from the side that is covered")
    note = refuse_rewritten if action.startswith("pre_") else mark_written
    for kind in kinds_of(model):
        if any(getattr(kind, name).through is sender for name in said_of(kind).trail_adds):
            note(kind, [instance.pk], using=using)


def _touches(model: type[models.Model], changed: Iterable[str] | None) -> bool:
    """Whether any of these fields (None: all of them) is covered."""
    covered = (field.name for field in covered_fields(model))
    return changed is None or not {_name(model, field) for field in changed}.isdisjoint(covered)


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
        for kind in kinds_of(model) if is_covered(model) else ():
            refuse_rewritten(kind, keys, using=using)
            mark_written(kind, keys, using=using)
