"""What the list of sharing with guarded authorities can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingStatus, SharingWay
from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class SharingFilter(DueFilter[GuardedSharing]):
    orders = {"": in_order("-asked_at", "-pk")}

    status = AnyOfFilter(label=_("Status"), choices=SharingStatus.choices)
    way = AnyOfFilter(label=_("How it is shared"), choices=SharingWay.choices)
