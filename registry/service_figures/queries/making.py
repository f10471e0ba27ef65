"""The service figures as they are counted now, of every app that declares some in its configuration.

`service_tables` name functions that are given a day and give tables; `service_changes` give what was changed and from when;
`service_cases` are given a quarter and give the cases without names that ended in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from registry.editions.rules.content import content_of
from registry.editions.rules.quarters import before, quarter_on, trend_of
from registry.service_figures.models import ServiceFigures

#: What the file of cases says of each: never a name, a number or a day.
CASE_COLUMNS = (
    "ended",
    "scheme",
    "kind",
    "received",
    "outcome",
    "working_days_until_taken_in_hand",
    "working_days_until_the_end",
)


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One change of a rule or a policy: from which day, what, and why, in each language of the site."""

    on: date
    what: Mapping[str, str]
    why: Mapping[str, str]


def tables_now(day: date) -> list[dict[str, Any]]:
    """The contents of all tables as counted on this day."""
    return [content_of(table) for make in _declared("service_tables") for table in make(day)]


def changes_now(day: date) -> list[dict[str, Any]]:
    """All changes until this day, the newest first."""
    found: list[ServiceChange] = [one for make in _declared("service_changes") for one in make(day)]
    ordered = sorted(found, key=lambda one: (one.on, sorted(one.what.items())), reverse=True)
    return [{"on": one.on.isoformat(), "what": dict(one.what), "why": dict(one.why)} for one in ordered]


def cases_now(day: date) -> list[list[Any]]:
    """The rows of the file of cases, in an order that says nothing of when they came: of the last eight quarters that are over.

    A quarter is counted once: what an earlier file has is taken over as it is. So no two files differ by a single case.
    """
    shown = trend_of(before(quarter_on(day)))
    former = ServiceFigures.objects.filter(day__lte=day).order_by("-day").values_list("day", "cases").first()
    counted_to = before(quarter_on(former[0])) if former else ""
    kept = [row for row in former[1] if row[0] in shown] if former else []
    fresh = [quarter for quarter in shown if quarter > counted_to]
    made = ([*row] for make in _declared("service_cases") for quarter in fresh for row in make(quarter))
    return [*kept, *sorted(made, key=_order)]


def _declared(attribute: str) -> Iterator[Callable[[Any], Iterable[Any]]]:
    # From the top of the house down: first what those ask who wait for a decision.
    for config in reversed(list(apps.get_app_configs())):
        yield from map(import_string, getattr(config, attribute, ()))


def _order(row: list[Any]) -> tuple[str, ...]:
    return tuple(str(value).zfill(6) for value in row)
