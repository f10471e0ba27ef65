"""What the lists of the registry can be narrowed by.

The organisations that somebody looks for, by whatever is typed into one box."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from registry import search as index
from registry.filtersets import FilterSet
from registry.licences.models import Licence
from registry.matching import match_keys as traits
from registry.matching.models import Trait
from registry.organisations.models import LegalStatus, Organisation, Role
from registry.pagination import in_order


def organisations_found(typed: str) -> set[int]:
    """Whose names, numbers, address or people are like the text, or whose licence has this number: keys of organisations.

    One box finds them all: a misspelt name, a number, a telephone, a postcode, somebody behind a firm. Each is asked of an
    index, so that it costs the same however many there are.
    """
    known = _looked_for.get()
    if known is None:
        return _organisations_found(typed)
    if typed not in known:
        known[typed] = _organisations_found(typed)
    return known[typed]


_looked_for: ContextVar[dict[str, set[int]] | None] = ContextVar("looked_for", default=None)


@contextmanager
def looked_for_once() -> Iterator[None]:
    """Within it a text is looked for once, however many lists ask for the organisations that it finds."""
    token = _looked_for.set({})
    try:
        yield
    finally:
        _looked_for.reset(token)


def _organisations_found(typed: str) -> set[int]:
    people = {one.subject for one in index.find(typed, index.PEOPLE)}
    number = typed.replace(" ", "").upper()
    return {
        *(one.subject for one in index.find(typed, index.STAFF)),
        *(Role.objects.filter(person__in=people).values_list("organisation", flat=True) if people else ()),
        *Licence.objects.filter(number=number).values_list("organisation", flat=True),
        *_reached_at(typed),
    }


def _reached_at(typed: str) -> Iterable[int]:
    """Where the text is a telephone: also whose second one it is, which the index does not have."""
    keys = [traits.key(one) for one in traits.of_particulars({"telephone": typed})]
    return Trait.objects.filter(key__in=keys, person=None).values_list("organisation", flat=True) if keys else ()


class OrganisationFilter(FilterSet[Organisation]):
    orders = {"": in_order("legal_name", "pk")}

    q = index.search_box()
    legal_status = django_filters.ChoiceFilter(label=_("Kind"), choices=LegalStatus.choices, empty_label=_("Any"))
    holds = django_filters.ChoiceFilter(
        label=_("Licences"),
        choices=[("licence", _("Has held a licence")), ("none", _("Has never held a licence"))],
        empty_label=_("Any"),
        method="holding",
    )

    def named(self, rows: "QuerySet[Organisation]", name: str, typed: str) -> "QuerySet[Organisation]":
        """By anything by which an organisation is found, or by its reference."""
        reference = typed.replace(" ", "").upper()
        own = Organisation.objects.filter(reference=reference).values_list("pk", flat=True)
        return rows.filter(pk__in={*organisations_found(typed), *own})

    def holding(self, rows: "QuerySet[Organisation]", name: str, which: str) -> "QuerySet[Organisation]":
        held = Exists(Licence.objects.filter(organisation=OuterRef("pk")))
        return rows.filter(held if which == "licence" else ~held)
