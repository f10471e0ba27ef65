"""The front of the service: a request is received whole before a thread works on it, and one that comes too slowly is cut off.

Without it a few clients that send a byte now and then would hold every thread. A client that waits here holds none.
"""

import asyncio
import codecs
import io
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from asgiref.wsgi import WsgiToAsgiInstance
from django.utils.http import parse_header_parameters

from config.wsgi import application as wsgi

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: Requests of a lane that one process works on at a time. More make nothing faster: Python runs one of them.
THREADS = int(os.environ.get("THREADS", "1"))
#: A body has these seconds, and one more for each of these bytes that have come.
BODY_SECONDS = float(os.environ.get("BODY_SECONDS", "10"))
BODY_BYTES_A_SECOND = float(os.environ.get("BODY_BYTES_A_SECOND", "4000"))
#: A client that takes no part of its answer for so many seconds is given up.
ANSWER_SECONDS = 20
#: No proxy waits so long for the next part of an answer (docs/serving/nginx.conf): what works on it hangs.
WORK_SECONDS = 60
MEGABYTE = 1024 * 1024
#: What bodies that are being received or worked on may take of the memory of one process.
MOST_HELD = 256 * MEGABYTE
#: The largest body by address, as in docs/serving/nginx.conf; the pages themselves allow less.
LARGEST = (
    (re.compile(r"/([a-z-]+/)?(report|apply|licences)/"), 55 * MEGABYTE),
    (re.compile(r"/([a-z-]+/)?(check|c|verify|badge|follow|proofs|part)/"), 6 * MEGABYTE),
)
LARGEST_OTHERS = 12 * MEGABYTE
#: What waits for no other page: whether somebody is licensed, and the probes. All else may have to wait, for a file or another machine.
LOOK_UP = re.compile(
    r"/([a-z]{2}(-[a-z]+)?/)?((check/(?!many/)[^/]*|verify/(?!file/)[^/]*|api/v1/register(/[^/]*)?)/?$|(c|badge|health)/|$)"
)
SHORT = 64 * 1024
TEXTS = {
    400: "The request could not be read.",
    408: "The request came too slowly and was not read.",
    413: "The request is too large.",
    503: "The service is busy. Try again in a minute.",
}


class RequestCut(Exception):
    """The request is not worked on; `code` is the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.code = status


class RequestLane:
    """Threads with requests that wait for each other, and for none of another lane."""

    def __init__(self, name: str, threads: int) -> None:
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        #: Requests that the threads have, and when something last came of one.
        self.asked, self.moved = 0, 0.0

    def goes_on(self) -> bool:
        return not self.asked or time.monotonic() - self.moved < WORK_SECONDS

    async def do(self, work: Callable[[], None]) -> None:
        if not self.asked:
            self.moved = time.monotonic()
        self.asked += 1
        try:
            await asyncio.get_running_loop().run_in_executor(self.threads, work)
        finally:
            self.asked -= 1


class Front:
    """An ASGI application that gives whole requests to a WSGI application, in a few threads of its own."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int = THREADS) -> None:
        self.application = application
        self.look_up, self.others = RequestLane("look-up", threads), RequestLane("request", threads)
        self.held = 0

    def goes_on(self) -> bool:
        return self.look_up.goes_on() and self.others.goes_on()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        parts: list[bytes] = []
        try:
            await self._receive(scope, receive, parts)
            await self._work(scope, b"".join(parts), send)
        except RequestCut as cut:
            await _refuse(send, cut.code)
        finally:
            self.held -= sum(map(len, parts))

    async def _receive(self, scope: Scope, receive: Receive, parts: list[bytes]) -> None:
        most = largest(scope["path"])
        if declared_length(scope) > most:
            raise RequestCut(413)
        loop = asyncio.get_running_loop()
        begun, received, is_more = loop.time(), 0, True
        while is_more:
            left = begun + BODY_SECONDS + received / BODY_BYTES_A_SECOND - loop.time()
            message = await _within(left, receive)
            part = message.get("body", b"")
            parts.append(part)
            received += len(part)
            self.held += len(part)
            if received > most:
                raise RequestCut(413)
            if self.held > MOST_HELD:
                raise RequestCut(503)
            is_more = message.get("more_body", False)

    async def _work(self, scope: Scope, body: bytes, send: Send) -> None:
        loop = asyncio.get_running_loop()
        lane = self.look_up if len(body) <= SHORT and LOOK_UP.match(scope["path"]) else self.others

        def say(*messages: dict[str, Any]) -> None:
            lane.moved = time.monotonic()
            asyncio.run_coroutine_threadsafe(_send(send, messages), loop).result(ANSWER_SECONDS)

        try:
            environ = environment(scope, body)
        except ValueError as unreadable:
            raise RequestCut(400) from unreadable
        await lane.do(partial(self._answer, environ, say))

    def _answer(self, environ: dict[str, Any], say: Callable[..., None]) -> None:
        """In a thread, from the first line of the answer to the last part of a file.

        An answer of one part is handed over whole: each time that the thread waits for the loop costs as much as a small page.
        """
        start: dict[str, Any] = {"type": "http.response.start"}

        def begin(status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
            start["status"] = int(status.split(" ", 1)[0])
            start["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

        answer = self.application(environ, begin)
        try:
            waiting = [start]
            for part, is_last in _with_last(answer):
                say(*waiting, {"type": "http.response.body", "body": part, "more_body": not is_last})
                waiting = []
        except (TimeoutError, OSError, RuntimeError):
            logger.info("a client went away before its answer had been sent")
        finally:
            close = getattr(answer, "close", None)
            if close:
                close()


async def _send(send: Send, messages: Iterable[dict[str, Any]]) -> None:
    for message in messages:
        await send(message)


def _with_last(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each part, and whether it is the last; an empty one where there is none."""
    rest = iter(parts)
    part = next(rest, b"")
    for following in rest:
        yield part, False
        part = following
    yield part, True


async def _within(seconds: float, receive: Receive) -> dict[str, Any]:
    try:
        message = await asyncio.wait_for(receive(), max(seconds, 0.001))
    except TimeoutError:
        raise RequestCut(408) from None
    if message["type"] != "http.request":
        # The client has hung up, and reads no answer; or what it sends is cut into chunks that cannot be read.
        raise RequestCut(400)
    return message


async def _refuse(send: Send, status: int) -> None:
    text = TEXTS[status].encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    if status == 503:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text, "more_body": False})


def largest(path: str) -> int:
    return next((most for pattern, most in LARGEST if pattern.match(path)), LARGEST_OTHERS)


def declared_length(scope: Scope) -> int:
    """What the client says that it sends; 0 where it does not say."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else 0


def environment(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as WSGI has it. Raises `ValueError` for headers that are not to be understood."""
    bridge: Any = WsgiToAsgiInstance(None)
    bridge.scope = scope
    environ: dict[str, Any] = bridge.build_environ(scope, io.BytesIO(body))
    environ["CONTENT_LENGTH"] = str(len(body))
    _refuse_no_text(environ.get("CONTENT_TYPE", ""))
    return environ


def _refuse_no_text(content_type: str) -> None:
    """Raise `ValueError` for an encoding that Python knows, but reads no text by: Django fails before any page is asked."""
    charset = parse_header_parameters(content_type)[1].get("charset", "")
    try:
        codecs.lookup(charset)
    except LookupError:
        return  # Django passes over what there is not
    try:
        b"a".decode(charset, "replace")
    except LookupError as no_text:
        raise ValueError("no encoding of text") from no_text


application = Front(wsgi)
