"""The list of every open date."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.decisions.lists import SEES_DECISIONS
from licensing.due_dates.filters import DatesFilter
from licensing.due_dates.queries import due as queries
from registry.worklists import EVERYWHERE, FILES, Column, WorkList

DATES_DUE = WorkList(
    "dates_due",
    _("Dates due"),
    url="staff/dates/",
    permission=(SEES_DECISIONS, "compliance.handle_reports"),
    query=lambda asked, by, at: queries.dates(asked, by=by, on=timezone.localdate(at)),
    filters=DatesFilter,
    columns=(
        Column("what", _("What"), value=lambda row, on: str(row.title), show=("api",)),
        Column("about", _("Organisation"), show=("api",)),
        Column("due_on", _("Day"), "day", template="licensing/due_dates/day_cell.html", show=EVERYWHERE),
        Column("working_days_left", _("Working days left"), "number", value="left", show=FILES),
        Column("what_of_which", _("What"), value="what", heading=_("What, and by which rule")),
        Column("rule", _("Rule"), show=("api",)),
        Column(
            "rule_and_law",
            _("Rule"),
            value=lambda row, on: f"{row.rule} {row.law}".strip(),
            under="what_of_which",
        ),
        Column("organisation", _("Organisation"), value="about", template="licensing/due_dates/about_cell.html"),
        Column("waiting_for", _("Who must act"), value=lambda row, on: str(row.turn), show=EVERYWHERE),
        Column("officer", _("Who sees to it"), "person", may_be_empty=True, show=EVERYWHERE),
    ),
    count_in_words=ngettext_lazy("%(how_many)s date", "%(how_many)s dates", "n"),
    nothing=_("No date matches these filters. Take one off."),
    views=(
        (_("All"), ""),
        (_("Mine"), "officer=mine"),
        (_("Overdue"), "state=overdue"),
        (_("Due within a week"), "state=soon"),
    ),
    template="licensing/due_dates/officer_dates_due.html",
    about=_("All open deadlines, overdue first"),
)
