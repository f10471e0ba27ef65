"""Counts for monitoring, in the text format of Prometheus; no label tells who looked up which business (docs/decisions/0141).

A request is counted by the name of its route, never by its address, and by the class of its answer.
"""

import hmac
import ipaddress
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.ready import with_room
from registry.background_work import queries as background_work
from registry.integrity import head_file
from registry.web.limits import address_of

#: Where processes of one server keep their counts, to be added up by whichever is asked.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
#: What leads to no page: strangers write what they like into it.
NO_ROUTE = "none"
#: One count for all pages of a report: which page was sent when is no business of those who watch.
REPORT = re.compile(r"(?:[a-z-]+/)?report/")

REQUESTS = Counter("registry_requests", "Requests answered", ["route", "status"])
DURATION = Histogram("registry_request_seconds", "Time to answer a request", ["route"], buckets=SECONDS)


class MetricsMiddleware:
    """Around everything else, so that the time is that of the whole answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = with_room(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        response = self.get_response(request)
        _count(request, response.status_code, time.monotonic() - begun)
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the page, and never its address."""
    match = request.resolver_match
    if match and REPORT.match(match.route):
        return "report"
    return (match and match.url_name) or NO_ROUTE


def _count(request: HttpRequest, status: int, seconds: float) -> None:
    route = route_of(request)
    REQUESTS.labels(route, f"{status // 100}xx").inc()
    DURATION.labels(route).observe(seconds)


class StatusCollector(Collector):
    """What `manage.py status` says, at this instant."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        clock = GaugeMetricFamily(
            "registry_clock_right", "Whether the clock is not behind what was told or written before"
        )
        clock.add_metric([], head_file.is_clock_right())
        yield clock
        yield from _gauges(self.at)


def _gauges(at: datetime) -> Iterable[Metric]:
    database = GaugeMetricFamily("registry_database_up", "Whether the database answers")
    try:
        lines = background_work.status(at)
    except (DatabaseError, OSError):
        database.add_metric([], 0)
        return [database]
    database.add_metric([], 1)
    late = GaugeMetricFamily("registry_late", "Whether someone must look at it", labels=["what"])
    ages = GaugeMetricFamily("registry_age_seconds", "How long it has been so", labels=["what"])
    numbers = GaugeMetricFamily("registry_number", "How many there are", labels=["what"])
    for line in lines:
        late.add_metric([line.name], line.is_late)
        if line.seconds is not None:
            ages.add_metric([line.name], line.seconds)
        if line.number is not None:
            numbers.add_metric([line.name], line.number)
    return [database, late, ages, numbers]


def exposition(at: datetime) -> bytes:
    """All counts of this server, whichever of its processes is asked, and the state of the background work."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)
    else:
        for own in (REQUESTS, DURATION):
            registry.register(own)
    registry.register(StatusCollector(at))
    return generate_latest(registry)


def may_read(request: HttpRequest) -> bool:
    """By the token, or from a network that the settings name. Neither is set: no one may."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    address = address_of(request).partition("/")[0]
    return bool(address) and any(
        ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in settings.METRICS_NETWORKS
    )
