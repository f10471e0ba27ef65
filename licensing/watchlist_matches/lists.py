"""The list of licence holders who may be on a published list. Who is meant is read on the page of a match, which notes who reads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.watchlist_matches import queries
from licensing.watchlist_matches.filters import WatchlistMatchFilter
from licensing.watchlist_matches.states import SEES
from registry.worklists import Column, WorkList, due_column

WATCHLIST_MATCHES = WorkList(
    "watchlist_matches",
    _("Matches with sanctions and other lists"),
    url="staff/watchlist-matches/",
    permission=SEES,
    query=lambda asked, by, at: queries.matches(asked, by=by),
    filters=WatchlistMatchFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="watchlist_match"),
        Column("organisation", _("Licence holder"), "organisation"),
        Column("list_title", _("List")),
        Column("found_at", _("Found"), "moment"),
        Column("status", _("Status"), "status"),
        due_column(WatchlistMatchFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s match", "%(how_many)s matches", "n"),
    views=(
        (_("All"), ""),
        (_("To be judged"), "status=match_found"),
        (_("Confirmed, action to consider"), "status=match_confirmed"),
    ),
    about=_("Licence holders whose people or company may be on a list"),
)
