"""What the look-up answers to programs: the same questions as its pages, and the same answers. No key, no cookie."""

from public_lookup.api.lists import router as lists
from public_lookup.api.register import feed, router

__all__ = ["feed", "lists", "router"]
