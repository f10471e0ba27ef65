"""The only writer of a status and of history. Every change of the world leaves one event here, in its own transaction."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import models

from registry import signing
from registry.lifecycle import Lifecycle
from registry.models import Counter, Event, User, rows


class Moving(Protocol):
    lifecycle: Lifecycle
    status: str

    @property
    def reference(self) -> str: ...


M = TypeVar("M", bound=models.Model)


def locked(thing: M, *, among: models.QuerySet[M] | None = None) -> M:
    """The thing as it is now, locked until the transaction ends. Rows that only refer to it need not wait.

    `among` are those that may be had, read with whatever it reads along; raises `DoesNotExist` when this is none of them.
    """
    found = type(thing)._default_manager.all() if among is None else among
    return found.select_for_update(no_key=True, of=("self",)).get(pk=thing.pk)


def move(thing: M, name: str, *, by: User | None, at: datetime, because: str = "", **facts: Any) -> M:
    """Make one move of the thing's lifecycle, with the facts that go with it, and write it down.

    Raises `Refused` (wrong_state) when the table has no such move from here.
    """
    before: str = thing.status  # type: ignore[attr-defined]
    thing.status = thing.lifecycle.after(before, name)  # type: ignore[attr-defined]
    for field, value in facts.items():
        setattr(thing, field, value)
    thing.save(update_fields=["status", *facts])
    record(thing, name, by=by, at=at, because=because, before=before, after=thing.status, **facts)  # type: ignore[attr-defined]
    return thing


def record(
    thing: models.Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    because: str = "",
    before: str = "",
    after: str = "",
    **facts: Any,
) -> Event:
    """Write down one thing that was done. The head of the chain is locked until commit, so numbers follow commits."""
    content: dict[str, Any] = {
        "at": at,
        "by": by.reference if by else "",
        "by_name": str(by) if by else "",
        "verb": verb,
        "kind": thing._meta.model_name,
        "reference": _reference(thing),
        "before": before,
        "after": after,
        "because": because,
        "facts": signing.plain({key: _plain(value) for key, value in facts.items()}),
    }
    link = Counter.objects.link(Counter.EVENTS, content)
    return Event.objects.create(number=link.number, previous_hash=link.previous, hash=link.hash, **content)


def record_many(contents: Iterable[Mapping[str, Any]]) -> list[signing.Link]:
    """Write down many things at once, in this order, each with the fields of `CONTENT`: for sample data only (a test).

    What is recorded so is not done: whoever calls this answers for the rows that the events speak of. Returns the links.
    """
    links = list(Counter.objects.links(Counter.EVENTS, contents))
    chained = (
        {"number": link.number, "previous_hash": link.previous, "hash": link.hash, **link.content} for link in links
    )
    rows.insert(Event, rows.prepared(Event, chained))
    return links


def head() -> tuple[int, str]:
    """Number and hash of the last event: printed on every letter and certificate, so that nobody can rewrite the past quietly."""
    counter = Counter.objects.filter(name=Counter.EVENTS).first()
    return (counter.value, counter.hash) if counter else (0, "")


CONTENT = ("at", "by", "by_name", "verb", "kind", "reference", "before", "after", "because", "facts")


def faults() -> Iterator[str]:
    """Every place where the chain of events does not hold, from first to head; nothing when it is whole."""
    links = (
        signing.Link(event.number, event.previous_hash, {field: getattr(event, field) for field in CONTENT}, event.hash)
        for event in Event.objects.order_by("number").iterator(chunk_size=2000)
    )
    yield from signing.broken_links(links, head=head())


def _reference(thing: models.Model) -> str:
    return str(getattr(thing, "reference", None) or thing.pk)


def _plain(value: Any) -> Any:
    return _reference(value) if isinstance(value, models.Model) else value
