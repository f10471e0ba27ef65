"""One file after the other, for at most three seconds of a request; what takes longer goes on, and is come back to.

Nothing is kept of a file here but what was made of it, for an hour, sealed with a key that only the page of the person has.
"""

import fcntl
import logging
import os
import re
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from registry import signing
from registry.errors import TooManyAtOnce
from registry.uploads import storage
from registry.uploads.storage import StorageArea

logger = logging.getLogger(__name__)

#: Seconds for which a request waits; then those after which what is not there will not come any more, and for which it is kept.
WAITED = 3.0
GIVEN_UP = 180
KEPT_FOR = 3600
#: Requests of a machine whose files are read at the same time.
AT_ONCE = 5
_KEY = re.compile(r"([0-9a-f]{1,12})-[0-9A-Za-z_-]{22}")


class StillChecking(Exception):
    """It takes longer. Raised with the key by which what is made of it can be fetched."""

    @property
    def key(self) -> str:
        (key,) = self.args
        return str(key)


class CheckLost(Exception):
    """Nothing came of it, or it was longer ago than an hour: the file has to be chosen again."""


def checked(work: Callable[[], bytes]) -> bytes:
    """What the work makes of a file, when it is quick. Raises `StillChecking`, `TooManyAtOnce`, and what the work raises."""
    with ExitStack() as stack:
        stack.enter_context(_slot())
        done: Future[bytes] = Future()
        # The thread gives the place back, however long it takes.
        Thread(target=_worked, args=(work, done, stack.pop_all()), name="checking", daemon=True).start()
    try:
        return done.result(WAITED)
    except TimeoutError:
        key = f"{int(time.time()) + GIVEN_UP:x}-{token_urlsafe(16)}"
        done.add_done_callback(partial(_keep, key))
        raise StillChecking(key) from None


def fetched(key: str) -> bytes:
    """What was made of it meanwhile. Raises `StillChecking`, or `CheckLost`."""
    if (made := _KEY.fullmatch(key)) is None:
        raise CheckLost
    try:
        sealed = storage.read(StorageArea.CHECKED, _name(key))
    except FileNotFoundError as missing:
        if 0 < int(made[1], 16) - time.time() <= GIVEN_UP:
            raise StillChecking(key) from missing
        raise CheckLost from missing
    try:
        return _cipher(key).decrypt(sealed, ttl=KEPT_FOR)
    except InvalidToken as old:
        raise CheckLost from old


def clear_away() -> None:
    """What nobody came back for."""
    before = datetime.fromtimestamp(time.time() - KEPT_FOR, UTC)
    for name in storage.strays(StorageArea.CHECKED, (), before=before):
        storage.discard(StorageArea.CHECKED, name)


def _worked(work: Callable[[], bytes], done: "Future[bytes]", place: ExitStack) -> None:
    with place:
        try:
            answer = work()
        except BaseException as fault:
            done.set_exception(fault)
        else:
            done.set_result(answer)


def _keep(key: str, done: "Future[bytes]") -> None:
    try:
        storage.keep(StorageArea.CHECKED, _name(key), _cipher(key).encrypt(done.result()))
        clear_away()
    except Exception as fault:
        # The person is told to choose the file again.
        logger.error("What was made of a file is lost: %s", type(fault).__name__)


@contextmanager
def _slot() -> Iterator[None]:
    """One of the places of this machine; given back by the system too, when the process ends. Raises `TooManyAtOnce`."""
    for number in range(AT_ONCE):
        with ExitStack() as stack:
            try:
                file = os.open(f"{_places()}.{number}", os.O_RDWR | os.O_CREAT, 0o600)
                stack.callback(os.close, file)
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield
            return
    raise TooManyAtOnce


def _places() -> Path:
    """Where the processes of a machine share their counts already."""
    return Path(settings.LIMITS_FILE or Path(tempfile.gettempdir(), f"registry-{os.getuid()}")).with_suffix(".checking")


def _name(key: str) -> str:
    return signing.keyed_digest(settings.SECRET_KEY, f"name of what was checked: {key}")[:40]


def _cipher(key: str) -> Fernet:
    """Nobody who reads the storage has the key of it."""
    secret = bytes.fromhex(signing.keyed_digest(settings.SECRET_KEY, f"key of what was checked: {key}"))
    return Fernet(urlsafe_b64encode(secret))
