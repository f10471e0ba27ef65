"""Posting to a web address that somebody else has named: to the address that was checked, within ten seconds, and no further."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from public_lookup.clients.addresses import is_for_everybody

CONNECT_WITHIN = 5.0
#: From looking up the name to the last byte read.
WITHIN = 10.0
#: What is read of an answer; the rest is left where it is.
MOST_READ = 4096
LOOPBACK = "127.0.0.1"


class WebUndelivered(Exception):
    """It was not handed over, or not answered. `code` says why: no_name, not_public, no_connection, no_trust, too_slow, no_answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class WebResponse:
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
class WebConnection:
    """How we reach machines of others. The defaults are the only ones outside tests."""

    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[str], bool] = is_for_everybody
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    port: int = 443
    within: float = WITHIN


OUTSIDE = WebConnection()


def post(
    address: str, *, headers: Mapping[str, str], body: bytes, stand_in: str = "", line: WebConnection = OUTSIDE
) -> WebResponse:
    """Post to an address of https, once; raises `WebUndelivered`.

    The name is looked up once, and every address that it has must be one for everybody. We connect to an address that was
    checked, never to the name again, so that a name which changes its mind meanwhile leads nowhere; the certificate must
    be the name's. No redirect is followed, and no proxy of the environment is asked. `stand_in`: the one address of this
    machine, by plain HTTP, that a demonstration names for itself.
    """
    ends = time.monotonic() + line.within
    if stand_in and address == stand_in:
        return _exchange(_stand_in(address), address, headers, body, ends)
    host = _host_of(address, line.port)
    reached = _reached(_checked(host, line, ends), line, ends)
    with reached, _cut_at(ends, reached):
        secured = _secured(reached, host, line)
        with secured:
            connection = HTTPSConnection(host, line.port)
            connection.sock = secured
            return _exchange(connection, address, headers, body, ends)


def _host_of(address: str, port: int) -> str:
    parts = urlsplit(address)
    try:
        is_ours = parts.scheme == "https" and (parts.port or 443) in (443, port) and parts.username is None
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # a port that is none, a name that cannot be one
        raise WebUndelivered("no_name") from None
    if not is_ours or not host:
        raise WebUndelivered("no_name")
    return host


def _checked(host: str, line: WebConnection, ends: float) -> list[str]:
    """The addresses of the name, when every one of them is for everybody."""
    found: Future[list[str]] = Future()
    # The system's resolver knows no time limit of ours: when it takes too long, its thread is left to itself.
    threading.Thread(target=_look_up, args=(found, host, line), daemon=True).start()
    try:
        addresses = found.result(timeout=_left(ends))
    except TimeoutError:
        raise WebUndelivered("too_slow") from None
    except (OSError, UnicodeError):
        raise WebUndelivered("no_name") from None
    if not addresses:
        raise WebUndelivered("no_name")
    if not all(line.is_allowed(address) for address in addresses):
        raise WebUndelivered("not_public")
    return addresses


def _look_up(found: "Future[list[str]]", host: str, line: WebConnection) -> None:
    try:
        found.set_result(line.resolve(host, line.port))
    except Exception as fault:
        found.set_exception(fault)


def _reached(addresses: list[str], line: WebConnection, ends: float) -> socket.socket:
    for address in addresses:
        with suppress(OSError):
            return line.connect((address, line.port), min(CONNECT_WITHIN, _left(ends)))
    raise WebUndelivered("no_connection")


def _secured(reached: socket.socket, host: str, line: WebConnection) -> ssl.SSLSocket:
    try:
        return line.trust().wrap_socket(reached, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise WebUndelivered("no_trust") from None
    except OSError:
        raise WebUndelivered("no_connection") from None


def _stand_in(address: str) -> HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname != LOOPBACK:
        raise WebUndelivered("not_public")
    return HTTPConnection(LOOPBACK, parts.port or 80, timeout=CONNECT_WITHIN)


def _exchange(
    connection: HTTPConnection, address: str, headers: Mapping[str, str], body: bytes, ends: float
) -> WebResponse:
    parts = urlsplit(address)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        return WebResponse(answer.status, answer.read(MOST_READ))
    except (OSError, HTTPException, UnicodeError, ValueError):
        raise WebUndelivered("too_slow" if time.monotonic() >= ends else "no_answer") from None
    finally:
        connection.close()


@contextmanager
def _cut_at(ends: float, reached: socket.socket) -> Iterator[None]:
    """Whoever sends one byte every few seconds is cut off all the same."""
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
