"""The list of reports."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.reports.filters.reports import ReportFilter
from compliance.reports.queries import reports as queries
from registry import web
from registry.filtersets import FilterSet
from registry.worklists import Column, RowPreview, WorkList

HANDLES = "compliance.handle_reports"


def _waiting(request: web.SignedIn, found: FilterSet[Any], at: datetime) -> dict[str, int]:
    waiting = queries.reports_waiting_for(request.user)
    return {"waiting": waiting, "overdue": queries.reports_overdue(request.user, at=at)}


# The CSV says where each report is: nothing that anyone wrote, and no one's name.
REPORTS = WorkList(
    "staff_reports",
    _("Reports"),
    url="staff/reports/",
    permission=HANDLES,
    query=lambda asked, by, at: queries.reports(asked, by=by, at=at),
    filters=ReportFilter,
    columns=(
        Column("reference", _("Report"), "reference", link="staff_report"),
        Column(
            "about",
            _("About"),
            value=lambda row, on: row.about_name or row.about_number,
            under="reference",
            letters=60,
            show=("page",),
        ),
        Column("received_at", _("Received"), "moment"),
        Column("channel", _("How it came"), "choice", show=("csv",)),
        Column(
            "danger",
            _("Person in danger"),
            "choice",
            heading=_("Danger"),
            template="compliance/reports/danger_cell.html",
        ),
        Column("due", _("Due"), value="pk", template="compliance/reports/due_cell.html", show=("page",)),
        Column("decide_by", _("To be decided by"), "moment", show=("csv",)),
        Column("decision", _("Decision on the report"), "choice", under="status"),
        Column("tell_by", _("Reporter to be told by"), "moment", show=("csv",)),
        Column("closed_at", _("Closed"), "moment", show=("csv",)),
        Column("status", _("Status"), "status"),
        Column(
            "new_message",
            _("New message"),
            value=lambda row, on: _("New message") if row.authority_wrote_last is False else "",
            under="status",
            show=("page",),
        ),
    ),
    count_in_words=ngettext_lazy("%(how_many)s report", "%(how_many)s reports", "n"),
    nothing=_("No report matches. Take a filter off, or look for other words."),
    views=(
        (_("All"), ""),
        (_("Not decided"), "decision=undecided"),
        (_("Overdue"), "overdue=on"),
        (_("Waiting for us"), "mine=on"),
    ),
    template="compliance/reports/officer_reports.html",
    facts=_waiting,
    about=_("Reports from the public, and our replies"),
    preview=RowPreview(more="compliance/reports/preview.html"),
)
