"""Traces: off unless a collector is named, and without anything that says who looked up which business."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client

from config import telemetry
from config.checks import services
from tests.registry.stories import a_licence

pytestmark = pytest.mark.django_db

NEEDLE = "Zebedee"
needs_extra = pytest.mark.skipif(not find_spec("opentelemetry"), reason="requirements/telemetry.txt is not installed")
#: All that a span may say beside its name, its times and its kind.
SAID = {"http.request.method", "http.route", "http.response.status_code"}


class Collector:
    """Takes what is sent by OTLP over HTTP."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self, *, with_route: str) -> list[Any]:
        """All that came, once this page is among it."""
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest  # noqa: PLC0415

        for _try in range(100):
            sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
            found = [
                span for one in sent for of in one.resource_spans for scope in of.scope_spans for span in scope.spans
            ]
            if any(with_route in span.name for span in found):
                return found
            time.sleep(0.1)
        raise AssertionError(f"no span of {with_route} came")


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    found = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{found.server.server_port}")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    telemetry.tracer.cache_clear()
    yield found
    telemetry.tracer.cache_clear()
    found.server.shutdown()
    found.server.server_close()


@needs_extra
def test_a_span_of_a_look_up_carries_nothing_that_was_typed_and_nothing_of_who_asks(collector: Collector) -> None:
    number = a_licence().number
    browser = Client(headers={"User-Agent": NEEDLE, "Referer": f"https://x.example/{NEEDLE}", "Baggage": f"q={NEEDLE}"})
    browser.post(
        "/check/",
        {"q": NEEDLE},
        headers={"X-Forwarded-For": "203.0.113.77", "Traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"},
    )
    for address in (
        f"/check/?q={NEEDLE}",
        f"/check/{number}/",
        f"/cy/check/{NEEDLE}/",
        f"/api/v1/register?q={NEEDLE}",
        f"/api/v1/register/{number}",
        f"/report/?about={NEEDLE}",
        f"/{NEEDLE}/",
    ):
        browser.get(address)
    browser.get("/accessibility/")

    spans = collector.spans(with_route="accessibility")

    sent = b"".join(collector.bodies).lower()
    for typed in (NEEDLE, number, "203.0.113.77", "select *", "127.0.0.1"):
        assert typed.lower().encode() not in sent, typed
    assert b"\xab" * 16 not in sent
    pages = {span.name for span in spans if span.kind == span.SPAN_KIND_SERVER}
    assert {"POST check", "GET check", "GET entry", "GET register", "GET report", "GET none"} <= pages
    assert {one.key for span in spans for one in span.attributes} == SAID
    assert not any(span.events or span.status.message for span in spans)
    statements = {span.name for span in spans if span.kind == span.SPAN_KIND_CLIENT}
    assert "SELECT default" in statements and all(len(name.split()) == 2 for name in statements)


@needs_extra
def test_a_page_that_fails_says_so_without_its_words(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public_lookup.lookup.views.forms", None)

    assert Client(raise_request_exception=False).post("/check/", {"q": NEEDLE}, follow=True).status_code == 503

    (span,) = [one for one in collector.spans(with_route="POST check") if one.name == "POST check"]
    assert span.status.code == span.status.STATUS_CODE_ERROR
    assert NEEDLE.encode() not in b"".join(collector.bodies)


@pytest.mark.parametrize(
    ("named", "sent_to"),
    [
        ({}, ""),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example"}, "https://c.example"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example", "OTEL_SDK_DISABLED": "true"}, ""),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example", "OTEL_TRACES_EXPORTER": "none"}, ""),
        ({"OTEL_SERVICE_NAME": "registry"}, ""),
    ],
)
def test_it_is_off_unless_a_collector_is_named(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], sent_to: str
) -> None:
    for name, value in named.items():
        monkeypatch.setenv(name, value)

    assert telemetry.endpoint() == sent_to
    if not sent_to:
        with pytest.raises(MiddlewareNotUsed):
            telemetry.TelemetryMiddleware(lambda request: request)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("address", "is_installed", "found"),
    [
        ("", False, []),
        ("https://collector.example", True, []),
        ("http://127.0.0.1:4318", True, []),
        ("http://collector.example", True, ["config.E031"]),
        ("collector.example:4318", False, ["config.E031", "config.E032"]),
    ],
)
def test_a_deploy_check_wants_tls_and_the_library(
    monkeypatch: pytest.MonkeyPatch, address: str, is_installed: bool, found: list[str]
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
    monkeypatch.setattr(services, "find_spec", lambda _name: is_installed or None)

    assert [one.id for one in services.traces_can_be_sent()] == found
