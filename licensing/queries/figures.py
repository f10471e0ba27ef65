"""What a manager sees of the work. Every figure is counted from the cases, in the moment of asking; the trail says the same."""

from datetime import date

from django.utils.translation import get_language

from licensing.queries import backlog, outcomes, times
from licensing.queries.tables import Figure
from registry import schemes
from registry.schemes import said


def figures(on: date, *, scheme: str = "") -> list[Figure]:
    """All that the page shows, in its order: of one scheme, or of all."""
    opened = list(backlog.cases(scheme, on))
    return [
        backlog.backlog(opened),
        times.begun(scheme, on),
        times.decided(scheme, on),
        outcomes.decisions(scheme, on),
        outcomes.conditions(scheme, on),
        backlog.workload(opened, scheme, on),
    ]


def figure(code: str, on: date, *, scheme: str = "") -> Figure | None:
    """The one that has this name, if any has."""
    return next((one for one in figures(on, scheme=scheme) if one.code == code), None)


def offered(on: date) -> list[tuple[str, str]]:
    """The schemes that there are, each with its code and its name."""
    return [
        (name, said(schemes.in_force(name, on).title, get_language()))
        for name in schemes.names()
        if min(schemes.versions(name)) <= on
    ]
