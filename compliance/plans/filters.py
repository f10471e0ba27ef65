"""What the lists of visits, and of what follows them, can be narrowed by."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.plans.models import PlanQuerySet, VisitPlan
from registry import filtersets
from registry.accounts.models import User
from registry.pagination import in_order


class PlanFilter(filtersets.FilterSet[VisitPlan]):
    orders = {"": in_order("day", "starts", "pk")}

    officer = django_filters.ChoiceFilter(label=_("Inspector"), method="of_officer", empty_label=_("Anybody"))
    region = django_filters.ChoiceFilter(label=_("Region"), empty_label=_("Every region"))

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        plans: "QuerySet[VisitPlan]",
        regions: Iterable[str],
        officers: Iterable[User],
    ) -> None:
        super().__init__(data=asked, queryset=plans)
        self.officers = {officer.reference: officer for officer in officers}
        self.filters["officer"].extra["choices"] = [(key, str(one)) for key, one in self.officers.items()]
        self.filters["region"].extra["choices"] = [(region, region) for region in regions]
        if not self.officers:
            del self.filters["officer"]

    @property
    def narrowed_to(self) -> list[User]:
        """The officers to whom the list is narrowed: one, or all."""
        wanted = self.form.cleaned_data.get("officer") if self.form.is_valid() else ""
        return [self.officers[wanted]] if wanted else list(self.officers.values())

    def of_officer(self, plans: PlanQuerySet, _field: str, who: str) -> "QuerySet[VisitPlan]":
        return plans.of(self.officers[who])
