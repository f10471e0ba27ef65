"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for."""

from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from registry.filtersets import Column


def appeal_columns() -> list[Column[Appeal]]:
    return [
        Column(_("Appeal"), lambda row: row.reference),
        Column(_("Number of the secretariat"), lambda row: row.number),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("Decision"), lambda row: row.decision.reference),
        Column(_("Kind"), lambda row: row.decision.get_kind_display()),
        Column(_("Immediate"), lambda row: row.decision.immediate),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Received"), lambda row: row.received_on),
        Column(_("Reply by"), lambda row: row.reply_by),
        Column(_("Replied on"), lambda row: row.replied_on),
        Column(_("Barred since"), lambda row: row.barred_on),
        Column(_("Hearing"), lambda row: row.hearing_on),
        Column(_("Outcome"), lambda row: row.get_outcome_display()),
        Column(_("Ended on"), lambda row: row.ended_on),
        Column(_("Holds from"), lambda row: row.effect_on),
    ]
