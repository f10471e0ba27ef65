"""The list of the conditions of all licences."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.conditions.filters import ConditionFilter
from licensing.conditions.queries import work_list as queries
from licensing.decisions.lists import SEES_DECISIONS
from registry.overdue import has_passed
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList


def _is_overdue(row: Any, on: date) -> bool:
    return bool(row.is_with_holder) and has_passed(row.due_on, on)


CONDITIONS = WorkList(
    "conditions",
    _("Conditions"),
    url="staff/conditions/",
    permission=SEES_DECISIONS,
    query=lambda asked, by, at: queries.conditions(asked, by=by, on=timezone.localdate(at)),
    filters=ConditionFilter,
    columns=(
        Column("reference", _("Condition"), "reference", under="requirement", show=EVERYWHERE),
        Column(
            "licence",
            _("Licence"),
            "reference",
            value="licence.number",
            link="staff_licence",
            link_to="licence",
            show=EVERYWHERE,
        ),
        Column(
            "organisation",
            _("Holder"),
            "organisation",
            value="licence.organisation",
            under="licence",
            show=EVERYWHERE,
        ),
        Column("standard", _("Standard"), sort="standard", show=EVERYWHERE),
        Column("requirement", _("Corrective action needed"), letters=120, show=EVERYWHERE),
        Column("imposed_on", _("Imposed on"), "day", show=FILES),
        Column("due_on", _("To be met by"), "day", sort="due", late=_is_overdue, show=EVERYWHERE),
        Column("overdue", _("Overdue"), "yes_no", value=_is_overdue, show=("csv",)),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=EVERYWHERE),
        Column("closed_on", _("Closed"), "day", may_be_empty=True, show=FILES),
        Column(
            "proposed_by",
            _("Proposed by"),
            value=lambda row, on: getattr(row, "officer", None),
            may_be_empty=True,
            show=EVERYWHERE,
        ),
    ),
    count_in_words=ngettext_lazy("%(how_many)s condition", "%(how_many)s conditions", "n"),
    nothing=_("No condition matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("Open"), "status=open"),
        (_("Overdue"), "due=overdue"),
        (_("Due within four weeks"), "due=soon"),
        (_("Mine"), "officer=mine&status=open"),
    ),
    about=_("Conditions on licences, their deadlines, and those overdue"),
    preview=RowPreview(),
)
