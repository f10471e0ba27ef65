"""What the list of intelligence can be narrowed by."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.intelligence import Intelligence, IntelligenceSubject
from registry import filtersets
from registry import search as index
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order


class IntelligenceFilter(filtersets.FilterSet[Intelligence]):
    orders = {"": in_order("-recorded_at", "-pk")}

    q = django_filters.CharFilter(
        label=_("Words, organisation or reference"), method="saying", max_length=index.LONGEST
    )
    source = django_filters.ChoiceFilter(label=_("Source"), field_name="source_grade", empty_label=_("Any"))
    information = django_filters.ChoiceFilter(
        label=_("Information"), field_name="information_grade", empty_label=_("Any")
    )
    handling = django_filters.ChoiceFilter(label=_("Handling"), empty_label=_("Any"))
    method = django_filters.ChoiceFilter(
        label=_("Method of offenders"), field_name="methods__code", empty_label=_("Any")
    )

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        intelligence: "QuerySet[Intelligence]",
        words: Mapping[str, Iterable[tuple[str, str]]],
    ) -> None:
        """`words`: the codes of the pack with their titles, by the name of the filter."""
        super().__init__(data=asked, queryset=intelligence)
        for name in ("source", "information", "handling", "method"):
            self.filters[name].extra["choices"] = list(words[name])

    def saying(self, rows: "QuerySet[Intelligence]", _field: str, words: str) -> "QuerySet[Intelligence]":
        """In the sanitised text alone: what was heard is not searched, so that a search tells nothing of it (docs/rules.md T11)."""
        found = Q(reference__iexact=words.strip()) | Q(sanitised_text__icontains=words)
        about = IntelligenceSubject.objects.filter(organisation__in=organisation_filters.organisations_found(words))
        return rows.filter(found | Q(pk__in=about.values("intelligence")))
