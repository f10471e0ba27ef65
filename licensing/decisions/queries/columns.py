"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from registry.filtersets import Column


def decision_columns() -> list[Column[Decision]]:
    return [
        Column(_("Decision"), lambda row: row.reference),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Immediate"), lambda row: row.immediate),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("About"), lambda row: row.subject.reference),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Proposed"), lambda row: row.proposed_at),
        Column(_("Proposed by"), lambda row: row.proposed_by),
        Column(_("Notified"), lambda row: row.notified_at),
        Column(_("Reply by"), lambda row: row.reply_by),
        Column(_("Decided"), lambda row: row.decided_at),
        Column(_("Decided by"), lambda row: row.decided_by),
        Column(_("Appeal by"), lambda row: row.appeal_by),
    ]
