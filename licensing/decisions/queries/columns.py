"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from registry.filtersets import CsvColumn


def decision_columns() -> list[CsvColumn[Decision]]:
    return [
        CsvColumn(_("Decision"), lambda row: row.reference),
        CsvColumn(_("Kind"), lambda row: row.get_kind_display()),
        CsvColumn(_("Immediate"), lambda row: row.immediate),
        CsvColumn(_("Organisation"), lambda row: row.organisation.legal_name),
        CsvColumn(_("About"), lambda row: row.subject.reference),
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
        CsvColumn(_("Proposed"), lambda row: row.proposed_at),
        CsvColumn(_("Proposed by"), lambda row: row.proposed_by),
        CsvColumn(_("Notified"), lambda row: row.notified_at),
        CsvColumn(_("Reply by"), lambda row: row.reply_by),
        CsvColumn(_("Decided"), lambda row: row.decided_at),
        CsvColumn(_("Decided by"), lambda row: row.decided_by),
        CsvColumn(_("Appeal by"), lambda row: row.appeal_by),
    ]
