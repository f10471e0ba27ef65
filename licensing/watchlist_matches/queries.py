"""Matches of licence holders with the lists that were read, and whose turn it is to be compared."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.watchlist_matches.filters import WatchlistMatchFilter
from licensing.watchlist_matches.models import Screening, WatchlistMatch, WatchlistMatchQuerySet
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Organisation
from registry.trail.queries import history as happened
from registry.watchlists import queries as watchlists


def matches(params: Mapping[str, Any], *, by: User) -> WatchlistMatchFilter:
    """The matches that this person may see, the newest first."""
    return WatchlistMatchFilter(params, matches=WatchlistMatch.objects.visible_to(by).select_related("organisation"))


def matches_of(organisation: Organisation, *, by: User) -> WatchlistMatchQuerySet:
    """Of one business, the newest first."""
    found = WatchlistMatch.objects.visible_to(by).filter(organisation=organisation)
    return found.select_related("closed_by").order_by("-pk")


def due(night: datetime | None, at: datetime) -> QuerySet[Organisation]:
    """Licence holders not compared since the newest edition was read; by night everyone not compared since it began.

    Applicants are compared by an own check of the registry (`licensing/checks`).
    """
    finished = [edition.finished_at for edition in watchlists.lists_read() if edition.finished_at]
    if not finished:
        return Organisation.objects.none()
    since = max([*finished, night] if night else finished)
    holds = Licence.objects.filter(
        organisation=OuterRef("pk"), status=LicenceStatus.ACTIVE, valid_until__gte=timezone.localdate(at)
    )
    fresh = Screening.objects.filter(organisation=OuterRef("pk"), at__gte=since)
    return Organisation.objects.filter(Exists(holds)).filter(~Exists(fresh)).order_by("pk")


WORDS: happened.Words = {
    "watchlistmatch": {"find": _("Found on a list")},
}
