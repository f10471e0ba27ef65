"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.applications import officer_of
from licensing.phoenix_matches.models import LookAlike
from registry.filtersets import CsvColumn


def look_alike_columns() -> list[CsvColumn[LookAlike]]:
    return [
        CsvColumn(_("Reference"), lambda row: row.reference),
        CsvColumn(_("Applicant or holder"), lambda row: row.organisation.legal_name),
        CsvColumn(_("Is like"), lambda row: row.other.legal_name),
        CsvColumn(_("Points"), lambda row: row.points),
        CsvColumn(_("Strong"), lambda row: row.is_strong),
        CsvColumn(_("Found"), lambda row: row.found_at),
        CsvColumn(_("Age in working days"), lambda row: row.age),
        CsvColumn(_("Case officer"), officer_of),
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
        CsvColumn(_("Judged by"), lambda row: row.closed_by),
    ]
