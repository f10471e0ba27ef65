"""The organisations that somebody looks for, by whatever is typed into one box."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from registry import index
from registry.matching import traits
from registry.models import (
    Licence,
    Role,
    Trait,
)


def organisations_found(typed: str) -> set[int]:
    """Whose names, numbers, address or people are like the text, or whose licence has this number: keys of organisations.

    One box finds them all: a misspelt name, a number, a telephone, a postcode, somebody behind a firm. Each is asked of an
    index, so that it costs the same however many there are.
    """
    known = _looked_for.get()
    if known is None:
        return _organisations_found(typed)
    if typed not in known:
        known[typed] = _organisations_found(typed)
    return known[typed]


_looked_for: ContextVar[dict[str, set[int]] | None] = ContextVar("looked_for", default=None)


@contextmanager
def looked_for_once() -> Iterator[None]:
    """Within it a text is looked for once, however many lists ask for the organisations that it finds."""
    token = _looked_for.set({})
    try:
        yield
    finally:
        _looked_for.reset(token)


def _organisations_found(typed: str) -> set[int]:
    people = {one.subject for one in index.find(typed, index.PEOPLE)}
    number = typed.replace(" ", "").upper()
    return {
        *(one.subject for one in index.find(typed, index.STAFF)),
        *(Role.objects.filter(person__in=people).values_list("organisation", flat=True) if people else ()),
        *Licence.objects.filter(number=number).values_list("organisation", flat=True),
        *_reached_at(typed),
    }


def _reached_at(typed: str) -> Iterable[int]:
    """Where the text is a telephone: also whose second one it is, which the index does not have."""
    keys = [traits.key(one) for one in traits.of_particulars({"telephone": typed})]
    return Trait.objects.filter(key__in=keys, person=None).values_list("organisation", flat=True) if keys else ()
