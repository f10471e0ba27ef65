"""Orders of materials: the list, who has one now, and what is to be erased."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from registry import schemes
from registry.accounts.models import User
from registry.material_orders.filters import MaterialOrderFilter
from registry.material_orders.models import MaterialOrder
from registry.material_orders.rules import RETAINED
from registry.material_orders.states import MaterialOrderStatus
from registry.retention import queries as retention
from registry.retention.queries import DueErasure


def orders(params: Mapping[str, Any], *, by: User) -> MaterialOrderFilter:
    return MaterialOrderFilter(params, queryset=MaterialOrder.objects.visible_to(by))


def days_to_send(on: date) -> int:
    """Within how many working days an order is sent or declined (tasks.toml)."""
    return schemes.first_in_force(on).tasks.working_days("materialorder.send")


def due_for_erasure(today: date) -> Iterator[DueErasure]:
    """What was sent or declined so long ago that nothing of the person is kept any more."""
    before = retention.ends_before(RETAINED, today)
    if before is None:
        return
    ended = MaterialOrder.objects.exclude(status=MaterialOrderStatus.ORDERED).filter(handled_at__lt=before)
    for one in retention.not_erased(ended, RETAINED).order_by("pk"):
        yield DueErasure(RETAINED, "materialorder", one.reference, one)
