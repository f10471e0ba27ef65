"""The list of rounds in which businesses are chosen for visits."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.targeting.filters import RoundFilter
from compliance.targeting.queries.rounds import rounds
from registry.worklists import Column, WorkList, due_column

SEES = ("compliance.view_scores", "compliance.commission_inspection")

ROUNDS = WorkList(
    "rounds",
    _("Rounds of choosing"),
    url="staff/targeting/rounds/",
    permission=SEES,
    query=lambda asked, by, at: rounds(asked),
    filters=RoundFilter,
    columns=(
        Column("reference", _("Round"), "reference", link="visit_round"),
        Column("opened_at", _("Opened"), "moment"),
        Column("opened_by", _("Opened by"), "person", under="opened_at", needs=("opened_by",)),
        Column("capacity", _("Visits"), "number"),
        Column("status", _("Status"), "status"),
        due_column(RoundFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s round", "%(how_many)s rounds", "n"),
    nothing=_("There is no such round."),
    template="compliance/targeting/rounds.html",
    has_csv=False,
)
