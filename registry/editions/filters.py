"""What the list of editions can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from registry.editions.models import Edition
from registry.editions.states import EditionStatus
from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class EditionFilter(DueFilter[Edition]):
    """The newest quarter first."""

    orders = {"": in_order("-first_day", "-pk")}

    status = AnyOfFilter(label=_("Status"), choices=EditionStatus.choices)
