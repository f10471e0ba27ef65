"""At night: erase what is due, each on its own; list what needs two people; keep what could not be erased in sight."""

import logging
from collections.abc import Callable
from datetime import datetime, time

from django.utils import timezone

from compliance.retention import actions as compliance_erasures
from licensing.retention import actions
from licensing.retention.models import ErasureBatch, ErasureFailure, ErasureKey
from licensing.retention.queries import approvals
from licensing.retention.queries.approvals import Tonight
from licensing.retention.states import ErasureBatchStatus
from registry.complaints import actions as complaints
from registry.errors import Refused
from registry.jobs import note_refusal
from registry.material_orders import actions as material_orders
from registry.retention import actions as registry_erasures
from registry.retention.queries import DueErasure

logger = logging.getLogger(__name__)


def erase_due(*, at: datetime, most: int | None = None) -> int:
    """Erase what is due now, at most so many; what a hold or an open case keeps is left, and what fails keeps nothing else.

    What failed before is tried once a day, after all else. What needs two people is listed, and erased once both have agreed.
    """
    midnight = datetime.combine(timezone.localdate(at), time.min, tzinfo=timezone.get_default_timezone())
    found = approvals.tonight(timezone.localdate(at), most=most, tried_before=midnight)
    erased = {approvals.key_of(one) for one in (*found.to_erase, *found.again) if _erased(one, at=at)}
    for failure in ErasureFailure.objects.failing():
        if failure.key in erased or (found.is_whole and failure.key not in found.keys):
            actions.settle_failure(failure, by=None, at=at)
    if found.is_whole:
        _list_and_finish(found, still_due=found.keys - erased, at=at)
    return len(erased)


def _list_and_finish(found: Tonight, *, still_due: set[ErasureKey], at: datetime) -> None:
    for batch in ErasureBatch.objects.filter(status=ErasureBatchStatus.APPROVED):
        if not batch.keys & still_due:
            actions.finish_erasure(batch, by=None, at=at)
    # One at a time: what becomes due while it is listed is in the next one.
    if found.to_list and not ErasureBatch.objects.filter(status=ErasureBatchStatus.LISTED).exists():
        actions.list_batch(found.to_list[: approvals.MOST_LISTED], by=None, at=at)


def _erased(due: DueErasure, *, at: datetime) -> bool:
    try:
        _erase(due, at=at)
    except Refused as refused:
        logger.warning("Due to be erased, but kept: %s", due.reference)
        why = " ".join(str(reason) for reason in refused.reasons)
        actions.note_failure(due, why=why, fault="", by=None, at=at)
        return False
    except Exception as error:
        # What cannot be erased keeps nothing else: it is tried again the next night.
        logger.exception("Due to be erased, but failed: %s", due.reference)
        note_refusal(error, at=at)
        actions.note_failure(due, why="", fault=type(error).__name__, by=None, at=at)
        return False
    return True


_OF_REGISTRY: dict[str, Callable[..., object]] = {
    "person": registry_erasures.erase_person,
    "complaint": complaints.erase_complaint,
    "materialorder": material_orders.erase_order,
}


def _erase(due: DueErasure, *, at: datetime) -> None:
    if erase := _OF_REGISTRY.get(due.kind):
        erase(due.subject, rule=due.rule, by=None, at=at)
        return
    match due.kind:
        case "application":
            actions.erase_answers(due.subject, rule=due.rule, by=None, at=at)
        case "dutyreminder":
            actions.erase_reminders(due.subject, by=None, at=at)
        case "consultation":
            registry_erasures.erase_readings(due.subject, by=None, at=at)
        case _:
            compliance_erasures.erase(due.subject, rule=due.rule, by=None, at=at)
