"""The list of businesses that may return under another name."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.phoenix_matches.filters import LookAlikeFilter
from licensing.phoenix_matches.queries import links as queries
from registry.worklists import EVERYWHERE, FILES, Column, WorkList

SEES_LOOK_ALIKES = "licensing.view_look_alikes"

LOOK_ALIKES = WorkList(
    "look_alikes",
    _("Possible phoenix businesses"),
    url="staff/look-alikes/",
    permission=SEES_LOOK_ALIKES,
    query=lambda asked, by, at: queries.look_alikes(asked, by=by, on=timezone.localdate(at)),
    filters=LookAlikeFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="look_alike", show=EVERYWHERE),
        Column("organisation", _("Applicant or holder"), "organisation", sort="name", show=EVERYWHERE),
        Column("other", _("Is like"), "organisation", show=EVERYWHERE),
        Column("points", _("Points"), "number", show=EVERYWHERE),
        Column("is_strong", _("Strong"), "yes_no", show=FILES, about="No licence is granted before it is judged"),
        Column(
            "status",
            _("Status"),
            "status",
            at_end=True,
            template="licensing/phoenix_matches/status_cell.html",
            show=EVERYWHERE,
        ),
        Column("found_at", _("Found"), "moment", sort="found", show=EVERYWHERE),
        Column("age", _("Age in working days"), "number", heading=_("Age"), show=EVERYWHERE, about="In working days"),
        Column(
            "case_officer",
            _("Case officer"),
            value="officer",
            absent=_("No one yet"),
            may_be_empty=True,
            show=EVERYWHERE,
        ),
        Column("closed_by", _("Judged by"), "person", show=("csv",)),
    ),
    count_in_words=ngettext_lazy("%(how_many)s look-alike", "%(how_many)s look-alikes", "n"),
    nothing=_("No look-alike matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("To be judged"), "status=open"),
        (_("Strong, to be judged"), "status=open&strong=on"),
        (_("Mine, to be judged"), "officer=mine&status=open"),
    ),
    template="licensing/phoenix_matches/officer_matches.html",
    about=_("Businesses that may be linked to one that lost its licence"),
    waiting=lambda user, today: queries.look_alikes_waiting(user),
)
