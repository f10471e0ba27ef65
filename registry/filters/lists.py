"""What the lists of the registry can be narrowed by."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import index
from registry.filters.base import SEARCH, SEARCHED, DayFilter, FilterSet, beginning, midnight
from registry.filters.finding import organisations_found
from registry.models import (
    Calendar,
    Conflict,
    Event,
    Holiday,
    Letter,
    Licence,
    Organisation,
    Premises,
    User,
)
from registry.models.lists import in_order
from registry.models.organisations import LegalStatus
from registry.models.premises import Nation, place_key, postcode_key


class OrganisationFilter(FilterSet[Organisation]):
    orders = {"": in_order("legal_name", "pk")}

    q = django_filters.CharFilter(label=SEARCH, help_text=SEARCHED, method="named", max_length=index.LONGEST)
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
        """By anything by which an organisation is found, or by its reference."""
        reference = typed.replace(" ", "").upper()
        own = Organisation.objects.filter(reference=reference).values_list("pk", flat=True)
        return rows.filter(pk__in={*organisations_found(typed), *own})

    def holding(self, rows: "QuerySet[Organisation]", name: str, which: str) -> "QuerySet[Organisation]":
        held = Exists(Licence.objects.filter(organisation=OuterRef("pk")))
        return rows.filter(held if which == "licence" else ~held)


class PremisesFilter(FilterSet[Premises]):
    orders = {"": in_order("name", "pk")}

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


class HolidayFilter(FilterSet[Holiday]):
    """The next holiday first; a year that is chosen is shown whole, and without one those that are past are left out."""

    orders = {"": in_order("day", "pk")}

    calendar = django_filters.ChoiceFilter(
        label=_("Part of the United Kingdom"), field_name="nation", choices=Calendar.choices, empty_label=_("Any")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="day__year", empty_label=_("From today on"))

    class Meta:
        model = Holiday
        fields: list[str] = []

    def __init__(self, *args: Any, years: Iterable[int], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def filter_queryset(self, queryset: "QuerySet[Holiday]") -> "QuerySet[Holiday]":
        rows = cast("QuerySet[Holiday]", super().filter_queryset(queryset))
        return rows if self.form.cleaned_data["year"] else rows.filter(day__gte=self.today)


class EventFilter(FilterSet[Event]):
    orders = {"": in_order("-number")}

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
        return rows.filter(at__gte=midnight(day))

    def until_day(self, rows: "QuerySet[Event]", name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))


class PeopleFilter(FilterSet[User]):
    orders = {"": in_order("name", "email", "pk")}

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


class ConflictFilter(FilterSet[Conflict]):
    orders = {"": in_order("-declared_at", "-pk")}

    q = django_filters.CharFilter(label=_("Name of the officer"), method="named", max_length=100)
    over = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=[("no", _("In force")), ("yes", _("Over"))],
        empty_label=_("Any"),
        method="is_over",
    )

    class Meta:
        model = Conflict
        fields: tuple[str, ...] = ()

    def named(self, rows: "QuerySet[Conflict]", name: str, typed: str) -> "QuerySet[Conflict]":
        return rows.filter(Q(officer__name__icontains=typed) | Q(officer__reference__iexact=typed))

    def is_over(self, rows: "QuerySet[Conflict]", name: str, over: str) -> "QuerySet[Conflict]":
        return rows.filter(until__isnull=over == "no")


class UndeliveredFilter(FilterSet[Letter]):
    orders = {"": in_order("at", "pk")}

    why = django_filters.ChoiceFilter(
        label=_("Why it has not arrived"),
        choices=[
            ("refused", _("Refused for good")),
            ("no_address", _("No address")),
            ("waiting", _("Still being tried")),
        ],
        empty_label=_("Any reason"),
        method="for_reason",
    )

    class Meta:
        model = Letter
        fields: tuple[str, ...] = ()

    def for_reason(self, rows: "QuerySet[Letter]", _field: str, why: str) -> "QuerySet[Letter]":
        if why == "refused":
            return rows.filter(refused_at__isnull=False)
        return (
            rows.filter(refused_at=None, address="")
            if why == "no_address"
            else rows.filter(refused_at=None, address__gt="")
        )
