"""The base of every FilterSet, and the filters that several lists share."""

from typing import Any, Generic, TypeVar, cast

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from registry import index

Row = TypeVar("Row", bound=Model)


class FilterSet(django_filters.FilterSet, Generic[Row]):  # type: ignore[misc]
    """One set of filters for a page, its CSV and its endpoint. `.form` is what was typed; `.found()` is what it leaves."""

    def found(self) -> "QuerySet[Row]":
        """The rows that are left; none when something typed cannot be read, so that no filter is passed over in silence."""
        if self.is_bound and not self.form.is_valid():
            return cast("QuerySet[Row]", self.queryset.none())
        return cast("QuerySet[Row]", self.qs)


class NameFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Rows of organisations whose names are like the text. `field_name` is the way to the organisation, "pk" on its own list."""

    def __init__(self, field_name: str = "pk", **options: Any) -> None:
        options.setdefault("label", _("Name"))
        options.setdefault("max_length", index.LONGEST)
        super().__init__(field_name=field_name, **options)

    def filter(self, rows: "QuerySet[Row]", text: str | None) -> "QuerySet[Row]":
        if not text:
            return rows
        found = index.find(text, index.STAFF)
        return rows.filter(**{f"{self.field_name}__in": {one.subject for one in found}})
