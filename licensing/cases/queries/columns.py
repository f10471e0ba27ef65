"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import TURN_IN_LISTS
from registry.filtersets import CsvColumn


def application_columns() -> list[CsvColumn[Application]]:
    return [
        CsvColumn(_("Application"), lambda row: row.reference),
        CsvColumn(_("Organisation"), lambda row: row.organisation.legal_name),
        CsvColumn(_("Scheme"), lambda row: row.scheme),
        CsvColumn(_("Renews licence"), lambda row: row.renews.number if row.renews else ""),
        CsvColumn(_("Handed in"), lambda row: row.submitted_at),
        CsvColumn(_("Age in working days"), lambda row: row.age),
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
        CsvColumn(_("Waiting for"), _turns),
        CsvColumn(_("Case officer"), lambda row: row.case_officer),
        CsvColumn(_("Fee still to pay"), lambda row: row.still_to_pay),
        CsvColumn(_("Open checks"), lambda row: row.open_checks),
        CsvColumn(_("Overdue checks"), lambda row: row.overdue_checks),
        CsvColumn(_("Messages not read"), lambda row: row.unread_messages),
        CsvColumn(_("Closed"), lambda row: row.closed_at),
    ]


def _turns(row: Application) -> str:
    return gettext(" and ").join(str(TURN_IN_LISTS[turn]) for turn in row.turns)
