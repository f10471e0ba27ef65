"""Whether the holder or the authority must act on a condition: for its tasks (`registry.licences.states`)."""

from datetime import date

from compliance.inspections.models import OPEN, Inspection, InspectionKind
from registry.licences.models import Condition


def is_to_be_met(condition: Condition, on: date) -> bool:
    """The holder has sent nothing that waits to be checked; late or not, it is the holder's duty."""
    return not _is_unchecked(condition) and not _is_proposed(condition)


def is_to_be_judged(condition: Condition, on: date) -> bool:
    """Evidence waits to be checked, or the day has passed; and no visit is on its way, and nothing is proposed yet."""
    if not (_is_unchecked(condition) or condition.due_on < on):
        return False
    return not _is_proposed(condition) and not _is_visited(condition)


def _is_unchecked(condition: Condition) -> bool:
    sent = condition.evidence.order_by("sent_at").values_list("sent_at", flat=True).last()
    if sent is None:
        return False
    return not condition.desk_checks.filter(checked_at__gte=sent).exists()


def _is_proposed(condition: Condition) -> bool:
    return condition.decisions.filter(is_over=False).exists()


def _is_visited(condition: Condition) -> bool:
    visits = Inspection.objects.filter(
        licence_number=condition.licence.number, kind=InspectionKind.VERIFICATION, status__in=OPEN
    )
    return any(condition.standard in visit.standards for visit in visits)
