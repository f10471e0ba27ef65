"""Asking machines of others over HTTP: the one way out of the service (docs/decisions/0202).

A question ends within its time, from looking up the name to the last byte of the answer, however the other side sends it.
Of an answer no more than so many bytes are read. No redirect is followed, and no proxy of the environment is asked.
"""

import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from registry.silences import silences

CONNECT_WITHIN = 5.0
#: Seconds that one page waits for all the machines together that it asks: a person waits, and a thread that answers others.
A_PAGE_WAITS = 4.0


class MachineSilent(Exception):
    """No answer. `code` says why: no_name, not_public, no_connection, no_trust, too_slow, no_answer.

    After the first four nothing has reached the other side.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class MachineAnswer:
    """What came back: the code of HTTP, and the beginning of the body."""

    code: int
    body: bytes

    @property
    def is_taken(self) -> bool:
        return 200 <= self.code < 300


def resolve(host: str, port: int) -> list[str]:
    """Every address that the name has now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(where[0]) for *_kind, where in found))


@dataclass(frozen=True, slots=True)
class Line:
    """How we reach another machine. What we connect to is an address that was allowed, never the name again."""

    is_allowed: Callable[[str], bool] = lambda address: True
    resolve: Callable[[str, int], list[str]] = resolve
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    port: int | None = None  # where it is not that of the address: in tests


#: To the machines that the settings of the installation name.
OURS = Line()


def ask(
    method: str,
    address: str,
    *,
    within: float,
    most: int,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    line: Line = OURS,
) -> MachineAnswer:
    """Ask once; raises `MachineSilent`. `within`: seconds for all of it. `most`: bytes of the answer that are read."""
    parts, host, port = _place(address, line)
    with _waiting(parts.netloc, within) as ends:
        if ends <= time.monotonic():
            raise MachineSilent("too_slow")
        reached = _reached(_checked(host, port, line, ends), port, line, ends)
        with reached, cut_at(ends, reached):
            secured = _secured(reached, host, line) if parts.scheme == "https" else reached
            with secured:
                connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(host, port)
                connection.sock = secured
                path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
                return _exchange(connection, (method, path, body, dict(headers or {})), most, ends)


def basic(name: str, secret: str) -> dict[str, str]:
    """The header that says who we are, by HTTP Basic."""
    return {"Authorization": f"Basic {b64encode(f'{name}:{secret}'.encode()).decode()}"}


class _Page(threading.local):
    """What is left to the page that this thread is making; nothing where it makes none."""

    left: float | None = None


_page = _Page()


@contextmanager
def for_a_page() -> Iterator[None]:
    """What is asked in here is asked while a page is made."""
    _page.left = A_PAGE_WAITS
    try:
        yield
    finally:
        _page.left = None


@contextmanager
def _waiting(name: str, within: float) -> Iterator[float]:
    """When the question must have ended. A machine for which we have just waited in vain is asked by no page for some seconds."""
    begun, left = time.monotonic(), _page.left
    if left is not None and silences.left_alone(name):
        raise MachineSilent("too_slow")
    ends = begun + (within if left is None else min(within, left))
    try:
        with silences.waiting_for(name, MachineSilent):
            yield ends
    finally:
        if left is not None:
            _page.left = left - (time.monotonic() - begun)


def _place(address: str, line: Line) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = line.port or parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):  # a port that is none, a name that cannot be one, another way of speaking
        raise MachineSilent("no_name") from None
    if not host:
        raise MachineSilent("no_name")
    return parts, host, port


def _checked(host: str, port: int, line: Line, ends: float) -> list[str]:
    """The addresses of the name, when every one of them is allowed."""
    found: Future[list[str]] = Future()
    # The system's resolver knows no time limit of ours: when it takes too long, its thread is left to itself.
    threading.Thread(target=_look_up, args=(found, host, port, line), daemon=True).start()
    try:
        addresses = found.result(timeout=_left(ends))
    except TimeoutError:
        raise MachineSilent("too_slow") from None
    except (OSError, UnicodeError):
        raise MachineSilent("no_name") from None
    if not addresses:
        raise MachineSilent("no_name")
    if not all(line.is_allowed(address) for address in addresses):
        raise MachineSilent("not_public")
    return addresses


def _look_up(found: "Future[list[str]]", host: str, port: int, line: Line) -> None:
    try:
        found.set_result(line.resolve(host, port))
    except Exception as fault:
        found.set_exception(fault)


def _reached(addresses: list[str], port: int, line: Line, ends: float) -> socket.socket:
    for address in addresses:
        with suppress(OSError):
            reached = line.connect((address, port), min(CONNECT_WITHIN, _left(ends)))
            reached.settimeout(_left(ends))
            return reached
    raise MachineSilent("no_connection")


def _secured(reached: socket.socket, host: str, line: Line) -> ssl.SSLSocket:
    try:
        return line.trust().wrap_socket(reached, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise MachineSilent("no_trust") from None
    except OSError:
        raise MachineSilent("no_connection") from None


def _exchange(
    connection: HTTPConnection, question: tuple[str, str, bytes | None, dict[str, str]], most: int, ends: float
) -> MachineAnswer:
    try:
        connection.request(*question)
        with connection.getresponse() as answer:
            body = answer.read(most)
            is_whole = len(body) == most or not answer.length
    except (OSError, HTTPException, ValueError):
        is_whole = False
    finally:
        connection.close()
    if time.monotonic() >= ends:  # what was cut off may look whole
        raise MachineSilent("too_slow")
    if not is_whole:
        raise MachineSilent("no_answer")
    return MachineAnswer(answer.status, body)


@contextmanager
def cut_at(ends: float, reached: socket.socket) -> Iterator[None]:
    """A machine that sends one byte every few seconds is cut off all the same."""
    twin = reached.dup()  # the same connection: TLS takes the socket itself away
    watch = threading.Timer(_left(ends), _cut, [twin])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        twin.close()


def _cut(reached: socket.socket) -> None:
    with suppress(OSError):
        reached.shutdown(socket.SHUT_RDWR)


def _left(ends: float) -> float:
    return max(0.01, ends - time.monotonic())
