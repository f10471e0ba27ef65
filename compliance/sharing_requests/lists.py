"""The list of what is asked to be shared, and was shared, with guarded authorities. No text that is shared is on it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.guarded_sharing.states import SEES, SharingStatus
from compliance.sharing_requests.filters import SharingFilter
from compliance.sharing_requests.queries import sharings as queries
from registry.worklists import Column, WorkList, due_column

GUARDED_SHARINGS = WorkList(
    "guarded_sharings",
    _("Sharing with guarded authorities"),
    url="staff/guarded-sharing/",
    permission=SEES,
    query=lambda asked, by, at: queries.sharings(asked, by=by),
    filters=SharingFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="guarded_sharing"),
        Column("way", _("How it is shared"), "choice", under="reference"),
        Column("agency", _("Authority"), value=lambda row, on: row.agency.name),
        Column("asked_by", _("Asked by"), "person"),
        Column("asked_at", _("Asked"), "moment", under="asked_by"),
        Column("ended_by", _("Decided by"), "person"),
        Column("shared_at", _("Shared"), "moment"),
        Column("status", _("Status"), "status", at_end=True),
        due_column(SharingFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s request to share", "%(how_many)s requests to share", "n"),
    views=(
        (_("All"), ""),
        (_("Waiting"), f"status={SharingStatus.ASKED}"),
        (_("Shared"), f"status={SharingStatus.SHARED}"),
    ),
    about=_("What may be shared with authorities that take a lawful basis and a second person"),
)
