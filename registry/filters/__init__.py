"""The base of every FilterSet, and what the lists of the registry can be narrowed by. Import from here."""

from registry.filters.base import (
    COUNTED,
    DAYS,
    SEARCH,
    SEARCHED,
    SIZE,
    STRETCH,
    AnyOfFilter,
    Column,
    DayFilter,
    FilterSet,
    Page,
    beginning,
    midnight,
)
from registry.filters.endpoints import parameters
from registry.filters.finding import looked_for_once, organisations_found
from registry.filters.lists import (
    ConflictFilter,
    EventFilter,
    HolidayFilter,
    OrganisationFilter,
    PeopleFilter,
    PremisesFilter,
    UndeliveredFilter,
)
from registry.models.lists import in_order

__all__ = [
    "COUNTED", "DAYS", "SEARCH", "SEARCHED", "SIZE", "STRETCH",
    "AnyOfFilter", "Column", "ConflictFilter", "DayFilter", "EventFilter", "FilterSet", "HolidayFilter", "OrganisationFilter", "Page",
    "PeopleFilter", "PremisesFilter", "UndeliveredFilter",
    "beginning", "in_order", "looked_for_once", "midnight", "organisations_found", "parameters",
]  # fmt: skip
