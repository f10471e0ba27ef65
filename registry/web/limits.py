"""Rate limits: how often one client may do something, counted together by all processes of a machine.

No address is kept: a client is a keyed digest of its address, with another key each day and another digest in each window,
and of the digest only where its counts are. The counts are in one small file of fixed size, so that they cost no question to
the database, go on when it does not answer, and cannot be pushed out by a flood of strangers (docs/decisions/0080).
"""

import fcntl
import hashlib
import hmac
import ipaddress
import logging
import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

logger = logging.getLogger(__name__)

HOUR = 3600
#: Each client has a count in every row, at a place that its digest says; the lowest of them is right or too high.
ROWS, PLACES = 4, 1 << 15
#: When the window ends, and how many there were in it.
COUNT = struct.Struct("=QI")
MOST = 2**32 - 1


class Counts:
    """The counts in a file that all processes share; in memory where there is no file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._within = threading.Lock()
        self._file: int | None = None
        self._table: mmap.mmap | bytearray | None = None

    def forget_file(self) -> None:
        """In a copy of the process: a lock on the file that both have would keep neither out."""
        self._within, self._file, self._table = threading.Lock(), None, None

    def add(self, digest: bytes, *, ends: int, now: int, times: int = 1) -> int:
        """How many there are in this window with these. No two processes are told the same."""
        with self._locked() as table:
            return min(_raise(table, place, ends, now, times) for place in _places(digest))

    def read(self, digest: bytes, *, now: int) -> int:
        with self._locked() as table:
            return min(_live(table, place, now)[1] for place in _places(digest))

    def clear(self) -> None:
        with self._locked() as table:
            table[:] = bytes(len(table))

    @contextmanager
    def _locked(self) -> Iterator["mmap.mmap | bytearray"]:
        with self._within:
            table = self._opened()
            if self._file is None:
                yield table
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield table
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _opened(self) -> "mmap.mmap | bytearray":
        if self._table is None:
            self._table = self._open() if self.path else bytearray(ROWS * PLACES * COUNT.size)
        return self._table

    def _open(self) -> "mmap.mmap | bytearray":
        size = ROWS * PLACES * COUNT.size
        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            # Room for all of it: to write where a full disk has none ends the process.
            os.posix_fallocate(self._file, 0, size)
            return mmap.mmap(self._file, size)
        except OSError as fault:
            self._file = None
            logger.error("The counts of rate limits are kept in this process only: %s", type(fault).__name__)
            return bytearray(size)


def _places(digest: bytes) -> list[int]:
    columns = struct.unpack_from(f"={ROWS}I", digest)
    return [(row * PLACES + column % PLACES) * COUNT.size for row, column in enumerate(columns)]


def _live(table: "mmap.mmap | bytearray", place: int, now: int) -> tuple[int, int]:
    ends, count = COUNT.unpack_from(table, place)
    return ends, count if ends > now else 0


def _raise(table: "mmap.mmap | bytearray", place: int, ends: int, now: int, times: int) -> int:
    others, count = _live(table, place, now)
    count = min(count + times, MOST)
    COUNT.pack_into(table, place, max(ends, others), count)
    return count


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left of a limit: `left` requests in the next `seconds`; below zero, this one is too many."""

    most: int
    window: int
    left: int
    seconds: int

    @property
    def is_spent(self) -> bool:
        return self.left < 0

    def told(self, response: HttpResponse) -> HttpResponse:
        """The answer with the limit in its headers, as the IETF's draft on RateLimit headers has it."""
        response.headers["RateLimit-Policy"] = f'"default";q={self.most};w={self.window}'
        response.headers["RateLimit"] = f'"default";r={max(0, self.left)};t={self.seconds}'
        if self.is_spent:
            response.headers["Retry-After"] = str(self.seconds)
        return response


class LimitSpent(Exception):
    """Raised with the `Allowance`, before anything is answered."""

    @property
    def allowance(self) -> Allowance:
        (allowance,) = self.args
        return cast(Allowance, allowance)


class Limit:
    """The most requests of one client in a window of seconds, as `settings.LIMITS` has them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.most, self.window = settings.LIMITS[name]

    def spend(self, request: HttpRequest, *, client: str = "", times: int = 1) -> Allowance:
        """One more request of this client: of the address that it comes from, if nothing else tells who it is."""
        now = int(time.time())
        ends = now - now % self.window + self.window
        digest = _digest(f"{self.name} {client or address_of(request)}", ends=ends)
        count = counts.add(digest, ends=ends, now=now, times=times)
        return Allowance(self.most, self.window, self.most - count, ends - now)

    def take(self, request: HttpRequest, *, times: int) -> None:
        """So many at once, of what costs as much as so many requests. Raises `LimitSpent`."""
        if (allowance := self.spend(request, times=times)).is_spent:
            raise LimitSpent(allowance)


#: What one client asks of the register many at once: of the list, the API and reconciliation together.
QUESTIONS = Limit("questions")


def is_too_often(request: HttpRequest, what: str, *, most: int, at: datetime) -> bool:
    """Whether this connection has done this more than `most` times in this hour. Asking does not count: see `count`."""
    now, ends = _this_hour(at)
    return counts.read(_digest(f"{what} {address_of(request)}", ends=ends), now=now) >= most


def count(request: HttpRequest, what: str, *, at: datetime) -> None:
    now, ends = _this_hour(at)
    counts.add(_digest(f"{what} {address_of(request)}", ends=ends), ends=ends, now=now)


def is_repeated(what: str, *, at: datetime) -> bool:
    """Whether this very thing was sent before, within this hour or the last; from now on it was. Only digests are counted."""
    now, ends = _this_hour(at)
    was_before = counts.read(_digest(what, ends=ends - HOUR), now=now) > 0
    return counts.add(_digest(what, ends=ends), ends=ends + HOUR, now=now) > 1 or was_before


def refuse_unread(form: Form, why: str | Promise, *, where: str | None = None) -> None:
    """Say why on a form of which nothing is looked at: what was typed stays on it, and no file of it is opened.

    `add_error` alone looks at all of it first: for a file of a stranger that is the whole cost that a limit is to spare us.
    """
    vars(form).update(_errors=ErrorDict(renderer=form.renderer), cleaned_data={})
    form.add_error(where, str(why))


def _this_hour(at: datetime) -> tuple[int, int]:
    now = int(at.timestamp())
    return now, now - now % HOUR + HOUR


def _digest(whom: str, *, ends: int) -> bytes:
    """Another key each day, made from one that is in no database; another digest in each window."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"rate limits, day {ends // 86400}".encode(), hashlib.sha256)
    return hmac.digest(key, f"{ends} {whom}".encode(), hashlib.sha256)


def address_of(request: HttpRequest) -> str:
    """Where the request came from, by the rule that sign-in has for proxies; whom we cannot tell apart share a limit.

    A household or an office has a whole network of IPv6 addresses: they are one client.
    """
    try:
        address = ipaddress.ip_address(str(get_adapter().get_client_ip(request)))
    except (PermissionDenied, ValueError):
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


counts = Counts(settings.LIMITS_FILE)
os.register_at_fork(after_in_child=counts.forget_file)
