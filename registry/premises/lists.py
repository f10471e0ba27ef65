"""The list of premises."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.premises.filters import PremisesFilter
from registry.premises.queries import premises
from registry.worklists import Column, WorkList

PREMISES = WorkList(
    "premises",
    _("Premises"),
    url="staff/premises/",
    permission="registry.view_premises",
    query=lambda asked, by, at: premises(asked, by=by),
    filters=PremisesFilter,
    columns=(
        Column("name", _("Name"), link="one_premises"),
        Column("approval_number", _("Approval number"), "reference"),
        Column("town", _("Town"), value=lambda row, on: row.address.get("town", "")),
        Column("postcode", _("Postcode"), value=lambda row, on: row.address.get("postcode", "")),
        Column("nation", _("Nation"), "choice"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s place", "%(how_many)s places", "n"),
    nothing=_("No premises match these filters. Take one off, or type part of the name."),
    about=_("Places where workers may be supplied, and the providers that supply there"),
)
