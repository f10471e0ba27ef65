"""Which fields hold something about people: declared once by each app (`<app>/personal.py`), gathered here. Import from here.

Strict: a field that can hold words is personal until its app says that it is not. Keys, yes or no, dates, numbers and codes of
a closed list are not by rule; an account (`registry.User`) or a person that a row names is, by rule, of the record itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

#: In place of permissions: who sees it.
EVERYONE, OWN, NO_ONE = "everyone", "own", "no_one"
#: Of a field that no app declares.
UNDECLARED = "undeclared"

#: What cannot hold words about a person.
_WITHOUT_WORDS = (
    models.BooleanField,
    models.DateField,
    models.TimeField,
    models.DurationField,
    models.IntegerField,
    models.DecimalField,
    models.UUIDField,
    models.GeneratedField,
)
#: What these are called is a key, a code of a pack or a mark over other columns, in every model.
_BY_NAME = frozenset({"reference", "scheme", "digest", "hash", "previous_hash"})
#: By the model that a key leads to, the line of the table of retention and who sees it.
_PEOPLE = {"registry.User": "trail", "registry.Person": "people"}


@dataclass(frozen=True, slots=True)
class HeldFor:
    """Under which terms something about people is held, and who sees it."""

    terms: tuple[str, ...]
    seen_with: tuple[str, ...]


def held_for(terms: str, *seen_with: str) -> HeldFor:
    """`terms` are codes of retention.toml, which says purpose, basis and time: several, with blanks between, where it depends on
    how a case ended. `seen_with`: permissions of which one is enough, or EVERYONE, OWN (the person themselves), NO_ONE (sealed, or
    a mark from which nothing is read).
    """
    return HeldFor(tuple(terms.split()), seen_with)


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One field of one model: under which terms it holds something about people, or that it does not."""

    model: type[models.Model]
    name: str
    terms: tuple[str, ...] = ()
    seen_with: tuple[str, ...] = ()
    is_declared: bool = True

    @property
    def is_personal(self) -> bool:
        return bool(self.terms)

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


@dataclass(slots=True)
class _Declared:
    personal: dict[tuple[str, str], HeldFor] = field(default_factory=dict)
    not_personal: set[tuple[str, str]] = field(default_factory=set)


_declared = _Declared()


def declare(personal: Mapping[HeldFor, Mapping[str, str]], not_personal: Mapping[str, str]) -> None:
    """Called by each app when it is ready: by model, the names of fields, with blanks between, that hold something about people,
    by what they are held for. `not_personal`: those that hold words, of no person.
    """
    for held, models_with in personal.items():
        for model, names in models_with.items():
            _declared.personal.update(((model.lower(), name), held) for name in names.split())
    for model, names in not_personal.items():
        _declared.not_personal.update((model.lower(), name) for name in names.split())


def uses() -> Iterator[FieldUse]:
    """Every field of every table, in the order of apps and models."""
    for model in apps.get_models(include_auto_created=True):
        for column in () if model._meta.proxy else model._meta.concrete_fields:
            yield use_of(model, column)


def use_of(model: type[models.Model], column: "models.Field[object, object]") -> FieldUse:
    """What is declared of this field, else what the rules say."""
    key = (model._meta.label_lower, column.name)
    if holds := _declared.personal.get(key):
        return FieldUse(model, column.name, holds.terms, holds.seen_with)
    if key in _declared.not_personal:
        return FieldUse(model, column.name)
    if column.remote_field is not None:
        term = _PEOPLE.get(column.remote_field.model._meta.label)
        return FieldUse(model, column.name, (term,) if term else ())
    by_rule = column.primary_key or bool(column.choices) or isinstance(column, _WITHOUT_WORDS)
    return FieldUse(model, column.name, is_declared=by_rule or column.name in _BY_NAME)


def faults() -> Iterator[str]:
    """Each field that no app declares, and each declaration of a field that is not there or has two."""
    there = set()
    for use in uses():
        there.add((use.model._meta.label_lower, use.name))
        if not use.is_declared:
            app = use.model._meta.app_label
            yield (
                f"{use.label} can hold words about a person: name it in {app}/personal.py, in PERSONAL with its terms and who"
                " sees it, or in NOT_PERSONAL if it never says anything about one"
            )
    for model, name in {*_declared.personal, *_declared.not_personal} - there:
        yield f"{model}.{name} is declared, but there is no such field"
    for model, name in set(_declared.personal) & _declared.not_personal:
        yield f"{model}.{name} is declared as personal and as not personal"
