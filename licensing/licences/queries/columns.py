"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.filtersets import CsvColumn
from registry.licences.models import Licence


def licence_columns(today: date) -> list[CsvColumn[Licence]]:
    return [
        CsvColumn(_("Number"), lambda row: row.number),
        CsvColumn(_("Holder"), lambda row: row.organisation.legal_name),
        CsvColumn(_("Scheme"), lambda row: row.scheme),
        CsvColumn(_("From"), lambda row: row.valid_from),
        CsvColumn(_("Last day"), lambda row: row.last_day),
        CsvColumn(_("Run out"), lambda row: row.valid_until < today),
        CsvColumn(_("Suspended from"), lambda row: row.suspended_from),
        CsvColumn(_("Suspended until"), lambda row: row.suspended_until),
        CsvColumn(_("Revoked from"), lambda row: row.revoked_from),
        CsvColumn(_("Revoked, under appeal since"), lambda row: row.appealed_from),
        CsvColumn(_("Surrendered from"), lambda row: row.surrendered_from),
        CsvColumn(_("Ended from"), lambda row: row.ended_from),
        CsvColumn(_("Open conditions"), lambda row: row.open_conditions),  # type: ignore[attr-defined]
        CsvColumn(_("Status"), lambda row: row.held_as(today).label),
    ]
