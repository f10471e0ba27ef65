"""How the list of what could not be delivered is narrowed."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.filtersets import FilterSet
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.pagination import in_order

_NO_ADDRESS = Q(letter__address="")


class UndeliveredFilter(FilterSet[OutboxItem]):
    orders = {"": in_order("made_at", "pk")}

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OutboxKind.choices, empty_label=_("Any"))
    why = django_filters.ChoiceFilter(
        label=_("Why it has not arrived"),
        choices=[
            ("refused", _("Given up")),
            ("no_address", _("No address")),
            ("waiting", _("Waiting to be sent")),
        ],
        empty_label=_("Any reason"),
        method="for_reason",
    )

    def for_reason(self, rows: "QuerySet[OutboxItem]", _field: str, why: str) -> "QuerySet[OutboxItem]":
        reasons = {
            "refused": Q(failed_at__isnull=False),
            "no_address": Q(failed_at=None) & _NO_ADDRESS,
            "waiting": Q(failed_at=None, next_try__isnull=False),
        }
        return rows.filter(reasons[why])
