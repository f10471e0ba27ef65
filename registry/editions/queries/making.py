"""The tables of an edition as they are counted now, of every app that declares some.

An app names its functions in `release_tables` of its configuration, and in `partner_tables` those of finer tables that only
authorities under agreement read. Each is given the last day of the quarter and gives tables.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from registry.disclosure.rules.classes import OF_PEOPLE
from registry.editions.models import Edition
from registry.editions.rules.content import content_of
from registry.editions.tables import ReleaseTable
from registry.trail.models.events import Event

#: What is asked of the background worker, and what ends it.
ASKS, ASKS_TO_CORRECT = "ask_for_tables", "ask_for_correction"
ENDS = ("freeze_tables", "correct_tables", "note_not_made")
Maker = Callable[[date], Iterable[ReleaseTable]]


def makers() -> list[Maker]:
    return _named("release_tables")


def partner_makers() -> list[Maker]:
    return _named("partner_tables")


def _named(tables: str) -> list[Maker]:
    return [import_string(path) for config in apps.get_app_configs() for path in getattr(config, tables, ())]


def counted_now(edition: Edition) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The contents of all tables for the public, and of the finer ones. Raises ValueError where two have one code."""
    public, finer = (
        [content_of(table) for make in made for table in make(edition.last_day)]
        for made in (makers(), partner_makers())
    )
    codes = [content["code"] for content in (*public, *finer)]
    if len(codes) != len(set(codes)):
        raise ValueError(f"two tables have one code: {sorted(codes)}")
    # Of people a finer table is a number under the threshold, by subtraction from the public one.
    if of_people := [content["code"] for content in finer if content["counts"] in OF_PEOPLE]:
        raise ValueError(f"tables of people are not made finer for anyone: {of_people}")
    return public, finer


def asked_for(edition: Edition) -> Event | None:
    """That someone asked for its tables, as long as they are not made."""
    verbs = (ASKS, ASKS_TO_CORRECT, *ENDS)
    about = Event.objects.filter(kind="edition", reference=edition.code, verb__in=verbs)
    newest = about.order_by("-number").first()
    return newest if newest and newest.verb not in ENDS else None
