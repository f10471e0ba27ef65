"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check
from licensing.checks.queries.checks import title_of
from registry.filtersets import Column


def check_columns(on: date) -> list[Column[Check]]:
    """Who was asked, when, and what is the matter. What was replied is not among it, whoever asks."""
    return [
        Column(_("Check"), lambda row: row.reference),
        Column(_("Case"), lambda row: row.case.reference),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("What is checked"), title_of),
        Column(_("Authority"), lambda row: row.agency),
        Column(_("About"), lambda row: row.subject),
        Column(_("Sent"), lambda row: row.sent_on),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Reminders"), lambda row: sum(one.kind == "chaser" for one in row.askings.all())),
        Column(_("Overdue"), lambda row: row.is_overdue(on)),
        Column(_("Reply"), lambda row: row.get_result_display() if row.result else ""),
        Column(_("Day of the reply"), lambda row: row.replied_on),
    ]
