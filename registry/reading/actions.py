"""The only writer of who read what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from registry import reading
from registry.accounts.models import User
from registry.reading import Read
from registry.reading.models import Consultation, Way

#: Of an ordinary thing, one reading in this time is enough.
ONCE_IN = timedelta(minutes=15)
AT_ONCE = 500


@transaction.atomic(savepoint=False)
def consult(shown: Iterable[tuple[Read, str]], *, address: str, by: User, at: datetime) -> int:
    """Write down that this person was shown these things, each by a way: what is restricted each time, unless in a list or a
    search; the rest once in a quarter of an hour. Says how many rows were written. At most two statements for one page.
    """
    wanted = {(read.kind, read.reference, way): read for read, way in shown}
    known = _of_late(wanted, by=by, at=at)
    rows = [
        _row(read, way, address=address, by=by, at=at)
        for (_kind, _ref, way), read in wanted.items()
        if (read.kind, read.reference, way) not in known
    ]
    Consultation.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


@transaction.atomic
def forget(rows: Sequence[int], *, by: None, at: datetime) -> None:
    """Delete these readings: only `registry.retention` does so, which first writes down that it erases those of their day."""
    for start in range(0, len(rows), AT_ONCE):
        Consultation.objects.filter(pk__in=rows[start : start + AT_ONCE]).delete()


def note_act(
    thing: models.Model, *, verb: str, event: int, reference: str, facts: Mapping[str, Any], by: User, at: datetime
) -> None:
    """Write down that an act of the trail showed something to who did it: the thing, and what the event says it showed."""
    kind = str(thing._meta.model_name)
    if not reading.is_act(kind, verb):
        return
    also = (Read(reading.kind_called(one), one) for one in facts.get("shown", ()))
    reads = [Read(kind, reference, within=reading.within(thing)), *also]
    Consultation.objects.bulk_create(
        _row(read, Way.ACT, address="", by=by, at=at, verb=verb, event=event) for read in reads
    )


def _of_late(wanted: Mapping[tuple[str, str, str], Read], *, by: User, at: datetime) -> set[tuple[str, str, str]]:
    """Those of them that need no other row yet."""
    asked = {reference for kind, reference, way in wanted if not _each_time(kind, way)}
    if not asked:
        return set()
    rows = Consultation.objects.filter(by=by, reference__in=asked, at__gt=at - ONCE_IN, at__lte=at)
    return {row for row in rows.values_list("kind", "reference", "way") if not _each_time(row[0], row[2])}


def _each_time(kind: str, way: str) -> bool:
    subject = reading.subject_of(kind)
    return way == Way.EXPORT or (subject is not None and subject.is_restricted and way not in (Way.LIST, Way.SEARCH))


def _row(
    read: Read, way: str, *, address: str, by: User, at: datetime, verb: str = "", event: int | None = None
) -> Consultation:
    return Consultation(
        at=at,
        by=by,
        roles=" ".join(sorted(by.roles))[:300],
        kind=read.kind,
        reference=read.reference[:40],
        within=read.within[:40],
        way=way,
        address=address[:200],
        verb=verb,
        event=event,
    )
