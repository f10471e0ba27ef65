"""Reads with a name."""

from datetime import date

from registry.models import Event, Holiday, Organisation
from registry.models.history import EventQuerySet


def holidays(nation: str) -> frozenset[date]:
    """The days that are not working days in this nation, for `registry.workdays`."""
    return frozenset(Holiday.objects.filter(nation=nation).values_list("day", flat=True))


def history_of(*things: tuple[str, str]) -> EventQuerySet:
    """What was done to these things (kind, reference), newest first."""
    return Event.objects.of(things)


def organisation_file(reference: str) -> Organisation:
    return Organisation.objects.prefetch_related("roles__person", "licences__conditions", "premises").get(
        reference=reference
    )
