"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.applications import officer_of
from registry.filtersets import Column


def date_columns() -> list[Column[Any]]:
    return [
        Column(_("Day"), lambda row: row.due_on),
        Column(_("Working days left"), lambda row: row.left),
        Column(_("What"), lambda row: row.what),
        Column(_("Rule"), lambda row: f"{row.rule} {row.law}".strip()),
        Column(_("Organisation"), lambda row: row.about),
        Column(_("Who must act"), lambda row: row.turn),
        Column(_("Who sees to it"), officer_of),
    ]
