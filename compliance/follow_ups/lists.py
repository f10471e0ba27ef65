"""The list of follow-ups: what businesses are to correct after inspections.

The list of money that workers got because of inspections."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.follow_ups import queries
from compliance.follow_ups.filters import FollowUpFilter, RemedyFilter
from compliance.inspections.lists import SEES
from registry.worklists import Column, RowPreview, WorkList

FOLLOW_UPS = WorkList(
    "follow_ups",
    _("Follow-up actions"),
    url="staff/follow-ups/",
    permission=SEES,
    query=lambda asked, by, at: queries.follow_ups(asked, by=by, on=timezone.localdate(at)),
    filters=FollowUpFilter,
    columns=(
        Column("reference", _("Follow-up actions"), "reference", under="organisation"),
        Column("organisation", _("Organisation"), "organisation", value="inspection.organisation", link="follow_up"),
        Column("inspection", _("Inspection"), "reference", value="inspection.reference", show=("csv",)),
        Column("standard", _("Standard"), show=("csv",)),
        Column("action", _("Corrective action needed"), show=("csv",)),
        Column(
            "what",
            _("Corrective action needed"),
            value=lambda row, on: f"{row.standard}: {row.action}",
            words=21,
            show=("page",),
        ),
        Column(
            "due_on",
            _("Due"),
            "day",
            sort="due",
            late=lambda row, on: row.is_overdue(on),
        ),
        Column("status", _("Status"), "status", sort="status"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s follow-up action", "%(how_many)s follow-up actions", "n"),
    nothing=_("No follow-up actions match."),
    views=(
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Overdue"), "overdue=on"),
        (_("Follow-up actions"), "status=open"),
    ),
    template="compliance/follow_ups/officer_follow_ups.html",
    about=_("Corrective action after inspections, and money recovered for workers"),
    preview=RowPreview(),
)


SEES_ALL = "compliance.view_inspections"


REMEDIES = WorkList(
    "remedies",
    _("Money recovered for workers"),
    url="staff/remedies/",
    permission=SEES_ALL,
    query=lambda asked, by, at: queries.remedies(asked, by=by),
    filters=RemedyFilter,
    columns=(
        Column("reference", _("Remedy"), "reference", under="organisation"),
        Column(
            "organisation",
            _("Organisation"),
            "organisation",
            value="inspection.organisation",
            template="compliance/follow_ups/remedy_cell.html",
        ),
        Column("kind", _("What the workers got"), "choice"),
        Column("workers", _("Workers"), "number"),
        Column("pounds", _("Pounds"), "money", heading=_("Amount"), sort="pence"),
        Column("recorded_at", _("Written down"), "moment", show=("csv",)),
        Column(
            "confirmed_at",
            _("Confirmed"),
            "moment",
            template="compliance/follow_ups/confirmed_cell.html",
            needs=("confirmed_by",),
        ),
        Column("turned_down_because", _("Turned down"), show=("csv",)),
    ),
    count_in_words=ngettext_lazy("%(how_many)s entry", "%(how_many)s entries", "n"),
    nothing=_("Nothing matches."),
    views=((_("All"), ""), (_("Not confirmed yet"), "waiting=on")),
    template="compliance/follow_ups/officer_remedies.html",
    facts=lambda request, found, at: {"sums": queries.sums(found.found())},
    about=_("Wages and other money, confirmed by a second person"),
)
