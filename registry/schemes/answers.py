"""Answers to the questions of a pack's form, as people read them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from registry.identifiers import lines_of, telephone, telephone_display
from registry.schemes import FormQuestion, Scheme, said


def is_answered(value: Any) -> bool:
    return value not in (None, "", [], {})


def in_words(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    """An answer as people read it, a line for each of several; what is not yet right is shown as it was typed."""
    if not is_answered(value):
        return ""
    try:
        return WORDS.get(question.kind, _as_typed)(scheme, question, value)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return _as_typed(scheme, question, value)


def derived_in_words(scheme: Scheme, key: str, value: Any) -> str:
    """What the service knows without a question, by the name of its fact: a nation by its title, whether something is so."""
    if isinstance(value, bool):
        return _yes_no(scheme, None, value)
    if isinstance(value, list):
        return ", ".join(derived_in_words(scheme, key, one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(lines_of(value))
    titles = _nations(scheme) if key == "nation" else {}
    return titles.get(value, "" if value is None else str(value))


def _as_typed(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    if isinstance(value, Mapping):
        value = list(value.values())
    return "\n".join(str(one) for one in value if one) if isinstance(value, list) else str(value)


def _yes_no(scheme: Scheme, question: FormQuestion | None, value: Any) -> str:
    return gettext("Yes") if value in (True, "yes") else gettext("No")


def _chosen(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    return "\n".join(said(choice.label, current_language()) for choice in question.choices if choice.value in values)


def _address(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    return "\n".join(filter(None, [*lines_of(value), _nations(scheme).get(value.get("country", ""), "")]))


def _nations(scheme: Scheme) -> dict[str, str]:
    return {nation.code: said(nation.title, current_language()) for nation in scheme.nations}


def _date(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    return date_format(date.fromisoformat(value), "j F Y")


def _money(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    amount = Decimal(str(value))
    return f"£{amount:,.0f}" if amount == amount.to_integral() else f"£{amount:,.2f}"


def _places(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    return "\n".join(place_in_words(place) for place in value)


def place_in_words(place: Mapping[str, Any]) -> str:
    address = place["address"]
    said = [place["name"], *(address.get(part, "") for part in ("line_1", "town", "postcode"))]
    number = f" ({place['approval_number']})" if place.get("approval_number") else ""
    return ", ".join(filter(None, said)) + number


def _telephone(scheme: Scheme, question: FormQuestion, value: Any) -> str:
    return telephone_display(telephone(value))


WORDS: dict[str, Callable[[Scheme, FormQuestion, Any], str]] = {
    "yes_no": _yes_no,
    "choice": _chosen,
    "choices": _chosen,
    "address": _address,
    "date": _date,
    "money": _money,
    "premises": _places,
    "telephone": _telephone,
}


def current_language() -> str:
    return (get_language() or "en")[:2]
