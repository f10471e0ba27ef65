"""Licensing for programs of the authority: the lists, cases and actions of the pages, with the same filters and refusals."""

from licensing.appeals.api import router as appeals
from licensing.cases.api.cases import router as cases
from licensing.cases.api.lists import router as lists
from licensing.decisions.api.decisions import router
from licensing.decisions.api.reviews import by_key as decisions
from licensing.holding.api import router as changes
from licensing.inspections.api import router as waivers
from licensing.licences.api import router as licences
from licensing.overrides.api import router as overrides
from licensing.phoenix_matches.api import router as look_alikes
from licensing.requests.api import router as requests

__all__ = [
    "appeals",
    "cases",
    "changes",
    "decisions",
    "licences",
    "lists",
    "look_alikes",
    "overrides",
    "requests",
    "router",
    "waivers",
]
