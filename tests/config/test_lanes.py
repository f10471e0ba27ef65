"""A look-up waits for no other page: not for a file that is read, nor for another machine that a page asks."""

import asyncio
import importlib
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

WAIT = 10.0


@pytest.fixture
def asgi() -> Any:
    """Read only here: what it serves asks the database as soon as it is read."""
    return importlib.import_module("config.asgi")


def asked(front: Any, path: str, body: bytes = b"") -> asyncio.Task[bytes]:
    sent = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: dict[str, Any]) -> None:
        sent.extend(message.get("body", b""))

    async def ask() -> bytes:
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [],
            "http_version": "1.1",
        }
        await front(scope, receive, send)
        return bytes(sent)

    return asyncio.ensure_future(ask())


def a_front(asgi: Any, goes_on: threading.Event) -> Any:
    """All but the look-up wait until they are told to go on."""

    def pages(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith("/check/") or int(environ["CONTENT_LENGTH"]) > asgi.SHORT:
            goes_on.wait(WAIT)
        begin("200 OK", [])
        return [b"answered"]

    return asgi.Front(pages, threads=1)


def test_a_look_up_is_answered_while_other_pages_wait(asgi: Any) -> None:
    goes_on = threading.Event()

    async def story() -> float:
        front = a_front(asgi, goes_on)
        waiting = [asked(front, "/report/", b"x" * 1000) for _nth in range(5)]
        waiting.append(asked(front, "/check/", b"x" * (asgi.SHORT + 1)))
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        assert await asyncio.wait_for(asked(front, "/check/", b"q=harvest"), WAIT / 2) == b"answered"
        took = time.monotonic() - begun
        goes_on.set()
        assert await asyncio.gather(*waiting) == [b"answered"] * 6
        return took

    assert asyncio.run(story()) < WAIT / 4


def test_a_lane_that_hangs_is_seen_while_the_other_goes_on(asgi: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(asgi, "WORK_SECONDS", 0.2)

    async def story() -> list[bool]:
        front = a_front(asgi, goes_on)
        said = [front.goes_on()]
        hanging = asked(front, "/report/")
        await asyncio.sleep(0.3)
        await asked(front, "/check/")
        said.append(front.goes_on())
        goes_on.set()
        await hanging
        return [*said, front.goes_on()]

    assert asyncio.run(story()) == [True, False, True]


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/cy/", "/check/", "/cy/check/HARV0001/", "/c/7KQ2M9XD/", "/verify/", "/badge/HARV0001.svg"),
        *("/api/v1/register", "/api/v1/register/HARV0001", "/health/live"),
    ],
)
def test_what_is_asked_of_the_register_has_a_lane_of_its_own(asgi: Any, path: str) -> None:
    assert asgi.LOOK_UP.match(path)


@pytest.mark.parametrize(
    "path",
    [
        *("/report/", "/cy/report/", "/check/many/", "/check/many/KEY/columns/", "/verify/file/", "/reconcile/"),
        *("/api/v1/check-many", "/how-we-choose/", "/apply/", "/staff/", "/check/HARV0001/poster/poster.pdf"),
    ],
)
def test_what_may_take_long_is_in_the_other(asgi: Any, path: str) -> None:
    assert not asgi.LOOK_UP.match(path)
