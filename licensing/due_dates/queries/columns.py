"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.applications import officer_of
from registry.filtersets import CsvColumn


def date_columns() -> list[CsvColumn[Any]]:
    return [
        CsvColumn(_("Day"), lambda row: row.due_on),
        CsvColumn(_("Working days left"), lambda row: row.left),
        CsvColumn(_("What"), lambda row: row.what),
        CsvColumn(_("Rule"), lambda row: f"{row.rule} {row.law}".strip()),
        CsvColumn(_("Organisation"), lambda row: row.about),
        CsvColumn(_("Who must act"), lambda row: row.turn),
        CsvColumn(_("Who sees to it"), officer_of),
    ]
