"""Digests of the rows that the trail covers: made when an event is written, compared when the trail is verified.

A digest is SHA-256 over a salt of 32 hexadecimal characters and the canonical JSON of the row (`registry.integrity.row_contents`).
"""

import hashlib
import secrets
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, islice
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, models

from registry import signing
from registry.errors import NotWritable
from registry.integrity import row_contents
from registry.integrity.guards import one_by_one
from registry.integrity.key_ranges import Each, KeyRange, in_range, key_ranges
from registry.trail.models.covered import RowDigest, covered_models, covered_rows
from registry.trail.models.events import Counter, Event
from registry.trail.models.rows import insert

CHUNK = 1_000
#: As the index has it of the digests that are the last of their rows.
FORGET = """UPDATE "registry_rowdigest" SET salt = '' WHERE kind = %s AND "row" = %s AND NOT (salt = '')"""


class RowRewritten(NotWritable):
    """A row that an action would change, or rests on, is not as the last event about it left it."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"Nothing was saved, because the database was changed past the trail: {'; '.join(faults)}. Find out who did it,"
            " then restore the row or run manage.py accept_row (docs/operations.md)."
        )


T = TypeVar("T")


def sealing(using: str = "default") -> Any:
    """The connection, which keeps what is to be sealed before its commit (config/sealing.py)."""
    return connections[using]


def take_written(using: str = "default") -> list[RowDigest]:
    """Digests of the rows that this transaction has written since it last sealed any; those that say nothing new are left out."""
    connection = sealing(using)
    if not connection.rows_to_seal:
        return []
    digests = list(_new_digests(connection.seal_taken(), connection.last_digests))
    connection.last_digests.update({(one.kind, one.row): one if one.digest else None for one in digests})
    return digests


def refuse_rewritten(model: type[models.Model], keys: Sequence[Any], *, using: str = "default") -> None:
    """Compare rows with their last digests before this transaction first writes them. Raises `RowRewritten`.

    What was rewritten past the trail would otherwise be sealed together with the lawful change. The rows stay locked.
    """
    kind, connection = _kind(model), sealing(using)
    for some in in_chunks(sorted({str(key) for key in keys}), CHUNK):
        last, wrong = _compared(model, some)
        if wrong:
            # On PostgreSQL someone else may have changed and sealed a row while this waited for it: now all is as it ended.
            Counter.objects.held(Counter.EVENTS)
            last, wrong = _compared(model, some)
        if wrong:
            raise RowRewritten([f"{kind} {row}: {what}" for row, what in wrong.items()])
        connection.last_digests.update({(kind, row): last.get(row) for row in some})


def fault_of_row(model: type[models.Model], row: str) -> str:
    """What is wrong with this row, in a sentence without its subject; empty when it is as the last event about it left it."""
    _last, wrong = _compared(model, [row])
    return wrong.get(row, "")


def _compared(model: type[models.Model], rows: list[str]) -> tuple[dict[str, RowDigest], dict[str, str]]:
    """The last digests of these rows, and by row what is wrong with it: both read in one statement, as one moment."""
    kind = _kind(model)
    now, last = row_contents.with_digests(model, rows)
    if missing := [row for row in rows if row not in now]:
        last |= {one.row: one for one in RowDigest.objects.filter(kind=kind, row__in=missing).exclude(salt="")}
    # A kind of which no row has a digest is not covered before the next `set_up`.
    is_covered = bool(last) or not now or RowDigest.objects.filter(kind=kind).exists()
    found = {row: _fault_of(now.get(row), last.get(row)) for row in rows} if is_covered else {}
    wrong = {row: fault for row, fault in found.items() if fault}
    return last, wrong


def _fault_of(content: str | None, last: RowDigest | None) -> str:
    if content is None:
        return "was deleted without an event" if last else ""
    if last is None:
        return "was added without an event"
    is_same = signing.same_digest(digest_of(last.salt, content), last.digest)
    return "" if is_same else "is not as the last event about it left it"


def with_people(digests: Iterable[RowDigest]) -> Iterator[tuple[RowDigest, str, str]]:
    """Those of rows by which a person gets in, each with the references of person and row."""
    by_kind = defaultdict[str, list[RowDigest]](list)
    for one in digests:
        by_kind[one.kind].append(one)
    for kind, some in by_kind.items():
        people = row_contents.lets_in(apps.get_model(kind), [one.row for one in some])
        yield from ((one, *people[one.row]) for one in some if one.row in people)


def commitment(digests: Iterable[RowDigest]) -> str:
    """What an event commits to: the digest of the list of kind, row and digest, in this order of kinds and rows."""
    return signing.digest(sorted([one.kind, one.row, one.digest] for one in digests))


def keep(digests: Sequence[RowDigest], *, event: int) -> None:
    """Write the digests down under the event that commits to them, and forget the salts of those that they replace."""
    for one in digests:
        one.event = event
    if replaced := [(one.kind, one.row) for one in digests if one.replaces]:
        with sealing().cursor() as cursor:
            cursor.executemany(FORGET, replaced)
    values = ([one.event, one.kind, one.row, one.digest, one.salt] for one in digests)
    insert(RowDigest, values, of=("event", "kind", "row", "digest", "salt"))


def kinds() -> list[str]:
    """All kinds of rows that are covered."""
    return sorted(map(_kind, covered_models()))


def kinds_without_digest() -> list[str]:
    """Those of which no row ever had one."""
    return [kind for kind in kinds() if not RowDigest.objects.filter(kind=kind).exists()]


def rows_without_digest(of: Iterable[str] | None = None) -> Iterator[RowDigest]:
    """First digests of all covered rows that have none; or only of those of these kinds."""
    for kind in kinds() if of is None else of:
        model, digests = apps.get_model(kind), RowDigest.objects.filter(kind=kind)
        known = set(digests.values_list("row", flat=True).distinct())
        for some in in_chunks((key for key in _keys(model) if key not in known), CHUNK):
            yield from (first_digest(kind, row, said) for row, said in row_contents.read(model, some).items())


def changed_digests(kind: str) -> Iterator[RowDigest]:
    """New digests of all rows of this kind that are not as their last ones say."""
    last = RowDigest.objects.filter(kind=kind).exclude(salt="").values_list("row", flat=True)
    rows = sorted({*last, *_keys(apps.get_model(kind))})
    yield from _new_digests([(kind, row) for row in rows], {})


def faults(each: Each = map) -> Iterator[str]:
    """Every row that is not as the last event about it left it, and every digest that no event commits to."""
    yield from chain.from_iterable(each(_uncommitted, key_ranges(Event.objects.all())))
    parts = list(each(_changed_rows, key_ranges(RowDigest.objects.all())))
    for model in covered_models():
        kind = _kind(model)
        for _there, wrong in parts:
            yield from wrong.get(kind, ())
        if sum(there[kind] for there, _wrong in parts) != covered_rows(model).count():
            yield from _rows_never_written(model)


def digest_of(salt: str, content: str) -> str:
    # JSON may hold half a character: what is written past the trail is compared like all else.
    return hashlib.sha256(f"{salt}{content}".encode(errors="surrogatepass")).hexdigest()


def first_digest(kind: str, row: str, content: str) -> RowDigest:
    """The digest of a row that holds this, with a new salt."""
    salt = secrets.token_hex(16)
    return RowDigest(kind=kind, row=row, salt=salt, digest=digest_of(salt, content))


Last = Mapping[tuple[str, str], RowDigest | None]


def _new_digests(written: list[tuple[str, str]], last: Last) -> Iterator[RowDigest]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, row in written:
        by_kind[kind].append(row)
    for kind, rows in sorted(by_kind.items()):
        model = apps.get_model(kind)
        for some in in_chunks(sorted(rows), CHUNK):
            yield from _of_rows(model, kind, some, last)


def _of_rows(model: type[models.Model], kind: str, rows: list[str], last: Last) -> Iterator[RowDigest]:
    now = row_contents.read(model, rows)
    before = {row: last[kind, row] for row in rows if (kind, row) in last}
    if unknown := [row for row in rows if row not in before]:
        before |= {one.row: one for one in RowDigest.objects.filter(kind=kind, row__in=unknown).exclude(salt="")}
    for row in rows:
        was = before.get(row)
        if row not in now:
            if was is not None:
                yield RowDigest(kind=kind, row=row)
        elif was is None or was.digest != digest_of(was.salt, now[row]):
            digest = first_digest(kind, row, now[row])
            digest.replaces = was is not None
            yield digest


def _kind(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _keys(model: type[models.Model]) -> Iterator[str]:
    return (
        str(key) for key in covered_rows(model).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    )


# --- verification ---


#: The row, its digest, the salt and the number of the event.
LastDigest = tuple[str, str, str, int]
#: By kind, how many of its rows are there, and what is wrong with them.
OfKinds = tuple[Tally[str], dict[str, list[str]]]


def _uncommitted(limits: KeyRange) -> list[str]:
    """Of these events: they and their digests side by side, both in the order of the events."""
    return list(_differing_commitments(limits))


def _differing_commitments(limits: KeyRange) -> Iterator[str]:
    events = in_range(Event.objects.exclude(covers=""), limits).order_by("number")
    committed = events.values_list("number", "covers").iterator(chunk_size=2 * CHUNK)
    digests = in_range(RowDigest.objects.all(), limits, "event").order_by("event").iterator(chunk_size=2 * CHUNK)
    waiting = next(committed, None)
    for number, group in groupby(digests, key=lambda one: one.event):
        while waiting is not None and waiting[0] < number:
            yield f"{waiting[0]}: the digests of its rows are missing"
            waiting = next(committed, None)
        if waiting is None or waiting[0] != number:
            yield f"{number}: has digests of rows that it does not commit to"
            continue
        if commitment(group) != waiting[1]:
            yield f"{number}: the digests of its rows are not those that it commits to"
        waiting = next(committed, None)
    if waiting is not None:
        yield f"{waiting[0]}: the digests of its rows are missing"


def _changed_rows(limits: KeyRange) -> OfKinds:
    """Of these digests, those that are the last of their row, compared with the rows."""
    models_by_kind = {_kind(model): model for model in covered_models()}
    there, wrong = Tally[str](), defaultdict[str, list[str]](list)
    latest = in_range(RowDigest.objects.latest_each(), limits).order_by("pk")
    rows = latest.values_list("kind", "row", "digest", "salt", "event").iterator(chunk_size=2 * CHUNK)
    for some in in_chunks(rows, 5 * CHUNK):
        by_kind: dict[str, list[LastDigest]] = defaultdict(list)
        for kind, row, digest, salt, event in some:
            by_kind[kind].append((row, digest, salt, event))
        for kind, digests in by_kind.items():
            if kind in models_by_kind:
                read = partial(row_contents.read, models_by_kind[kind])
                now, unread = one_by_one(read, [row for row, *_digest in digests])
                there[kind] += len(now) + len(unread)
                wrong[kind] += (f"{kind} {row}: cannot be read ({error})" for row, error in unread.items())
                wrong[kind] += _differences(kind, (one for one in digests if one[0] not in unread), now)
    return there, dict(wrong)


def _differences(kind: str, digests: Iterable[LastDigest], now: dict[str, str]) -> Iterator[str]:
    for row, digest, salt, event in digests:
        if row not in now:
            if digest:
                yield f"{kind} {row}: was deleted without an event"
        elif not digest:
            yield f"{kind} {row}: was deleted in event {event}, and is there again"
        elif not signing.same_digest(digest_of(salt, now[row]), digest):
            yield f"{kind} {row}: is not as event {event} left it"


def _rows_never_written(model: type[models.Model]) -> Iterator[str]:
    kind = _kind(model)
    for some in in_chunks(_keys(model), CHUNK):
        known = set(RowDigest.objects.filter(kind=kind, row__in=some).values_list("row", flat=True))
        yield from (f"{kind} {row}: was added without an event" for row in some if row not in known)


def in_chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    found = iter(things)
    while some := list(islice(found, size)):
        yield some
