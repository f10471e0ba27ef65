"""The list of outcomes of inspections that licensing must consider."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.findings import queries
from licensing.findings.filters import FindingFilter
from licensing.findings.states import SEES
from registry.worklists import Column, WorkList, due_column

FINDINGS = WorkList(
    "findings",
    _("Outcomes of inspections"),
    url="staff/findings/",
    permission=SEES,
    query=lambda asked, by, at: queries.findings(asked, by=by),
    filters=FindingFilter,
    columns=(
        Column("reference", _("Inspection"), "reference", link="finding"),
        Column("organisation", _("Organisation"), "organisation"),
        Column("licence", _("Licence"), "reference", value="licence.number"),
        Column("application", _("Application"), "reference", value="application.reference"),
        Column("points", _("Points"), "number"),
        Column("critical", _("Critical standards not met"), value=lambda row, on: ", ".join(row.critical)),
        Column("opened_at", _("Confirmed"), "moment"),
        Column("status", _("Status"), "status"),
        due_column(FindingFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s outcome", "%(how_many)s outcomes", "n"),
    views=(
        (_("All"), ""),
        (_("To be considered"), "status=open"),
        (_("No action proposed"), "status=no_action_proposed"),
    ),
    about=_("Inspections that failed or found a critical standard not met"),
)
