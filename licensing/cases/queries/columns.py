"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import TURN_IN_LISTS
from registry.filtersets import Column


def application_columns() -> list[Column[Application]]:
    return [
        Column(_("Application"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("Scheme"), lambda row: row.scheme),
        Column(_("Renews licence"), lambda row: row.renews.number if row.renews else ""),
        Column(_("Handed in"), lambda row: row.submitted_at),
        Column(_("Age in working days"), lambda row: row.age),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Waiting for"), _turns),
        Column(_("Case officer"), lambda row: row.case_officer),
        Column(_("Fee still to pay"), lambda row: row.still_to_pay),
        Column(_("Open checks"), lambda row: row.open_checks),
        Column(_("Overdue checks"), lambda row: row.overdue_checks),
        Column(_("Messages not read"), lambda row: row.unread_messages),
        Column(_("Closed"), lambda row: row.closed_at),
    ]


def _turns(row: Application) -> str:
    return gettext(" and ").join(str(TURN_IN_LISTS[turn]) for turn in row.turns)
