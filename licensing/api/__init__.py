"""Licensing for programs of the authority: the lists, cases and actions of the pages, with the same filters and refusals."""

from licensing.api.appeals import router as appeals
from licensing.api.cases import router as cases
from licensing.api.changes import router as changes
from licensing.api.decisions import by_key as decisions
from licensing.api.decisions import router
from licensing.api.licences import router as licences
from licensing.api.lists import router as lists
from licensing.api.look_alikes import router as look_alikes
from licensing.api.waivers import router as waivers

__all__ = ["appeals", "cases", "changes", "decisions", "licences", "lists", "look_alikes", "router", "waivers"]
