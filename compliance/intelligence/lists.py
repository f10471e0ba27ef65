"""The list of intelligence."""

from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.filters import IntelligenceFilter
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.queries.intelligence import intelligence
from registry.worklists import Column, WorkList

READS = "compliance.read_intelligence"


def _released(row: Intelligence) -> str:
    """A file leaves this service: it holds no text that a second person has not released."""
    return row.sanitised_text if row.is_released else gettext("Not released")


INTELLIGENCE = WorkList(
    "intelligence_list",
    _("Intelligence"),
    url="staff/intelligence/",
    permission=READS,
    query=lambda asked, by, at: intelligence(asked, by=by, on=timezone.localdate(at)),
    filters=IntelligenceFilter,
    columns=(
        Column("reference", _("Reference"), "reference", link="intelligence"),
        Column("recorded_at", _("Recorded"), "moment", under="reference"),
        Column("learnt_on", _("Learnt"), "day", show=("csv",)),
        Column("grade", _("Grade"), "reference"),
        Column("conditions", _("Conditions"), value=lambda row, on: ", ".join(row.conditions), show=("csv",)),
        Column(
            "organisations",
            _("Organisations"),
            value=lambda row, on: ", ".join(str(one.organisation) for one in row.subjects.all()),
            show=("csv",),
        ),
        Column("status", _("Status"), "status"),
        Column("sanitised_text", _("Sanitised text"), value=lambda row, on: _released(row), show=("csv",)),
        Column(
            "text_and_organisations",
            _("Sanitised text"),
            value="sanitised_text",
            template="compliance/intelligence/text_cell.html",
            show=("page",),
        ),
    ),
    count_in_words=ngettext_lazy("%(how_many)s piece of intelligence", "%(how_many)s pieces of intelligence", "n"),
    views=((_("All"), ""),),
    template="compliance/intelligence/list.html",
    about=_("Graded intelligence to link and pass on"),
)
