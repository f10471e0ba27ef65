"""The list of trainings: who was trained when, and what runs out."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.training import queries
from compliance.training.filters import TrainingFilter
from compliance.training.states import RECORDS
from registry.worklists import Column, WorkList, due_column

TRAININGS = WorkList(
    "trainings",
    _("Training of staff"),
    url="staff/training/",
    permission=RECORDS,
    query=lambda asked, by, at: queries.trainings(asked, by=by),
    filters=TrainingFilter,
    columns=(
        Column("reference", _("Training"), "reference", link="training"),
        Column("person", _("Person"), "person"),
        Column("kind", _("What"), value=queries.title_of),
        Column("on", _("Day"), "day"),
        Column("valid_until", _("Valid until"), "day"),
        due_column(TrainingFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s training", "%(how_many)s trainings", "n"),
    nothing=_("There is nothing on this list yet."),
    template="compliance/training/trainings.html",
    about=_("Who was trained when, and which training runs out"),
    has_csv=False,
)
