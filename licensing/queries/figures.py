"""What a manager sees of the work. Every figure is counted from the cases, in the moment of asking; the trail says the same."""

from datetime import date

from licensing.queries import backlog, outcomes, times
from licensing.queries.tables import Figure


def figures(on: date, *, scheme: str = "") -> list[Figure]:
    """All that the page shows, in its order: of one scheme, or of all."""
    opened = list(backlog.cases(scheme, on))
    return [
        backlog.backlog(opened, scheme),
        times.begun(scheme, on),
        times.decided(scheme, on),
        outcomes.decisions(scheme, on),
        outcomes.conditions(scheme, on),
        backlog.workload(opened, scheme, on),
    ]


def figure(code: str, on: date, *, scheme: str = "") -> Figure | None:
    """The one that has this name, if any has."""
    return next((one for one in figures(on, scheme=scheme) if one.code == code), None)
