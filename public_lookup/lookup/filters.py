"""What the register can be asked for: one set of filters for the page and for the API."""

import copy
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.models import CheckRow
from public_lookup.bulk_checks.states import ANY_ANSWER, ANYTHING, HOW_SURE, REGISTER_SAYS, Confidence
from public_lookup.receipts.models import Receipt
from registry import codes as identifiers
from registry import filtersets, licence_numbers, pagination, schemes
from registry import search as index
from registry.register.models import Entry, Listing
from registry.register.states import Outcome, Standing
from registry.schemes import Scheme, said
from registry.search import SearchHit

#: What a person may type or paste: a whole message. The name of a business alone is compared up to `registry.search.LONGEST`.
LONGEST_TEXT = 300

_APPLICANT = re.compile(r"APP-?([0-9]{1,9})")


#: Two answers to one question could each be taken by another reader.
ONE_ANSWER = _("Enter one answer only.")


def is_repeated(asked: Mapping[str, Any], *names: str) -> bool:
    """Whether an address or a form has one of these inputs twice."""
    return isinstance(asked, MultiValueDict) and any(len(asked.getlist(name)) > 1 for name in names)


class LookupForm(forms.Form):
    """Refuses the empty question: the whole register is not an answer to a person (it is in the data files)."""

    NOTHING_ASKED = _("Enter a name or a licence number.")
    all_optional = True
    #: Of which its choices are.
    day: date

    @property
    def untouched(self) -> Hashable:
        """What all fields but `q` are drawn from while none of them is filled or refused; None once one is."""
        if any(self.data.get(name) for name in self.fields if name != "q") or self.errors.keys() - {"q"}:
            return None
        return self.day

    @property
    def is_plain(self) -> bool | None:
        """Whether something was typed as the name, and nothing is wrong with it: then the box differs by it alone."""
        return True if self["q"].value() and "q" not in self.errors else None

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            if is_repeated(self.data, name):
                self.add_error(name, forms.ValidationError(ONE_ANSWER, code="repeated"))
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("q", forms.ValidationError(self.NOTHING_ASKED, code="nothing_asked"))
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class PastedMatch:
    """By what a listing is found that stands within a longer text: why (`queries.rows.AnswerReason`), and the name or number."""

    why: str
    text: str
    is_exact: bool = False
    #: Whether it answers, or belongs to the answer that a number is another's.
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """Which listings a text has found, best first, and by what: a number that was given to them, what stands within the text,
    or what the index found."""

    number: str = ""
    listings: tuple[int, ...] = ()
    found: Mapping[int, tuple[SearchHit, ...]] = field(default_factory=dict)
    is_cut: bool = False
    pasted: Mapping[int, PastedMatch] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many of the listings, all of them first, have what was typed as their number, or as their name but for its form."""
        if self.number:
            return len(self.listings)
        within = sum(one.answers for one in self.pasted.values())
        return within or sum(
            any(one.how in index.SAME_BUT_FOR_FORM for one in of_one) for of_one in self.found.values()
        )

    def and_then(self, other: "Matches") -> "Matches":
        """These, and after them those of the other that are not among them."""
        more = {listing: hits for listing, hits in other.found.items() if listing not in self.pasted}
        return Matches(listings=(*self.listings, *more), found=more, is_cut=other.is_cut, pasted=self.pasted)


#: How a text is looked up, among the entries of a day.
LookUp = Callable[[str, "QuerySet[Entry]"], Matches]


class ReceiptFilter(filtersets.FilterSet[Receipt]):
    orders = {"": pagination.in_order("-taken_at", "-pk")}

    q = django_filters.CharFilter(method="named", label=_("Name or licence number"), max_length=100)

    def named(self, rows: "QuerySet[Receipt]", name: str, typed: str) -> "QuerySet[Receipt]":
        """By a part of the name, by the licence number, or by the number of the proof."""
        number = read_number(typed) or typed.strip().upper()
        return rows.filter(Q(name__icontains=typed.strip()) | Q(licence_number=number) | Q(number=number))


class RegisterFilter(filtersets.FilterSet[Entry]):
    q = django_filters.CharFilter(
        method="named",
        label=_("Name or licence number"),
        help_text=_(
            "Or what you know about them: a telephone number, a website, a company number, a postcode "
            "or a town. You can write a name as it sounds, in your own alphabet."
        ),
        max_length=LONGEST_TEXT,
        error_messages={"max_length": _("Enter at most 300 characters.")},
    )
    sector = django_filters.ChoiceFilter("sectors", method="listed", label=_("Sector"), empty_label=_("Any sector"))
    place = django_filters.CharFilter(
        method="placed",
        label=_("Place"),
        help_text=_("Town, county, or the beginning of a postcode"),
        max_length=60,
        error_messages={"max_length": _("Enter at most 60 characters.")},
    )
    supplies_to = django_filters.ChoiceFilter(
        method="listed", label=_("Supplies workers to"), empty_label=_("Anywhere")
    )
    standing = django_filters.ChoiceFilter(label=_("Standing"), choices=Standing.choices, empty_label=_("Any standing"))

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()
        form = LookupForm

    def __init__(self, asked: Mapping[str, Any], *, entries: "QuerySet[Entry]", on: date, look_up: LookUp) -> None:
        is_asked = any(name in asked for name in self.base_filters)
        super().__init__(data=asked if is_asked else None, queryset=entries)
        self.matches = Matches()
        self.look_up = look_up
        self.on = on

    def get_form_class(self) -> type[LookupForm]:
        return _form_on(self.on, get_language() or "")

    def named(self, entries: "QuerySet[Entry]", _name: str, text: str) -> "QuerySet[Entry]":
        """The listings of `matches` are read in their order, and no more of them than are wanted."""
        self.matches = self.look_up(text, entries)
        return entries if self.matches.listings else entries.none()

    def listed(self, entries: "QuerySet[Entry]", field: str, code: str) -> "QuerySet[Entry]":
        return listing(entries, field, code)

    def placed(self, entries: "QuerySet[Entry]", _field: str, text: str) -> "QuerySet[Entry]":
        return entries.filter(in_place(text))


def among(entries: "QuerySet[Entry]", listings: Collection[int]) -> set[int]:
    """Those of the listings that have an entry there."""
    return set(entries.filter(listing__in=listings).values_list("listing_id", flat=True))


def listing(entries: "QuerySet[Entry]", field: str, code: str) -> "QuerySet[Entry]":
    """Those that list a code in this field."""
    # The quotes make it the whole code: looking for text in the text of a list works on both engines.
    codes = f"{field}_as_text"
    return entries.alias(**{codes: Cast(field, TextField())}).filter(**{f"{codes}__contains": f'"{code}"'})


def in_place(text: str) -> Q:
    """Whose town, county or postcode begins so."""
    place = Q(address__town__istartswith=text) | Q(address__county__istartswith=text)
    return place | Q(address__postcode__istartswith=_postcode(text))


@lru_cache(maxsize=64)
def _form_on(day: date, _language: str) -> type[LookupForm]:
    """The form with the choices of a day, which are written in the language: the same for everybody who asks then."""
    offered = copy.deepcopy(RegisterFilter.base_filters)
    offered["sector"].extra["choices"] = sector_choices(day)
    nations = (nation for pack in schemes_on(day) for nation in pack.nations)
    offered["supplies_to"].extra["choices"] = _titles(nations)
    return type("AskedForm", (LookupForm,), {"day": day} | {name: one.field for name, one in offered.items()})


class RowsForm(forms.Form):
    all_optional = True


class CheckRowFilter(filtersets.FilterSet[CheckRow]):
    """The rows of a checked list, which are numbered in the order that they stand in."""

    confidence = django_filters.ChoiceFilter(label=HOW_SURE, choices=Confidence.choices, empty_label=ANY_ANSWER)
    outcome = django_filters.ChoiceFilter(label=REGISTER_SAYS, choices=Outcome.choices, empty_label=ANYTHING)

    class Meta:
        model = CheckRow
        fields: tuple[str, ...] = ()
        form = RowsForm


def schemes_on(day: date) -> list[Scheme]:
    """Each scheme as it stood on that day; the first version of one that began later, as its words are still needed."""
    return [schemes.known_on(name, day) for name in schemes.names()]


def read_number(text: str) -> str | None:
    """The licence number, or the number of an applicant, that was meant; None for anything else."""
    if applicant := _APPLICANT.fullmatch("".join(text.split()).upper()):
        return f"APP-{int(applicant[1]):05}"
    return licence_numbers.looks_like_licence_number(text)


def read_numbers(text: str) -> list[str]:
    """The numbers that can be meant: one of ours, and one of an authority whose register was taken over."""
    return [number for number in (read_number(text), licence_numbers.foreign(text)) if number]


def sector_choices(on: date) -> list[tuple[str, str]]:
    """The sectors of every scheme, with their titles."""
    return _titles(sector for pack in schemes_on(on) for sector in pack.sectors)


def _titles(things: Iterable[Any]) -> list[tuple[str, str]]:
    titles = {thing.code: said(thing.title, get_language()) for thing in things}
    return sorted(titles.items(), key=lambda item: item[1])


def by_numbers(texts: Iterable[str]) -> dict[str, Matches]:
    """By a licence number, an applicant's number or the short code of a certificate: those that were ever given to anyone.

    So is a number of the authority before us. A few codes read like a licence number: they are codes unless such a number
    was given.
    """
    texts = list(texts)
    meant = {text: ones for text in texts if (ones := read_numbers(text))}
    given: dict[str, list[int]] = {}
    if meant:
        entries = Entry.objects.filter(number__in={one for ones in meant.values() for one in ones}).values_list(
            "number", "listing"
        )
        for number, listing in entries.distinct():
            given.setdefault(number, []).append(listing)
    numbers = {text: next((one for one in ones if one in given), "") for text, ones in meant.items()}
    unread = (text for text in texts if not numbers.get(text))
    codes = {text: identifiers.code(text) for text in unread if identifiers.code_is_valid(text)}
    if codes:
        listings = Listing.objects.filter(code__in=set(codes.values()))
        given |= {code: [listing] for code, listing in listings.values_list("code", "pk")}
    found = {
        text: Matches(number=number, listings=tuple(given.get(number, ())))
        for text, number in (numbers | codes).items()
    }
    return {text: matches for text, matches in found.items() if matches.listings}


def by_names(found: Sequence[SearchHit]) -> Matches:
    """By what the index knows, best first."""
    by_listing: dict[int, tuple[SearchHit, ...]] = {}
    for one in found:
        by_listing[one.subject] = (*by_listing.get(one.subject, ()), one)
    return Matches(listings=tuple(by_listing), found=by_listing, is_cut=len(found) >= 100)


def _postcode(text: str) -> str:
    """The beginning of a postcode with its space where the stored ones have it: the inward part is a figure and two letters."""
    compact = "".join(text.split()).upper()
    inward = re.fullmatch(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", compact)
    return f"{inward[1]} {inward[2]}" if inward else text.strip().upper()
