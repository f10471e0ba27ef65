"""What the list of trainings can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.training.models import Training
from compliance.training.states import TrainingStatus
from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class TrainingFilter(DueFilter[Training]):
    """What runs out first is first."""

    orders = {"": in_order("valid_until", "pk")}

    person = django_filters.CharFilter(label=_("Person: reference or name"), method="of_person", max_length=100)
    status = AnyOfFilter(label=_("Status"), choices=TrainingStatus.choices)

    def of_person(self, rows: "QuerySet[Training]", _field: str, typed: str) -> "QuerySet[Any]":
        return rows.filter(person__reference=typed.upper()) | rows.filter(person__name__icontains=typed)
