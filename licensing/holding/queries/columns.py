"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.holding.models import Change, Transfer
from registry.filtersets import CsvColumn


def transfer_columns() -> list[CsvColumn[Transfer]]:
    return [
        CsvColumn(_("Transfer"), lambda row: row.reference),
        CsvColumn(_("Licence"), lambda row: row.licence.number),
        CsvColumn(_("Holder"), lambda row: row.licence.organisation.legal_name),
        CsvColumn(_("The other business"), lambda row: row.to_name),
        CsvColumn(_("Application"), lambda row: row.application.reference if row.application else ""),
        CsvColumn(_("Asked for"), lambda row: row.asked_at),
        CsvColumn(_("Asked for from"), lambda row: row.from_day),
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
        CsvColumn(_("Licence of the other business"), lambda row: row.became.number if row.became else ""),
    ]


def change_columns(titles: dict[str, str]) -> list[CsvColumn[Change]]:
    return [
        CsvColumn(_("Reference"), lambda row: row.reference),
        CsvColumn(_("Licence"), lambda row: row.licence.number),
        CsvColumn(_("Holder"), lambda row: row.licence.organisation.legal_name),
        CsvColumn(_("What has changed"), lambda row: titles.get(row.kind, row.kind)),
        CsvColumn(_("Told on"), lambda row: row.told_at),
        CsvColumn(_("Days late"), lambda row: row.days_late),
        CsvColumn(_("Open checks"), lambda row: row.open_checks),  # type: ignore[attr-defined]
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
    ]
