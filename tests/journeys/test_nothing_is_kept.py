"""Every page for everybody, in a browser: no cookie, nothing in any store, no other site, and no line that says who was asked about."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from config.logs import Unlogged
from tests.public_lookup.stories import a_holder, an_applicant

pytestmark = pytest.mark.browser

NAME = "Zyxomma Hands Ltd"
KEPT = """async () => ({
  storage: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: 'caches' in window ? (await caches.keys()).length : 0,
  workers: 'serviceWorker' in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  cookies: document.cookie,
})"""
NOTHING = {"storage": 0, "databases": 0, "caches": 0, "workers": 0, "cookies": ""}


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url)
    yield context
    context.close()


def test_no_page_for_everybody_keeps_anything_or_asks_anybody_else(
    context: BrowserContext, live_server: LiveServer
) -> None:
    licence, applicant = a_holder(NAME), an_applicant().number
    number, code = licence.number, licence.listing.code
    page, asked = context.new_page(), set[str]()
    context.on("request", lambda request: asked.add(request.url.partition("?")[0]))

    for address in [
        "/", "/check/", "/check/?q=zyxoma", f"/check/{number}/", f"/check/{applicant}/", f"/check/{number}/?at=2026-11-02",
        "/check/ABCD0009/", f"/c/{code}/", "/c/QQQQQQQQ/", "/verify/", "/report/", f"/report/?about={number}",
        "/report/mailbox/", "/check/private/", "/check/poster/", f"/follow/?number={number}", "/cy/check/", "/uk/check/", "/nowhere/",
    ]:  # fmt: skip
        page.goto(address)
        assert page.evaluate(KEPT) == NOTHING, address
        assert context.cookies() == [], address

    assert asked
    assert {url for url in asked if not url.startswith((f"{live_server.url}/", "data:"))} == set()


def test_no_log_says_whom_a_worker_asked_about(
    context: BrowserContext, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that the process writes, by the log as the service sets it up, down to what is told of each request."""
    number = a_holder(NAME).number
    console: Any = next(one for one in logging.root.handlers if any(isinstance(f, Unlogged) for f in one.filters))
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)
    for name in ("", "django", "django.request", "django.server"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.INFO)
    logging.getLogger("django").manager._clear_cache()  # type: ignore[attr-defined]
    page = context.new_page()

    page.goto("/check/")
    page.get_by_label("Name or licence number").fill("zyxomma hands")
    page.get_by_role("button", name="Search the register").click()
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    for address in (
        "/check/?q=zyxomma",
        "/check/zyxomma/",
        "/api/v1/register?q=zyxomma&sector=none",
        "/nowhere/?q=zyxomma",
    ):
        page.goto(address)
    monkeypatch.undo()
    logging.getLogger("django").manager._clear_cache()  # type: ignore[attr-defined]

    said = (written.getvalue() + "".join(capfd.readouterr())).lower()
    assert "/nowhere/" in said  # what is written at all
    assert "zyxomma" not in said
    assert number.lower() not in said
