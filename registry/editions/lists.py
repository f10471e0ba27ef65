"""The list of editions of the public statistics."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.editions.filters import EditionFilter
from registry.editions.queries import desk
from registry.editions.rules.quarters import in_words
from registry.editions.states import PUBLISHES
from registry.worklists import Column, WorkList, due_column

EDITIONS = WorkList(
    "editions",
    _("Statistics releases"),
    url="staff/editions/",
    permission=PUBLISHES,
    query=lambda asked, by, at: desk.editions(asked, by=by),
    filters=EditionFilter,
    columns=(
        Column("reference", _("Edition"), "reference", link="edition"),
        Column("quarter", _("Quarter"), value=lambda row, on: in_words(row.code)),
        Column("publish_at", _("Published"), "moment"),
        due_column(EditionFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s release", "%(how_many)s releases", "n"),
    nothing=_("There is nothing on this list yet."),
    template="registry/editions/editions.html",
    about=_("Announce, make, sign and correct the public statistics"),
    has_csv=False,
)
