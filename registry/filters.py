"""The base of every FilterSet, and the filters that several lists share."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, TypeVar, cast

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, create_model

from registry import index
from registry.models import Event, Organisation, Premises, User
from registry.models.organisations import LegalStatus
from registry.models.premises import Nation, place_key, postcode_key

# How people type a day into one box; the boxes show the first.
DAYS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]

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


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]
    """A day in one box, for filters; question pages have three."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("help_text", _("For example, 27/3/2026"))
        options.setdefault("widget", forms.TextInput)
        super().__init__(*args, input_formats=DAYS, **options)


class OrganisationFilter(FilterSet[Organisation]):
    q = django_filters.CharFilter(label=_("Name or number"), method="named", max_length=index.LONGEST)
    legal_status = django_filters.ChoiceFilter(label=_("Kind"), choices=LegalStatus.choices, empty_label=_("Any"))
    holds = django_filters.ChoiceFilter(
        label=_("Licences"),
        choices=[("licence", _("Has held a licence")), ("none", _("Has never held a licence"))],
        empty_label=_("Any"),
        method="holding",
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def named(self, rows: "QuerySet[Organisation]", name: str, typed: str) -> "QuerySet[Organisation]":
        """By any of its names, by its reference, or by one of its numbers as they are written."""
        number = typed.replace(" ", "").upper()
        named = {found.subject for found in index.find(typed, index.STAFF)}
        return rows.filter(
            Q(pk__in=named)
            | Q(reference=number)
            | Q(company_number=number)
            | Q(utr=number)
            | Q(vat_number=number)
            | Q(licences__number=number)
        ).distinct()

    def holding(self, rows: "QuerySet[Organisation]", name: str, which: str) -> "QuerySet[Organisation]":
        return rows.exclude(licences=None) if which == "licence" else rows.filter(licences=None)


class PremisesFilter(FilterSet[Premises]):
    q = django_filters.CharFilter(label=_("Name or approval number"), method="named", max_length=index.LONGEST)
    place = django_filters.CharFilter(label=_("Town or local authority"), method="placed", max_length=100)
    postcode = django_filters.CharFilter(label=_("Postcode, or its beginning"), method="in_postcode", max_length=20)
    nation = django_filters.ChoiceFilter(label=_("Nation"), choices=Nation.choices, empty_label=_("Any"))

    class Meta:
        model = Premises
        fields: list[str] = []

    def named(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        """By its name, however it is spelt; an approval number finds what bears it, and nothing that looks like it."""
        found = index.find(typed, Premises.SPACE)
        bearing = [one for one in found if one.kind == "number" and one.how == index.How.EXACT]
        return rows.filter(pk__in={one.subject for one in bearing or found})

    def placed(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        key = place_key(typed)
        return rows.filter(beginning("place", key) | beginning("area", key)) if key else rows.none()

    def in_postcode(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        key = postcode_key(typed)
        return rows.filter(beginning("postcode", key)) if key else rows.none()


def beginning(column: str, key: str) -> Q:
    """Begins with the key: a range, which an index of either engine finds."""
    return Q(**{f"{column}__gte": key, f"{column}__lt": f"{key}\U0010ffff"})


class EventFilter(FilterSet[Event]):
    verb = django_filters.CharFilter(label=_("What was done"), method="exactly", max_length=40)
    kind = django_filters.CharFilter(label=_("To what kind of thing"), method="exactly", max_length=40)
    reference = django_filters.CharFilter(label=_("Its reference or number"), method="about", max_length=40)
    by = django_filters.CharFilter(label=_("By whom: reference or name"), method="done_by", max_length=100)
    since = DayFilter(label=_("From"), method="from_day")
    until = DayFilter(label=_("Until"), method="until_day")

    class Meta:
        model = Event
        fields: list[str] = []

    def exactly(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(**{name: typed.lower().replace(" ", "_" if name == "verb" else "")})

    def about(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(reference__in={typed, typed.upper()})

    def done_by(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(Q(by=typed.upper()) | Q(by_name__icontains=typed))

    def from_day(self, rows: "QuerySet[Event]", name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__gte=_midnight(day))

    def until_day(self, rows: "QuerySet[Event]", name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__lt=_midnight(day + timedelta(days=1)))


class PeopleFilter(FilterSet[User]):
    q = django_filters.CharFilter(label=_("Name or email address"), method="named", max_length=100)
    role = django_filters.ChoiceFilter(label=_("Role"), field_name="groups__name", empty_label=_("Any"))
    access = django_filters.ChoiceFilter(
        label=_("Access"),
        choices=[("now", _("Has access")), ("gone", _("Off-boarded"))],
        empty_label=_("Any"),
        method="having",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, roles: Iterable[tuple[str, str | Promise]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["role"].extra["choices"] = list(roles)

    def named(self, rows: "QuerySet[User]", name: str, typed: str) -> "QuerySet[User]":
        return rows.filter(Q(name__icontains=typed) | Q(email__icontains=typed) | Q(reference__iexact=typed))

    def having(self, rows: "QuerySet[User]", name: str, access: str) -> "QuerySet[User]":
        return rows.filter(is_active=access == "now")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def parameters(name: str, filterset: type[django_filters.FilterSet], **more: Any) -> type[BaseModel]:
    """The filters as the parameters of an endpoint, so that its document describes what the page offers.

    Choices that are known when the program starts are listed; those of a pack are checked when they are used.
    """
    fields: dict[str, Any] = {key: _parameter(one) for key, one in filterset.base_filters.items()}
    return create_model(name, __config__=ConfigDict(extra="ignore"), **fields, **more)


def _parameter(one: django_filters.Filter) -> tuple[Any, Any]:
    described = ": ".join(str(text) for text in (one.label, one.extra.get("help_text")) if text)
    choices = [str(value) for value, _label in one.extra.get("choices", ())]

    def said(schema: dict[str, Any]) -> None:
        # Left out is not the same as empty: programs should not send what they do not ask for.
        schema.pop("default", None)
        if choices:
            schema["enum"] = choices

    return str, Field("", description=described, max_length=one.extra.get("max_length"), json_schema_extra=said)
