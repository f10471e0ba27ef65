"""What the list of complaints can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from registry.complaints.models import Complaint
from registry.complaints.states import ComplaintKind, ComplaintStatus
from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class ComplaintFilter(DueFilter[Complaint]):
    """The newest first."""

    orders = {"": in_order("-received_at", "-pk")}

    status = AnyOfFilter(label=_("Status"), choices=ComplaintStatus.choices)
    kind = AnyOfFilter(label=_("What went wrong"), choices=ComplaintKind.choices)
