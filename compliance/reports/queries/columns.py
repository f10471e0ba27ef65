"""The ways to look at the list of inspections that everybody is offered, and what its CSV says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Report
from registry.filtersets import Column


def views_of_reports() -> list[tuple[str | Promise, str]]:
    return [
        (_("All"), ""),
        (_("Not decided"), "decision=undecided"),
        (_("Overdue"), "overdue=on"),
        (_("Waiting for us"), "mine=on"),
    ]


def report_columns() -> list[Column[Report]]:
    """Where each report stands: nothing that anybody wrote, and nobody's name."""
    return [
        Column(_("Report"), lambda row: row.reference),
        Column(_("Received"), lambda row: row.received_at),
        Column(_("How it came"), lambda row: row.get_channel_display()),
        Column(_("Person in danger"), lambda row: row.get_danger_display()),
        Column(_("To be decided by"), lambda row: row.decide_by),
        Column(_("Decision on the report"), lambda row: row.get_decision_display()),
        Column(_("Reporter to be told by"), lambda row: row.tell_by),
        Column(_("Closed"), lambda row: row.closed_at),
        Column(_("Status"), lambda row: row.get_status_display()),
    ]
