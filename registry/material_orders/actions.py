"""Order materials on paper, send them or decline, and erase who asked when their time is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.campaigns.queries import is_approved
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.material_orders import letters, rules
from registry.material_orders.models import MaterialOrder
from registry.material_orders.states import HANDLES
from registry.retention.actions import note
from registry.retention.models import ERASED
from registry.tasks.queries import open_task_of
from registry.trail.actions import events as trail


@transaction.atomic
def order_materials(
    *,
    once: str,
    kind: str,
    sheets: int,
    languages: Sequence[str],
    word: str,
    name: str,
    organisation: str,
    address: str,
    email: str,
    language: str,
    by: None,
    at: datetime,
) -> MaterialOrder:
    """Keep an order from the public form. Sent twice, it is kept once. Raises `Refused` (sheets, no_language)."""
    refuse_for(rules.order_blockers(sheets, languages))
    order, is_new = MaterialOrder.objects.get_or_create(
        once=once,
        defaults={
            "reference": new_reference("MO"),
            "kind": kind,
            "sheets": sheets,
            "languages": list(languages),
            "word": word if is_approved(word) else "",
            "name": name.strip(),
            "organisation": organisation.strip(),
            "address": address.strip(),
            "email": email,
            "language": language,
            "ordered_at": at,
        },
    )
    if is_new:
        trail.record(order, "order_materials", by=by, at=at, after=order.status, material=kind, sheets=sheets)
        task = open_task_of(order)
        letters.tell(order, "ordered", day=task.due_on if task else None, at=at)
    return order


@transaction.atomic
def send_materials(order: MaterialOrder, *, by: User, at: datetime) -> MaterialOrder:
    """Note that they are in the post, and say so. Raises `Refused` (wrong_state)."""
    permissions.require(by, HANDLES)
    order = trail.locked(order)
    refuse_for(rules.handle_blockers(order, "send_materials"))
    order = trail.move(order, "send_materials", by=by, at=at, handled_by=by, handled_at=at)
    letters.tell(order, "sent", at=at)
    return order


@transaction.atomic
def decline_materials(order: MaterialOrder, *, because: str, by: User, at: datetime) -> MaterialOrder:
    """Send nothing, and say why. Raises `Refused` (wrong_state, no_reason)."""
    permissions.require(by, HANDLES)
    order = trail.locked(order)
    refuse_for(rules.handle_blockers(order, "decline_materials", because))
    # It is no fact of the event: the trail is kept for good, and words to a person are not.
    order.because = because.strip()
    order.save(update_fields=["because"])
    order = trail.move(order, "decline_materials", by=by, at=at, handled_by=by, handled_at=at)
    letters.tell(order, "declined", because=order.because, at=at)
    return order


@transaction.atomic
def erase_order(order: MaterialOrder, *, rule: str, by: None, at: datetime) -> MaterialOrder:
    """Erase who asked and where it went. What was sent, and how much, stays."""
    order = trail.locked(order)
    held = {field: getattr(order, field) for field in MaterialOrder.PRIVATE if getattr(order, field)}
    note(order, rule=rule, content=held, things=len(held), by=by, at=at)
    for field in held:
        setattr(order, field, "" if field == "email" else ERASED)
    order.save(update_fields=list(held))
    sending.forget(letters.LETTERS, about=[order.reference])
    return order
