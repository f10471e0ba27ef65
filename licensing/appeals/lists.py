"""The list of appeals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.appeals.filters import AppealFilter
from licensing.appeals.queries import appeals as queries
from licensing.appeals.states import BEING_HEARD
from licensing.decisions.lists import at_once
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList, due_column

SEES = "licensing.view_appeals"


APPEALS = WorkList(
    "appeals",
    _("Appeals"),
    url="staff/appeals/",
    permission=SEES,
    query=lambda asked, by, at: queries.appeals(asked, by=by),
    filters=AppealFilter,
    columns=(
        Column("reference", _("Appeal"), "reference", link="appeal", show=EVERYWHERE),
        Column(
            "number",
            _("Number of the secretariat"),
            show=FILES,
            about="The number that the secretariat gave it",
        ),
        Column("organisation", _("Organisation"), "organisation", heading=_("Appellant"), show=EVERYWHERE),
        Column(
            "subject", _("About"), "reference", value="decision.subject.reference", under="organisation", show=("page",)
        ),
        Column("decision", _("Decision"), "reference", value="decision.reference", show=FILES),
        Column(
            "kind",
            _("Kind"),
            "choice",
            value="decision.kind",
            heading=_("Decision appealed against"),
            show=EVERYWHERE,
            about="Of the decision appealed against",
        ),
        Column("immediate", _("Immediate"), "yes_no", value="decision.immediate", show=FILES),
        Column("at_once", _("Immediate"), value=lambda row, on: at_once(row.decision), under="kind", show=("page",)),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=EVERYWHERE),
        Column("received_on", _("Received"), "day", sort="received", may_be_empty=True, show=EVERYWHERE),
        Column("reply_by", _("Reply by"), "day", sort="reply", may_be_empty=True, show=EVERYWHERE),
        Column("replied_on", _("Replied on"), "day", may_be_empty=True, show=FILES),
        Column("barred_on", _("Barred since"), "day", may_be_empty=True, show=FILES),
        Column("hearing_on", _("Hearing"), "day", may_be_empty=True, show=FILES),
        Column("outcome", _("Outcome"), "status", under="status", show=EVERYWHERE),
        Column("ended_on", _("Ended on"), "day", may_be_empty=True, show=FILES),
        Column(
            "effect_on",
            _("Holds from"),
            "day",
            may_be_empty=True,
            show=FILES,
            about="From when the outcome holds",
        ),
        due_column(AppealFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s appeal", "%(how_many)s appeals", "n"),
    nothing=_("No appeal matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("Told, to be confirmed"), "status=told"),
        (_("Being heard"), "&".join(f"status={status}" for status in BEING_HEARD)),
        (_("To be carried out"), "status=ended"),
    ),
    about=_("Appeals, their next steps and deadlines"),
    preview=RowPreview(),
)
