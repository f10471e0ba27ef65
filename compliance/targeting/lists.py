"""The lists of scores, and of rounds in which businesses are chosen for visits."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.targeting.filters import RoundFilter, ScoreFilter
from compliance.targeting.queries.rounds import rounds
from compliance.targeting.queries.scores import scores
from registry.worklists import Column, WorkList, due_column

SEES = ("compliance.view_scores", "compliance.commission_inspection")

SCORES = WorkList(
    "scores",
    _("Choosing visits"),
    url="staff/targeting/",
    permission="compliance.view_scores",
    query=lambda asked, by, at: scores(asked, by=by, on=timezone.localdate(at)),
    filters=ScoreFilter,
    columns=(
        Column(
            "organisation",
            _("Organisation"),
            "organisation",
            value="licence.organisation",
            link="score",
            link_to="licence",
            sort="name",
        ),
        Column("licence", _("Licence number"), "reference", value="licence.number", under="organisation"),
        Column("points", _("Points"), "number", sort="points"),
        Column("gives", _("Signals that give points"), template="compliance/targeting/gives_cell.html"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s licence", "%(how_many)s licences", "n"),
    nothing=_("No licence matches. Take a filter off; a new licence is scored in the night after it was granted."),
    template="compliance/targeting/scores.html",
    about=_("Licence scores and how we choose visits"),
    has_csv=False,
)

ROUNDS = WorkList(
    "rounds",
    _("Rounds of visits"),
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
