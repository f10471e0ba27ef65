"""Whether the holder or the authority must act on a condition: for its tasks (`registry.licences.states`)."""

from datetime import date, datetime

from compliance.inspections.models import OPEN, Inspection, InspectionKind
from registry.licences.models import Condition
from registry.overdue import has_passed


def is_to_be_met(condition: Condition, on: date) -> bool:
    """The holder has sent nothing, or what it sent was found wanting; late or not, it is the holder's duty.

    What we have proposed says nothing here: the holder reads of it in our notice, and not from a task that is gone.
    """
    return not is_with_us(condition, on)


def is_with_us(condition: Condition, on: date) -> bool:
    """The holder has sent evidence, and no check has found it wanting."""
    sent = _last_sent(condition)
    return sent is not None and not condition.desk_checks.filter(checked_at__gte=sent, is_met=False).exists()


def is_to_be_judged(condition: Condition, on: date) -> bool:
    """Evidence waits to be checked, or the day has passed; and no visit is on its way, and nothing is proposed yet."""
    if not (_is_unchecked(condition) or has_passed(condition.due_on, on)):
        return False
    return not _is_proposed(condition) and not _is_visited(condition)


def _is_unchecked(condition: Condition) -> bool:
    sent = _last_sent(condition)
    return sent is not None and not condition.desk_checks.filter(checked_at__gte=sent).exists()


def _last_sent(condition: Condition) -> datetime | None:
    return condition.evidence.order_by("sent_at").values_list("sent_at", flat=True).last()


def _is_proposed(condition: Condition) -> bool:
    return condition.decisions.filter(is_over=False).exists()


def _is_visited(condition: Condition) -> bool:
    visits = Inspection.objects.filter(
        licence_number=condition.licence.number, kind=InspectionKind.VERIFICATION, status__in=OPEN
    )
    return any(condition.standard in visit.standards for visit in visits)
