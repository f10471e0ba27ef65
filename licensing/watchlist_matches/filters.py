"""What the list of matches with lists can be narrowed by."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.watchlist_matches.models import WatchlistMatch
from licensing.watchlist_matches.states import WatchlistMatchStatus
from registry import filtersets
from registry import search as index
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class WatchlistMatchFilter(DueFilter[WatchlistMatch]):
    orders = {"": in_order("-found_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=WatchlistMatchStatus.choices)

    def __init__(self, asked: Mapping[str, Any], *, matches: "QuerySet[WatchlistMatch]") -> None:
        super().__init__(data=asked, queryset=matches)

    def named(self, rows: "QuerySet[WatchlistMatch]", _field: str, typed: str) -> "QuerySet[WatchlistMatch]":
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        return rows.filter(about | Q(reference=reference_typed(typed)))
