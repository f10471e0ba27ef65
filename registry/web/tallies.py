"""Tallies: how many came by which campaign, in the hour, and nothing else of anyone.

Kept in one small file that all processes of a machine share, so that a look-up writes nothing to the database: no row can be
joined with it by its time. Each hour, the hours that are over are taken out and added to the totals of their week
(`registry.campaigns`, docs/decisions/0135). Neither an address nor what was asked is in the file.
"""

import fcntl
import hmac
import json
import logging
import os
import secrets
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

HOUR, MINUTE = 3600, 60
#: Of so many questions it is known whether they were asked within the last minute.
MOST_QUESTIONS = 2000
#: Words in an hour that are counted: more come only from who makes them up.
MOST_WORDS = 200
Counts = Mapping[tuple[str, str], int]
Hours = dict[int, Counter[tuple[str, str]]]


class Tallies:
    """The tallies in a file; in memory where there is none."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._within = threading.Lock()
        self._memory: Hours = {}

    def forget_memory(self) -> None:
        """In a copy of the process: what was counted before is counted by the first."""
        self._within, self._memory = threading.Lock(), {}

    def add(self, word: str, what: str, *, at: datetime) -> None:
        """One more. What cannot be written is not counted, and never keeps anyone from an answer."""
        hour = int(at.timestamp()) // HOUR
        try:
            with self._held() as hours:
                counts = hours.setdefault(hour, Counter())
                if not word or (word, what) in counts or len(counts) < MOST_WORDS:
                    counts[word, what] += 1
        except OSError as fault:
            logger.error("A visit was not counted: %s", type(fault).__name__)

    def take(self, *, at: datetime) -> dict[datetime, Counts]:
        """The hours that are over, which are then gone from here."""
        now = int(at.timestamp()) // HOUR
        with self._held() as hours:
            over = {hour: hours.pop(hour) for hour in sorted(hours) if hour < now}
        return {datetime.fromtimestamp(hour * HOUR, UTC): counts for hour, counts in over.items()}

    def clear(self) -> None:
        with self._held() as hours:
            hours.clear()

    @contextmanager
    def _held(self) -> Iterator[Hours]:
        with self._within:
            if not self.path:
                yield self._memory
                return
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                hours = _read(file.read())
                yield hours
                file.seek(0)
                file.write(_written(hours))
                # Afterwards: a file that is emptied and then written is sent to the disk at once, and each look-up would wait for it.
                file.truncate()


def _read(text: str) -> Hours:
    """Of what cannot be read, as after a full disk, nothing is counted."""
    found: Hours = {}
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        rows = []
    for hour, word, what, number in rows:
        found.setdefault(hour, Counter())[word, what] = number
    return found


def _written(hours: Hours) -> str:
    rows = [(hour, *key, number) for hour, counts in hours.items() for key, number in counts.items()]
    return json.dumps(rows)


tallies = Tallies(settings.TALLIES_FILE)


class RecentQuestions:
    """The questions of the last minute, so that a page that is loaded again is counted once.

    In the memory of this process alone, as digests with a key of its own that is never written anywhere. Who asks is no part
    of it: the same question of two people within a minute is counted once too.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._within, self._key, self._seen = threading.Lock(), secrets.token_bytes(32), dict[bytes, float]()

    def is_repeated(self, question: str, *, at: datetime) -> bool:
        """Whether it was asked within the last minute; from now on it was."""
        digest, now = hmac.digest(self._key, question.encode(), "sha256"), at.timestamp()
        with self._within:
            is_known = now - self._seen.pop(digest, now - MINUTE) < MINUTE
            self._seen[digest] = now
            for oldest in list(self._seen):
                if len(self._seen) <= MOST_QUESTIONS and now - self._seen[oldest] < MINUTE:
                    break
                del self._seen[oldest]
        return is_known


questions = RecentQuestions()


def count_visit(word: str, what: str, *, question: str = "", at: datetime) -> None:
    """One more who did this: in all, and by the word of the campaign by which they came, if any.

    A `question` is counted once in a minute.
    """
    if question and questions.is_repeated(question, at=at):
        return
    for one in {"", word}:
        tallies.add(one, what, at=at)


os.register_at_fork(after_in_child=tallies.forget_memory)
os.register_at_fork(after_in_child=questions.forget)
