"""The ways to look at the list of inspections that everybody is offered, and what its CSV says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from registry.filtersets import Column


def views_of_inspections() -> list[tuple[str | Promise, str]]:
    """What each is called, and its filters."""
    return [
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Overdue"), "overdue=on"),
        (_("Reported, to be confirmed"), "status=reported"),
    ]


def inspection_columns() -> list[Column[Inspection]]:
    return [
        Column(_("Inspection"), lambda row: row.reference),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Organisation"), lambda row: row.organisation.legal_name),
        Column(_("Application"), lambda row: row.application_reference),
        Column(_("Licence"), lambda row: row.licence_number),
        Column(_("Inspector"), lambda row: row.inspector),
        Column(_("Commissioned"), lambda row: row.commissioned_at),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Visited"), lambda row: row.visited_on),
        Column(_("Reported"), lambda row: row.reported_at),
        Column(_("Confirmed"), lambda row: row.confirmed_at),
        Column(_("Status"), lambda row: row.get_status_display()),
    ]
