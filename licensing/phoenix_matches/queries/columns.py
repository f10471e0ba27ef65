"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.applications import officer_of
from licensing.phoenix_matches.models import LookAlike
from registry.filtersets import Column


def look_alike_columns() -> list[Column[LookAlike]]:
    return [
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Applicant or holder"), lambda row: row.organisation.legal_name),
        Column(_("Is like"), lambda row: row.other.legal_name),
        Column(_("Points"), lambda row: row.points),
        Column(_("Strong"), lambda row: row.is_strong),
        Column(_("Found"), lambda row: row.found_at),
        Column(_("Age in working days"), lambda row: row.age),
        Column(_("Case officer"), officer_of),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Judged by"), lambda row: row.closed_by),
    ]
