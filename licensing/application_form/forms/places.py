"""Where something is: an address, or places found in the published lists of premises."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry import identifiers, signing
from registry import search as index
from registry.identifiers import InvalidIdentifier
from registry.premises import queries as premises_queries
from registry.premises.models import Premises

LONGEST = 200
MOST_PLACES = 50
MOST_FOUND = 20
ADDRESS_PARTS = {
    "line_1": _("Address line 1"),
    "line_2": _("Address line 2 (optional)"),
    "town": _("Town or city"),
    "county": _("County, or country if abroad (optional)"),
    "postcode": _("Postcode"),
    "country": _("Nation"),
}
ELSEWHERE = "elsewhere"

Place = Mapping[str, Any]
Nations = list[tuple[str, str]]


# --- an address


class AddressInput(forms.MultiWidget):
    """The parts of an address, each with its label."""

    template_name = "licensing/application_form/applicant_address_input.html"
    use_fieldset = True

    def __init__(self, nations: Nations) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = dict.fromkeys(ADDRESS_PARTS, forms.TextInput())
        inputs["country"] = forms.Select(choices=[("", ""), *nations, (ELSEWHERE, _("Outside the United Kingdom"))])
        super().__init__(inputs)

    def decompress(self, value: Any) -> list[str]:
        return [str((value or {}).get(part) or "") for part in ADDRESS_PARTS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        drawn = context["widget"]["subwidgets"]
        for sub, widget, label in zip(drawn, self.widgets, ADDRESS_PARTS.values(), strict=True):
            sub["label"] = label
            # What is drawn for the whole is drawn for each part: of these one is no text box, and must not look like one.
            if isinstance(widget, forms.Select) and "class" in sub["attrs"]:
                sub["attrs"]["class"] = sub["attrs"]["class"].replace("govuk-input", "govuk-select")
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0"  # the first input: where a link in the error summary goes


class Address(forms.MultiValueField):
    def __init__(self, nations: Nations, **kwargs: Any) -> None:
        self.nations = {code for code, _title in nations} | {ELSEWHERE}
        super().__init__(
            fields=[forms.CharField(required=False, max_length=LONGEST) for _part in ADDRESS_PARTS],
            widget=AddressInput(nations),
            require_all_fields=False,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        typed = {part: str(text or "").strip() for part, text in zip(ADDRESS_PARTS, value or [""] * 6, strict=True)}
        if not any(text for part, text in typed.items() if part != "country"):
            if self.required:
                raise ValidationError(self._nothing_typed(), code="required")
            return None
        if wrong := list(self._wrong(typed)):
            raise ValidationError([ValidationError(text.replace("%", "%%")) for text in wrong])
        if typed["country"] != ELSEWHERE:
            typed["postcode"] = identifiers.postcode(typed["postcode"])
        return typed

    def compress(self, data_list: Any) -> Any:
        return data_list

    def _nothing_typed(self) -> str:
        """Which address is missing, where a page asks for more than one."""
        return (
            gettext("%(label)s – enter the address") % {"label": self.label}
            if self.label
            else gettext("Enter the address.")
        )

    def _wrong(self, typed: Mapping[str, str]) -> Iterator[str]:
        if not typed["line_1"]:
            yield gettext("Enter the first line of the address.")
        if not typed["town"]:
            yield gettext("Enter the town or city.")
        if typed["country"] not in self.nations:
            yield gettext("Choose the nation.")
        elif typed["country"] != ELSEWHERE:
            yield from _postcode_wrong(typed["postcode"])
        if any(len(text) > LONGEST for text in typed.values()):
            yield gettext("Each line must be %d characters or fewer.") % LONGEST


def _postcode_wrong(text: str) -> Iterator[str]:
    try:
        identifiers.postcode(text)
    except InvalidIdentifier as wrong:
        yield str(wrong)


# --- places of the lists, or typed by hand


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the parts of the question, as it came."""

    chosen: list[str]
    find: str
    name: str
    address: list[str]

    @classmethod
    def of(cls, value: Any) -> "Typed":
        chosen, find, name, address = value or ([], "", "", [])
        return cls(
            list(chosen or []), plain(find).strip(), plain(name).strip(), [plain(part) for part in address or []]
        )

    @property
    def by_hand(self) -> dict[str, Any]:
        """The half of the question that is typed, unfinished or not; empty when nothing was typed."""
        address = {part: text for part, text in zip(ADDRESS_PARTS, self.address, strict=False) if text.strip()}
        return {"name": self.name, "address": address} if self.name or address.keys() - {"country"} else {}


def plain(text: Any) -> str:
    # PostgreSQL keeps no NUL in JSON.
    return str(text or "").replace("\x00", "")


class PlacesInput(forms.MultiWidget):
    """Places to tick, a box to find more, and below it one to type by hand."""

    template_name = "licensing/application_form/applicant_places_input.html"
    use_fieldset = True

    def __init__(self, nations: Nations) -> None:
        self.kept: dict[str, Place] = {}
        self.found: dict[str, Place] = {}
        self.terms: list[str] = []
        self.searched = ""
        self.wrong_part = "find"  # where a link in the error summary goes
        super().__init__(
            {
                "chosen": forms.CheckboxSelectMultiple(),
                "find": forms.TextInput(),
                "name": forms.TextInput(),
                "address": AddressInput(nations),
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        places = (value or {}).get("places", [])
        unfinished: Place = next((place for place in places if place.get("unfinished")), {})
        chosen = [key_of(place) for place in places if not place.get("unfinished")]
        return [chosen, "", unfinished.get("name", ""), unfinished.get("address", {})]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        chosen, find, by_name, address = widget["subwidgets"]
        ticked = set(chosen["value"] or [])
        widget |= {
            "kept": self._boxes(self.kept, name, ticked),
            "found": self._boxes(self.found, f"{name}_found", ticked),
            "terms": self.terms,
            "searched": self.searched,
            "found_all": len(self.found) < MOST_FOUND,
            "chosen_name": chosen["name"],
            "find": find,
            "by_name": by_name,
            "address": address,
            "by_hand": bool(by_name["value"] or any(sub["value"] for sub in address["subwidgets"][:-1])),
        }
        return context

    @staticmethod
    def _boxes(places: Mapping[str, Place], name: str, ticked: set[str]) -> list[dict[str, Any]]:
        return [
            {"id": f"id_{name}_box_{number}", "value": key, "ticked": key in ticked, "name": place["name"]}
            | {"about": ", ".join(about(place))}
            for number, (key, place) in enumerate(places.items(), 1)
        ]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{self.wrong_part}"


class Places(forms.Field):
    """One or more places. The answer keeps each as it is today: a list may say something else of it tomorrow."""

    widget: PlacesInput

    def __init__(self, nations: Nations, **kwargs: Any) -> None:
        self.address = Address(nations)
        super().__init__(widget=PlacesInput(nations), **kwargs)

    def offer(self, kept: Any, searched: str) -> None:
        """What may be ticked: what was chosen before, and what the words searched for find."""
        places = kept if isinstance(kept, list) else []
        widget = self.widget
        widget.kept = {key_of(place): place for place in places if not place.get("unfinished")}
        widget.searched = searched
        matches = premises_queries.premises_like(searched, most=MOST_FOUND) if searched else []
        widget.terms = sorted({one.last_listed.licence for one in matches if one.last_listed})
        widget.found = {one.reference: as_place(one) for one in matches if one.reference not in widget.kept}

    def to_find(self, value: Any) -> str:
        """What is typed into the box for finding: it is looked for before the page is left."""
        return Typed.of(value).find[: index.LONGEST]

    def clean(self, value: Any) -> Any:
        typed = Typed.of(value)
        places = [*self._ticked(typed.chosen), *self._by_hand(typed)]
        if not places and self.required:
            raise ValidationError(gettext("Find the place and tick it, or type its name and address."), code="required")
        if len(places) > MOST_PLACES:
            raise ValidationError(ngettext("Give at most %d.", "Give at most %d.", MOST_PLACES) % MOST_PLACES)
        return places

    def as_typed(self, value: Any) -> list[dict[str, Any]]:
        """The places ticked, and last what was typed by hand and is not yet right."""
        typed = Typed.of(value)
        unfinished = [typed.by_hand | {"unfinished": True}] if typed.by_hand else []
        return [*self._known(typed.chosen).values(), *unfinished]

    def _ticked(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        known = self._known(keys)
        if set(keys) - known.keys():
            raise ValidationError(gettext("A place that you ticked is not in the list any more. Find it again."))
        return list(known.values())

    def _known(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Never what the browser says of a place: what was kept of it, else what its list says."""
        offered = self.widget.kept | self.widget.found
        missing = [key for key in keys if key not in offered]
        listed = premises_queries.listed_premises(missing) if missing else {}
        offered |= {reference: as_place(one) for reference, one in listed.items()}
        return {key: dict(offered[key]) for key in keys if key in offered}

    def _by_hand(self, typed: Typed) -> list[dict[str, Any]]:
        if not typed.by_hand:
            return []
        wrong = [] if typed.name else [ValidationError(gettext("Enter the name of the place."))]
        if len(typed.name) > LONGEST:
            wrong.append(ValidationError(gettext("The name must be %d characters or fewer.") % LONGEST))
        try:
            address = self.address.clean(typed.address)
        except ValidationError as errors:
            wrong += errors.error_list
        if wrong:
            self.widget.wrong_part = "name"
            raise ValidationError(wrong)
        return [{"name": typed.name, "address": address}]


def as_place(premises: Premises) -> dict[str, Any]:
    return {
        "reference": premises.reference,
        "approval_number": premises.approval_number,
        "name": premises.name,
        "address": dict(premises.address),
    }


def key_of(place: Place) -> str:
    """What stands for a place in the form: its reference, or for one typed by hand a digest of what was typed."""
    return str(place.get("reference") or f"own-{signing.digest([place['name'], place['address']])[:12]}")


def about(place: Place) -> Iterator[str]:
    """Where it is, and its number, for whoever must tell two of one name apart."""
    address = place["address"]
    yield from filter(None, (str(address.get(part, "")) for part in ("line_1", "town", "postcode")))
    if place.get("approval_number"):
        yield gettext("approval number %s") % place["approval_number"]
