"""The list of licences."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.licences.filters import LicenceFilter
from licensing.licences.queries import work_list as queries
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList

SEES_LICENCES = "registry.view_licences"

LICENCES = WorkList(
    "staff_licences",
    _("Licences"),
    url="staff/licences/",
    permission=SEES_LICENCES,
    query=lambda asked, by, at: queries.licences(asked, by=by, on=timezone.localdate(at)),
    filters=LicenceFilter,
    columns=(
        Column("number", _("Number"), "reference", link="staff_licence", sort="number", show=EVERYWHERE),
        Column("organisation", _("Holder"), "organisation", sort="name", show=EVERYWHERE),
        Column("scheme", _("Scheme"), show=FILES),
        Column("status", _("Status"), "status", show=("api",)),
        Column("valid_from", _("From"), "day", show=EVERYWHERE),
        Column("valid_until", _("Last day"), "day", show=("api",)),
        Column("suspended_from", _("Suspended from"), "day", may_be_empty=True, show=FILES),
        Column("suspended_until", _("Suspended until"), "day", may_be_empty=True, show=FILES),
        Column("revoked_from", _("Revoked from"), "day", may_be_empty=True, show=FILES),
        Column(
            "appealed_from",
            _("Revoked, under appeal since"),
            "day",
            may_be_empty=True,
            show=FILES,
            about="Revoked, and licensed until the appeal is decided",
        ),
        Column("surrendered_from", _("Surrendered from"), "day", may_be_empty=True, show=FILES),
        Column("ended_from", _("Ended from"), "day", may_be_empty=True, show=FILES),
        Column(
            "last_day",
            _("Last day"),
            "day",
            sort="until",
            show=EVERYWHERE,
            about="The last day with it: of its term, or before it is taken away, given up or ended",
        ),
        Column("run_out", _("Run out"), "yes_no", value=lambda row, on: row.valid_until < on, show=("csv",)),
        Column("open_conditions", _("Open conditions"), "number", show=EVERYWHERE),
        Column("held_as", _("Status"), "status", value=lambda row, on: row.held_as(on), sort="status"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s licence", "%(how_many)s licences", "n"),
    nothing=_("No licence matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("In force today"), "term=in_force"),
        (_("Suspended today"), "term=suspended"),
        (_("With open conditions"), "conditions=on"),
        (_("Failed inspection, not considered"), "findings=on"),
        (_("Run out and not ended"), "term=run_out&status=active"),
    ),
    about=_("Every licence, with its conditions"),
    preview=RowPreview(key="number"),
)
