"""Traces for OpenTelemetry, off unless the standard `OTEL_…` settings name a collector; they never say who looked up which business.

A span says the name of a route, the method, the class of the answer and how long each statement took: no address, no query, no
words of a statement, and nothing of who asks. So it is made here: what instruments Django elsewhere writes down addresses.
"""

import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponse

from config.environment import BASE_DIR
from config.metrics import route_of
from config.version import version_in

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
#: What a statement is called: its first word, as everything else in it may be what someone typed.
VERB = re.compile(r"\s*([A-Za-z]{1,20})\b")


def endpoint() -> str:
    """Where spans are sent; empty: no one asked for them."""
    is_off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if is_off or os.environ.get("OTEL_TRACES_EXPORTER", "otlp") != "otlp":
        return ""
    return next((os.environ[name] for name in ENDPOINTS if os.environ.get(name)), "")


@cache
def tracer() -> "Tracer":
    """Made at the first request, so that each worker has a thread of its own which sends. Sampling is set by `OTEL_TRACES_SAMPLER`."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - of an extra
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    named = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "registry"), "service.version": version_in(BASE_DIR)}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider.get_tracer("registry")


class TelemetryMiddleware:
    """One trace for each request, around everything else. No trace of a client is gone on with: strangers choose what they send."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not endpoint():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from opentelemetry.context import Context  # noqa: PLC0415
        from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415

        method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "_OTHER"
        options: dict[str, Any] = {"record_exception": False, "set_status_on_exception": False}
        with (
            tracer().start_as_current_span(str(method), Context(), kind=SpanKind.SERVER, **options) as span,
            ExitStack() as stack,
        ):
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_statement))
            response = self.get_response(request)
            route = route_of(request)
            span.update_name(f"{method} {route}")
            span.set_attribute("http.request.method", str(method))
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= 500:
                span.set_status(StatusCode.ERROR)
            return response


def _statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Its first word and which database was asked."""
    from opentelemetry.trace import SpanKind  # noqa: PLC0415

    found = VERB.match(sql)
    name = f"{found[1].upper() if found else 'OTHER'} {context['connection'].alias}"
    with tracer().start_as_current_span(
        name, kind=SpanKind.CLIENT, record_exception=False, set_status_on_exception=False
    ):
        return execute(sql, params, many, context)
