"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.filtersets import Column
from registry.licences.models import Licence


def licence_columns(today: date) -> list[Column[Licence]]:
    return [
        Column(_("Number"), lambda row: row.number),
        Column(_("Holder"), lambda row: row.organisation.legal_name),
        Column(_("Scheme"), lambda row: row.scheme),
        Column(_("From"), lambda row: row.valid_from),
        Column(_("Last day"), lambda row: row.last_day),
        Column(_("Run out"), lambda row: row.valid_until < today),
        Column(_("Suspended from"), lambda row: row.suspended_from),
        Column(_("Suspended until"), lambda row: row.suspended_until),
        Column(_("Revoked from"), lambda row: row.revoked_from),
        Column(_("Revoked, under appeal since"), lambda row: row.appealed_from),
        Column(_("Surrendered from"), lambda row: row.surrendered_from),
        Column(_("Ended from"), lambda row: row.ended_from),
        Column(_("Open conditions"), lambda row: row.open_conditions),  # type: ignore[attr-defined]
        Column(_("Status"), lambda row: row.held_as(today).label),
    ]
