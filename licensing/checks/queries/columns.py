"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check
from licensing.checks.queries.checks import title_of
from registry.filtersets import CsvColumn


def check_columns(on: date) -> list[CsvColumn[Check]]:
    """Who was asked, when, and what is the matter. What was replied is not among it, whoever asks."""
    return [
        CsvColumn(_("Check"), lambda row: row.reference),
        CsvColumn(_("Case"), lambda row: row.case.reference),
        CsvColumn(_("Organisation"), lambda row: row.organisation.legal_name),
        CsvColumn(_("What is checked"), title_of),
        CsvColumn(_("Authority"), lambda row: row.agency),
        CsvColumn(_("About"), lambda row: row.subject),
        CsvColumn(_("Sent"), lambda row: row.sent_on),
        CsvColumn(_("Due"), lambda row: row.due_on),
        CsvColumn(_("Reminders"), lambda row: sum(one.kind == "chaser" for one in row.askings.all())),
        CsvColumn(_("Overdue"), lambda row: row.is_overdue(on)),
        CsvColumn(_("Reply"), lambda row: row.get_result_display() if row.result else ""),
        CsvColumn(_("Day of the reply"), lambda row: row.replied_on),
    ]
