"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.holding.models import Change, Transfer
from registry.filtersets import Column


def transfer_columns() -> list[Column[Transfer]]:
    return [
        Column(_("Transfer"), lambda row: row.reference),
        Column(_("Licence"), lambda row: row.licence.number),
        Column(_("Holder"), lambda row: row.licence.organisation.legal_name),
        Column(_("The other business"), lambda row: row.to_name),
        Column(_("Application"), lambda row: row.application.reference if row.application else ""),
        Column(_("Asked for"), lambda row: row.asked_at),
        Column(_("Asked for from"), lambda row: row.from_day),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Licence of the other business"), lambda row: row.became.number if row.became else ""),
    ]


def change_columns(titles: dict[str, str]) -> list[Column[Change]]:
    return [
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Licence"), lambda row: row.licence.number),
        Column(_("Holder"), lambda row: row.licence.organisation.legal_name),
        Column(_("What has changed"), lambda row: titles.get(row.kind, row.kind)),
        Column(_("Told on"), lambda row: row.told_at),
        Column(_("Days late"), lambda row: row.days_late),
        Column(_("Open checks"), lambda row: row.open_checks),  # type: ignore[attr-defined]
        Column(_("Status"), lambda row: row.get_status_display()),
    ]
