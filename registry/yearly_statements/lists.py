"""The list of yearly statements."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.editions.states import PUBLISHES, REVIEWS
from registry.worklists import Column, WorkList, due_column
from registry.yearly_statements.filters import YearlyStatementFilter
from registry.yearly_statements.queries import statements

STATEMENTS = WorkList(
    "yearly_statements",
    _("Yearly statements"),
    url="staff/yearly-statements/",
    permission=(PUBLISHES, REVIEWS),
    query=lambda asked, by, at: statements(asked, by=by),
    filters=YearlyStatementFilter,
    columns=(
        Column("reference", _("Year"), "reference", link="yearly_statement"),
        Column("publish_by", _("Published by"), "day"),
        due_column(YearlyStatementFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s statement", "%(how_many)s statements", "n"),
    nothing=_("There is nothing on this list yet."),
    template="registry/yearly_statements/list.html",
    about=_("What we did in a year, what worked and what changes: write, sign, and give an opinion"),
    has_csv=False,
)
