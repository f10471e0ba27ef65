"""The list of what must be looked at after a register was taken over."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.take_overs.filters import TakeOverQuestionFilter
from registry.take_overs.queries.take_overs import newest, questions
from registry.take_overs.states import SEES
from registry.worklists import Column, WorkList, due_column

QUESTIONS = WorkList(
    "take_over_questions",
    _("Registers taken over"),
    url="staff/take-overs/",
    permission=SEES,
    query=lambda asked, by, at: questions(asked, by=by),
    filters=TakeOverQuestionFilter,
    columns=(
        Column("reference", _("Question"), "reference", link="take_over_question"),
        Column("organisation", _("Business"), "organisation"),
        Column("kind", _("What to look at"), value="get_kind_display"),
        due_column(TakeOverQuestionFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s question", "%(how_many)s questions", "n"),
    nothing=_("There is nothing on this list yet."),
    template="registry/take_overs/list.html",
    facts=lambda request, found, at: {"take_overs": newest()},
    about=_("What came from another authority: reports of each take-over, and businesses to look at"),
    has_csv=False,
)
