"""The list of organisations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.organisations.filters import OrganisationFilter
from registry.organisations.queries import organisations
from registry.worklists import Column, WorkList

ORGANISATIONS = WorkList(
    "organisations",
    _("Organisations"),
    url="staff/organisations/",
    permission="registry.view_organisations",
    query=lambda asked, by, at: organisations(asked, by=by),
    filters=OrganisationFilter,
    columns=(
        Column("reference", _("Reference"), "reference", under="legal_name"),
        Column("legal_name", _("Name"), link="organisation"),
        Column(
            "trading_names",
            _("Trading names"),
            value=lambda row, on: "; ".join(row.trading_names),
            under="legal_name",
        ),
        Column("legal_status", _("Kind"), "choice", show=("csv",)),
        Column("company_number", _("Company number"), show=("csv",)),
        Column("town", _("Town"), value=lambda row, on: row.address.get("town", "")),
        Column("postcode", _("Postcode"), value=lambda row, on: row.address.get("postcode", ""), show=("csv",)),
        Column(
            "licences",
            _("Licences"),
            value=lambda row, on: "; ".join(licence.number for licence in row.licences.all()),
        ),
    ),
    count_in_words=ngettext_lazy("%(how_many)s organisation", "%(how_many)s organisations", "n"),
    views=(
        (_("All"), ""),
        (_("Has held a licence"), "holds=licence"),
        (_("Has never held a licence"), "holds=none"),
    ),
    nothing=_("No organisation matches these filters. Take one off, or type part of the name."),
    about=_("Every business that has applied or holds a licence"),
)
