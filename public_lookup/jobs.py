"""Background entry points: read the clock, make one call. What they make can be made again at any time."""

import gzip
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.models import CheckList
from public_lookup.bulk_checks.queries.lists import asked_of, part_to_check
from public_lookup.clients import signatures, web
from public_lookup.follows.actions import deliveries, follows, texts
from public_lookup.follows.models.texts import TextMessage
from public_lookup.follows.queries import webhooks
from public_lookup.formal_checks import actions as checks
from public_lookup.open_data.queries.changes import Position
from public_lookup.private.queries import phone_index, snapshot
from public_lookup.web import answered
from registry.clients import texts as carriers
from registry.clients.machines import MachineSilent
from registry.outbox.jobs import SECONDS_A_ROUND, send_due
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind

#: A copy is made anew after so long even when nothing has changed, so that it can be carried for most of a day.
OFTEN = timedelta(hours=1)
#: Seconds for which one list is looked up before others, and letters, have their turn; rows of one step; lists at once.
PIECE = 4.0
PART = 200
MOST_LISTS = 20


def keep_snapshot(*, at: datetime) -> int:
    """Make the signed copy of the register anew when it has changed or is an hour old; says how many were made."""
    kept = snapshot.kept()
    is_fresh = kept is not None and kept.made_at + OFTEN > at and kept.position == str(Position.newest())
    if not is_fresh:
        publish_snapshot(snapshot.folder(), at=at)
    return int(not is_fresh)


def tell_followers(*, at: datetime) -> int:
    """Write the mails about what the register says anew, and forget who is not to be told any more; says how many mails."""
    count, more = follows.tell(by=None, at=at)
    while more:
        written, more = follows.tell(by=None, at=at)
        count += written
    checks.stop_telling(by=None, at=at)
    for forget in (follows.forget, deliveries.forget, texts.forget):
        forget(by=None, at=at)
    return count


def post_webhooks(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Post what waits for webhooks, to each in order and one at a time; says how many posts were tried."""
    return send_due(
        OutboxItem.objects.filter(kind=OutboxKind.WEBHOOK).filter(webhooks.ON_OPEN_WEBHOOK).due,
        _post,
        at=at,
        seconds=seconds,
    )


def _post(item: OutboxItem, at: datetime) -> None:
    delivery = webhooks.postable(item.pk)
    if delivery is None or not item.claim(at):
        return
    delivery.outbox = item
    body = delivery.body.encode()
    answer, fault = None, ""
    try:
        answer = web.post(
            delivery.webhook.address,
            headers=signatures.headers(delivery.reference, body, private_key=settings.SIGNING_KEY, at=at),
            body=body,
            stand_in=settings.WEBHOOK_STAND_IN,
        )
    except MachineSilent as silent:
        fault = silent.code
    deliveries.record(delivery, answer=answer, fault=fault, by=None, at=timezone.now())


def send_texts(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Send the text messages that are due, the longest waiting first; says how many were tried. None where none are sent."""
    if not settings.TEXT_SENDER:
        return 0
    return send_due(
        OutboxItem.objects.filter(kind=OutboxKind.TEXT, textmessage__isnull=False).due,
        _send_text,
        at=at,
        seconds=seconds,
    )


def _send_text(item: OutboxItem, at: datetime) -> None:
    message = TextMessage.objects.get(outbox=item)
    if item.claim(at):
        message.outbox = item
        fault = carriers.fault_in_sending(number=message.number, words=message.words, reference=f"T-{message.pk}")
        texts.record(message, fault=fault, by=None, at=timezone.now())


@task()
def check_list(pk: int) -> None:
    """Look some rows of a list up, if there is anything to do, and let go of it: letters wait for no list."""
    stop = time.monotonic() + PIECE
    for found in CheckList.objects.filter(pk=pk, done_at=None).exclude(begun_at=None):
        while not found.done_at and time.monotonic() < stop:
            found = _with_some_checked(found, at=timezone.now())
        lists.release(found, by=None, at=timezone.now())


def hand_over_lists(*, at: datetime) -> int:
    """Put the lists that wait to be looked up into the queue, oldest first; says how many."""
    due = CheckList.objects.to_check(at).order_by("next_try", "pk")[:MOST_LISTS]
    return sum(_hand_over(found, at=at) for found in due)


def forget_lists(*, at: datetime) -> int:
    return lists.forget(by=None, at=at)


@transaction.atomic
def _hand_over(found: CheckList, *, at: datetime) -> bool:
    if not lists.lease(found, by=None, at=at):
        return False
    check_list.enqueue(found.pk)
    return True


def _with_some_checked(found: CheckList, *, at: datetime) -> CheckList:
    rows = part_to_check(found, PART)
    answers = answered(asked_of(rows, found), found.begun_at or at)
    return lists.record(found, rows=rows, answers=answers, by=None, at=at)


def publish_snapshot(folder: Path, *, at: datetime) -> int:
    """Write the signed copy of the register into a folder, plain and with gzip; says how many entries it holds.

    Whole or not at all: whoever reads the folder meanwhile finds the copy before it. Raises `OSError` when there is no room.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        body, index = Path(scratch) / "body", Path(scratch) / "index"
        position, copied = Position.newest(), list[tuple[int, int]]()
        count, sha256 = _write(body, snapshot.lines(position, copied))
        _count, of_index = _write(index, phone_index.lines(copied, timezone.localdate(at)))
        head = snapshot.header(position, sha256=sha256, index=of_index, count=count, at=at)
        for name, first, rest in ((phone_index.NAME, b"", index), (snapshot.NAME, head, body)):
            _put(folder / f"{name}.gz", Path(scratch), _zipped, first, rest)
            _put(folder / name, Path(scratch), _plain, first, rest)
    return count


def _write(path: Path, lines: Iterable[bytes]) -> tuple[int, str]:
    count, sha256 = 0, hashlib.sha256()
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            sha256.update(line)
            count += 1
    return count, sha256.hexdigest()


def _put(path: Path, scratch: Path, write: Callable[[Path, Iterable[bytes]], None], head: bytes, body: Path) -> None:
    made = scratch / path.name
    write(made, (part for parts in ([head], snapshot.parts(body)) for part in parts))
    os.replace(made, path)


def _plain(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)


def _zipped(path: Path, parts: Iterable[bytes]) -> None:
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as zipped,
    ):
        for part in parts:
            zipped.write(part)
