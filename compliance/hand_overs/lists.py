"""The list of what was handed over. No text of a report, of intelligence or of a hand-over is on it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.hand_overs import queries
from compliance.hand_overs.filters import HandOverFilter
from compliance.hand_overs.states import SEES
from registry.worklists import Column, WorkList, due_column

HAND_OVERS = WorkList(
    "hand_overs",
    _("Reports and intelligence handed over"),
    url="staff/hand-overs/",
    permission=SEES,
    query=lambda asked, by, at: queries.hand_overs(asked, by=by),
    filters=HandOverFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="hand_over"),
        Column("to", _("Handed over to"), "choice"),
        Column("organisation", _("Organisation"), "organisation"),
        Column("licence_number", _("Licence"), "reference"),
        Column("handed_at", _("Handed over"), "moment"),
        Column("result", _("Result"), value=lambda row, on: row.result_in_words),
        Column("status", _("Status"), "status"),
        due_column(HandOverFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s hand-over", "%(how_many)s hand-overs", "n"),
    views=((_("All"), ""), (_("Waiting for action"), "status=open"), (_("Answered"), "status=answered")),
    about=_("Reports and intelligence that need a visit, a decision or another authority"),
)
