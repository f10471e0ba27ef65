"""The table of bank holidays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry import web
from registry.accounts.models import User
from registry.filtersets import FilterSet
from registry.holidays import queries
from registry.holidays.filters import HolidayFilter
from registry.worklists import Column, WorkList


def _table(asked: Mapping[str, Any], by: User, at: datetime) -> HolidayFilter:
    return queries.holiday_table(asked, years=queries.holiday_years(), today=timezone.localdate(at))


def _besides(request: web.SignedIn, found: FilterSet[Any], at: datetime) -> Mapping[str, Any]:
    """Which calendars end soon, the years that have begun, and what staff have changed."""
    today = timezone.localdate(at)
    begun = [int(year) for year, _words in found.filters["year"].extra["choices"] if int(year) <= today.year]
    return {"ending": queries.holidays_end(today), "begun": begun, "changes": queries.holiday_changes()}


HOLIDAYS = WorkList(
    "holidays",
    _("Bank holidays"),
    url="staff/holidays/",
    permission="registry.view_holidays",
    query=_table,
    filters=HolidayFilter,
    columns=(
        Column("day", _("Day"), "day", template="registry/holidays/day_cell.html"),
        Column("name", _("Holiday")),
        Column("nation", _("Where"), "choice"),
        Column(
            "remove",
            _("Actions"),
            value="name",
            template="registry/holidays/remove_cell.html",
            permission="registry.edit_holidays",
        ),
    ),
    count_in_words=ngettext_lazy("%(how_many)s holiday", "%(how_many)s holidays", "n"),
    nothing=_("No holiday matches these filters. Take one off."),
    template="registry/holidays/holidays.html",
    facts=_besides,
    has_csv=False,
)
