"""The lists of changes that holders report, and of licences that are to pass to another business."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.decisions.lists import SEES_DECISIONS
from licensing.holding.filters import ChangeFilter, TransferFilter
from licensing.holding.queries import changes, transfers
from licensing.holding.states import OPEN_TRANSFERS
from registry.worklists import EVERYWHERE, FILES, Column, WorkList, due_column

SEES_CHANGES = "licensing.view_changes"

CHANGES = WorkList(
    "changes",
    _("Changes"),
    url="staff/changes/",
    permission=SEES_CHANGES,
    query=lambda asked, by, at: changes.changes(asked, by=by),
    filters=ChangeFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="change", show=EVERYWHERE),
        Column("licence", _("Licence"), "reference", value="licence.number", under="organisation", show=EVERYWHERE),
        Column("organisation", _("Holder"), "organisation", value="licence.organisation", show=EVERYWHERE),
        Column("kind", _("What has changed"), show=("api",), about="What has changed, by its code in the pack"),
        Column("title", _("What has changed"), sort="kind"),
        Column("called", _("What has changed"), under="title", show=("page",)),
        Column(
            "told_at",
            _("Told on"),
            "moment",
            sort="told",
            template="licensing/holding/told_cell.html",
            show=EVERYWHERE,
        ),
        Column("days_late", _("Days late"), "number", may_be_empty=True, show=FILES),
        Column("open_checks", _("Open checks"), "number", show=EVERYWHERE),
        Column("status", _("Status"), "status", sort="status", show=EVERYWHERE),
        due_column(ChangeFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s change", "%(how_many)s changes", "n"),
    nothing=_("No change matches. Take a filter off, or look for another name."),
    views=((_("All"), ""), (_("To be looked at"), "status=told"), (_("Told late"), "late=on")),
    about=_("Changes reported by licence holders"),
)


TRANSFERS = WorkList(
    "transfers",
    _("Transfers"),
    url="staff/transfers/",
    permission=SEES_DECISIONS,
    query=lambda asked, by, at: transfers.transfers(asked, by=by),
    filters=TransferFilter,
    columns=(
        Column(
            "reference",
            _("Transfer"),
            "reference",
            template="licensing/holding/transfer_cell.html",
            show=EVERYWHERE,
        ),
        Column("licence", _("Licence"), "reference", value="licence.number", under="organisation", show=EVERYWHERE),
        Column("organisation", _("Holder"), "organisation", heading=_("Licence"), show=EVERYWHERE),
        Column(
            "to_name",
            _("The other business"),
            show=EVERYWHERE,
            about="The other business, as the holder calls it",
        ),
        Column(
            "application",
            _("Application"),
            "reference",
            value="application.reference",
            under="to_name",
            may_be_empty=True,
            show=EVERYWHERE,
            about="Of the other business",
        ),
        Column("from_day", _("Asked for from"), "day", show=EVERYWHERE),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=EVERYWHERE),
        Column("asked_at", _("Asked for"), "moment", sort="asked", show=EVERYWHERE),
        Column(
            "became",
            _("Licence of the other business"),
            value="became.number",
            may_be_empty=True,
            show=FILES,
            about="The licence of the other business",
        ),
        due_column(TransferFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s transfer", "%(how_many)s transfers", "n"),
    nothing=_("No transfer matches. Take a filter off, or look for another name."),
    views=((_("All"), ""), (_("To be decided"), "&".join(f"status={status}" for status in OPEN_TRANSFERS))),
    about=_("Requests to transfer a licence to another business"),
)
