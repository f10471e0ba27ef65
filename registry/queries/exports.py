"""The ways to look at the list of organisations that everybody is offered, and what its CSV says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.filters import Column
from registry.models import Organisation


def views_of_organisations() -> list[tuple[str | Promise, str]]:
    """What each is called, and its filters."""
    return [
        (_("All"), ""),
        (_("Has held a licence"), "holds=licence"),
        (_("Has never held a licence"), "holds=none"),
    ]


def organisation_columns() -> list[Column[Organisation]]:
    return [
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Name"), lambda row: row.legal_name),
        Column(_("Trading names"), lambda row: "; ".join(row.trading_names)),
        Column(_("Kind"), lambda row: row.get_legal_status_display()),
        Column(_("Company number"), lambda row: row.company_number),
        Column(_("Town"), lambda row: row.address.get("town", "")),
        Column(_("Postcode"), lambda row: row.address.get("postcode", "")),
        Column(_("Licences"), lambda row: "; ".join(licence.number for licence in row.licences.all())),
    ]
