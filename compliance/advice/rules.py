"""Why no advice can be recorded or sent after a visit now."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from compliance.advice.models import Advice
from compliance.advice.states import AdviceWay
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason


def advise_blockers(inspection: Inspection, *, by: User) -> Iterator[Reason]:
    """What was found is confirmed first; only who made the visit, or sees all of them, advises."""
    if inspection.status != InspectionStatus.CONFIRMED or inspection.visited_on is None:
        yield Reason("not_confirmed", _("Advice is recorded once the report of the visit is confirmed."))
    if by.pk != inspection.inspector_id and not by.has_perm("compliance.view_inspections"):
        yield Reason("not_theirs", _("Only the inspector of this inspection or a reviewer may do this."))


def given_blockers(inspection: Inspection, *, way: str, standard: str, text: str) -> Iterator[Reason]:
    if standard not in inspection.standards:
        yield Reason("no_standard", _("Choose a standard of this visit."), "standard")
    elif Advice.objects.filter(inspection=inspection, standard=standard, way=way).exists():
        yield Reason("given_already", _("This advice is recorded already: one for each standard and way."), "standard")
    if way not in AdviceWay.values:
        yield Reason("no_way", _("Choose how the advice is given."), "way")
    if not text.strip():
        yield Reason("no_text", _("Enter the advice."), "text")
