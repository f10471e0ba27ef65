"""Licensing for programs of the authority: the lists, cases and actions of the pages, with the same filters and refusals."""

from licensing.api.cases import router as cases
from licensing.api.decisions import by_key as decisions
from licensing.api.decisions import router
from licensing.api.lists import Unreadable
from licensing.api.lists import router as lists

__all__ = ["Unreadable", "cases", "decisions", "lists", "router"]
