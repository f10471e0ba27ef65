"""The list of inspections."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.inspections.filters import InspectionFilter
from compliance.inspections.queries import inspections as queries
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList

SEES = ("compliance.view_inspections", "compliance.view_own_inspections")

# What is found stays on the page: a finding is relied on once a second person has confirmed it.
INSPECTIONS = WorkList(
    "inspections",
    _("Inspections"),
    url="staff/inspections/",
    permission=SEES,
    query=lambda asked, by, at: queries.inspections(asked, by=by, on=timezone.localdate(at)),
    filters=InspectionFilter,
    columns=(
        Column("reference", _("Inspection"), "reference", under="organisation", show=EVERYWHERE),
        Column("kind", _("Kind"), "choice", under="organisation", show=EVERYWHERE),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=("page", "api")),
        Column("organisation", _("Organisation"), "organisation", link="inspection", sort="name", show=EVERYWHERE),
        Column("case", _("Application"), show=("api",), about="The application that it informs, if any"),
        Column("application", _("Application"), value="application_reference", show=("csv",)),
        Column(
            "licence",
            _("Licence"),
            value="licence_number",
            show=FILES,
            about="The number of the licence that it is about, if any",
        ),
        Column("inspector", _("Inspector"), "person", sort="inspector", may_be_empty=True, show=EVERYWHERE),
        Column("commissioned_at", _("Commissioned"), "moment", show=FILES),
        Column(
            "due_on",
            _("Due"),
            "day",
            sort="due",
            late=lambda row, on: row.is_overdue(on),
            show=EVERYWHERE,
        ),
        Column("visited_on", _("Visited"), "day", may_be_empty=True, show=FILES),
        Column("reported_at", _("Reported"), "moment", may_be_empty=True, show=FILES),
        Column("confirmed_at", _("Confirmed"), "moment", may_be_empty=True, show=FILES),
        Column("status_last", _("Status"), "status", value="status", show=("csv",)),
    ),
    count_in_words=ngettext_lazy("%(how_many)s inspection", "%(how_many)s inspections", "n"),
    nothing=_("No inspection matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Overdue"), "overdue=on"),
        (_("Reported, to be confirmed"), "status=reported"),
    ),
    template="compliance/inspections/officer_inspections.html",
    facts=lambda request, found, at: {"waiting": queries.open_count_for(request.user, timezone.localdate(at))},
    about=_("Visits to make and reports to confirm"),
    preview=RowPreview(),
)
