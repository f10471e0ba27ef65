"""The list of organisations."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.organisations.filters import OrganisationFilter
from registry.organisations.models import Organisation
from registry.organisations.queries import organisations
from registry.worklists import EVERYWHERE, FILES, Column, WorkList


def _numbers(row: Organisation, on: date) -> list[str]:
    return [licence.number for licence in row.licences.all()]


ORGANISATIONS = WorkList(
    "organisations",
    _("Organisations"),
    url="staff/organisations/",
    permission="registry.view_organisations",
    query=lambda asked, by, at: organisations(asked, by=by),
    filters=OrganisationFilter,
    columns=(
        Column("reference", _("Reference"), "reference", under="name", show=EVERYWHERE),
        Column("name", _("Name"), value="legal_name", link="organisation", show=EVERYWHERE),
        Column("trades_as", _("Trading names"), value=lambda row, on: "; ".join(row.trading_names), under="name"),
        Column("trading_names", _("Trading names"), type=list[str], show=("api",)),
        Column("kind", _("Kind"), "choice", value="legal_status", show=FILES),
        Column("company_number", _("Company number"), show=FILES),
        Column("town", _("Town"), value=lambda row, on: row.address.get("town", ""), show=EVERYWHERE),
        Column("postcode", _("Postcode"), value=lambda row, on: row.address.get("postcode", ""), show=FILES),
        Column("has_held", _("Licences"), value=lambda row, on: "; ".join(_numbers(row, on))),
        Column("licences", _("Licences"), value=_numbers, type=list[str], show=("api",)),
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
