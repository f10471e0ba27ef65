"""What the list of orders of materials can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from registry.filtersets import AnyOfFilter
from registry.material_orders.models import MaterialOrder
from registry.material_orders.states import MaterialOrderStatus, PrintKind
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class MaterialOrderFilter(DueFilter[MaterialOrder]):
    """The newest first."""

    orders = {"": in_order("-ordered_at", "-pk")}

    status = AnyOfFilter(label=_("Status"), choices=MaterialOrderStatus.choices)
    kind = AnyOfFilter(label=_("What"), choices=PrintKind.choices)
