"""The tables of an edition as they are counted now, of every app that declares some.

An app names its functions in `release_tables` of its configuration. Each is given the last day of the quarter and gives tables.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from registry.editions.models import Edition
from registry.editions.rules.content import content_of
from registry.editions.tables import ReleaseTable
from registry.trail.models.events import Event

#: What is asked of the background worker, and what ends it.
ASKS, ASKS_TO_CORRECT = "ask_for_tables", "ask_for_correction"
ENDS = ("freeze_tables", "correct_tables", "note_not_made")
Maker = Callable[[date], Iterable[ReleaseTable]]


def makers() -> list[Maker]:
    return [import_string(path) for config in apps.get_app_configs() for path in getattr(config, "release_tables", ())]


def counted_now(edition: Edition) -> list[dict[str, Any]]:
    """The contents of all tables, each once. Raises ValueError where two have one code."""
    contents = [content_of(table) for make in makers() for table in make(edition.last_day)]
    codes = [content["code"] for content in contents]
    if len(codes) != len(set(codes)):
        raise ValueError(f"two tables have one code: {sorted(codes)}")
    return contents


def asked_for(edition: Edition) -> Event | None:
    """That someone asked for its tables, as long as they are not made."""
    verbs = (ASKS, ASKS_TO_CORRECT, *ENDS)
    about = Event.objects.filter(kind="edition", reference=edition.code, verb__in=verbs)
    newest = about.order_by("-number").first()
    return newest if newest and newest.verb not in ENDS else None
