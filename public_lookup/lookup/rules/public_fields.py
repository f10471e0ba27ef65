"""The public fields of an entry: one table, from which every surface that shows an entry to the public is made.

A field is one row of `PUBLIC_FIELDS`. The order of the rows is the order of the API, of the columns of the data files and of
the page. Two rows may share a name where two surfaces mean different things by it; on one surface a name appears once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.fields import (
    Address,
    Contact,
    EntryCondition,
    EntryReason,
    Labels,
    PublicField,
    Surface,
)
from public_lookup.lookup.rules.taken_over import TAKEN_OVER
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Outcome, Standing
from registry.templatetags.registry_parts import day

PAGE, API, PROOF, DATA, PHONE = Surface.PAGE, Surface.API, Surface.PROOF, Surface.DATA, Surface.PHONE
EVERYWHERE = Surface.EVERYWHERE


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as people read it."""

    label: str
    value: str


def _outcome(entry: Any) -> str:
    return OUTCOMES[Standing(entry.standing)].value


def _is_licensed(entry: Any) -> bool:
    return Standing(entry.standing) in LICENSED_STANDINGS


def _of_address(line: str) -> Callable[[Any], str]:
    return lambda entry: str(entry.address.get(line, ""))


def _place(entry: Any) -> dict[str, str]:
    return {line: entry.address[line] for line in ("town", "postcode") if entry.address.get(line)}


def _contact(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("telephone", "email", "website", "address")}


def _number_of_conditions(entry: Any) -> int:
    return int(entry.condition_count)


def _reasons(entry: Any) -> list[dict[str, Any]]:
    return [
        {**{name: one[name] for name in ("kind", "standard", "on")}, "sentence": one["sentence"]["en"]}
        for one in entry.reasons or ()
    ]


def _reasons_in_short(entry: Any) -> list[str]:
    return [f"{one['on']} {one['standard']} {one['sentence']['en']}".replace("  ", " ") for one in entry.reasons or ()]


_DATED = API | PROOF | DATA | PHONE
_ENDS = ("standing", "suspended_from", "revoked_from", "surrendered_from", "ended_from", "valid_until")

PUBLIC_FIELDS: tuple[PublicField, ...] = (
    PublicField(
        "number",
        str,
        "Licence number, or the number of an applicant",
        API | PROOF | DATA | PHONE,
        examples=["ABCD0001"],
    ),
    PublicField("scheme", str, "The scheme that it is licensed under", API | PROOF | DATA | PHONE, in_api=""),
    PublicField("name", str, "Legal name", API | PROOF | DATA | PHONE, in_api=""),
    PublicField("trading_names", list[str], "Trading names", EVERYWHERE, label=_("Trades as"), in_api=""),
    PublicField(
        "former_names", list[str], "Names it had before", PAGE | PROOF | DATA | PHONE, label=_("Earlier names")
    ),
    PublicField(
        "company_number",
        str,
        "Number in the register of companies",
        PAGE | PROOF | DATA | PHONE,
        label=_("Company number"),
    ),
    PublicField("standing", Standing, "What the register says, in one of nine words", API | PROOF | DATA, in_api=""),
    PublicField(
        "outcome",
        Outcome,
        "What the look-up says, in one of seven words",
        API | PROOF | DATA,
        ("standing",),
        _outcome,
        in_api="The answer in one of seven codes; `standing` says why. `losing_licence`: licensed today, and a revocation has been decided",
    ),
    PublicField(
        "licensed",
        bool,
        "Whether it holds a licence",
        API | PROOF | DATA,
        ("standing",),
        _is_licensed,
        in_api="Whether the register says that it holds a licence at that instant",
    ),
    PublicField(
        "last_day",
        date | None,
        "Last day with the licence, as far as is known",
        API | PROOF | DATA,
        _ENDS,
        last_day,
        in_api="The last day with the licence, as far as is known: of its term, or before it is taken away or given up",
    ),
    PublicField("applied_on", date | None, "The day of the application", PROOF),
    PublicField(
        "applied_on",
        date | None,
        "The day of the application, of one without a licence",
        PHONE,
        ("applied_on", "valid_from"),
        lambda entry: None if entry.valid_from else entry.applied_on,
    ),
    PublicField("refused_from", date | None, "The day of the refusal", PROOF | PHONE),
    PublicField("valid_from", date | None, "First day of the term", _DATED, in_api=""),
    PublicField(
        "valid_until",
        date | None,
        "Last day of the term, as it was granted",
        _DATED,
        in_api="The last day of the term, as it was granted: see `last_day` first",
    ),
    PublicField("suspended_from", date | None, "First day of a suspension", _DATED, in_api=""),
    PublicField(
        "suspended_until", date | None, "Last day of the suspension", _DATED, in_api="The last day of the suspension"
    ),
    PublicField(
        "revoked_from",
        date | None,
        "First day without the licence, after a revocation",
        _DATED,
        in_api="The first day without the licence",
    ),
    PublicField(
        "appealed_from",
        date | None,
        "Since when a revoked licence goes on until an appeal is decided",
        _DATED,
        in_api="The day since when a revoked licence goes on until an appeal is decided: no day of its end is known",
    ),
    PublicField(
        "surrendered_from",
        date | None,
        "First day without the licence, after it was given up",
        _DATED,
        in_api="The first day without the licence, after it was given up",
    ),
    PublicField(
        "ended_from",
        date | None,
        "First day without the licence, after the holder's own number changed",
        _DATED,
        in_api="The first day without the licence, where it ended by law",
    ),
    PublicField("conditions", int, "How many conditions stand", DATA, ("condition_count",), _number_of_conditions),
    PublicField("condition_count", int, "How many conditions the licence has", PROOF | PHONE),
    PublicField(
        "sectors",
        list[str],
        "Codes of the sectors",
        PAGE | API | PROOF | DATA,
        in_words=attrgetter("sectors"),
        in_api="",
        label=Labels(_("The licence covers"), _("The licence covered"), _("Applied for")),
    ),
    PublicField(
        "supplies_to",
        list[str],
        "Codes of the nations supplied",
        PAGE | PROOF | DATA,
        in_words=attrgetter("supplies_to"),
        label=Labels(_("Supplies workers to"), None, _("Supplies workers to")),
    ),
    PublicField("conditions", list[EntryCondition], "The conditions that the scheme publishes", API | PROOF, in_api=""),
    PublicField(
        "reasons",
        list[EntryReason],
        "Why it was refused, has conditions or lost its licence, as far as the scheme publishes it",
        API,
        ("reasons",),
        _reasons,
    ),
    PublicField(
        "reasons",
        list[str],
        "Why it was refused, has conditions or lost its licence: day, standard and sentence of each",
        DATA,
        ("reasons",),
        _reasons_in_short,
    ),
    PublicField("town", str, "Town of the business", DATA, ("address",), _of_address("town")),
    PublicField("postcode", str, "Postcode of the business", DATA, ("address",), _of_address("postcode")),
    PublicField("country", str, "Nation of the business", DATA, ("address",), _of_address("country")),
    PublicField("address", Address, "The address of the business", PROOF),
    PublicField("address", dict[str, str], "The town and the postcode of the business", PHONE, ("address",), _place),
    PublicField("telephone", str, "Registered telephone", PROOF | DATA | PHONE),
    PublicField("email", str, "Registered email address, where the scheme publishes it", PROOF | DATA | PHONE),
    PublicField("website", str, "Registered website", PROOF | DATA | PHONE),
    PublicField(
        "contact",
        Contact,
        "How to reach the business",
        API,
        ("telephone", "email", "website", "address"),
        _contact,
        in_api="",
    ),
    PublicField(
        "vehicles",
        list[str] | None,
        "Registration numbers of the vehicles that carry the workers",
        PAGE | API,
        label=Labels(
            _("Vehicles that carry the workers"),
            _("Vehicles that carried the workers"),
            _("Vehicles that carry the workers"),
        ),
        in_api="Registration numbers of the vehicles that carry the workers. Null where the scheme does not list them",
    ),
    PublicField(
        "named_people",
        list[str] | None,
        "The people who may act for the holder",
        PAGE | API | PROOF,
        label=Labels(_("People who may act for them"), None, None),
        in_api="Null where the scheme does not list them",
    ),
    PublicField(
        "named_positions",
        list[str],
        "The positions that may act for the holder",
        PAGE | PROOF,
        label=Labels(_("Positions that may act for them"), None, None),
    ),
    PublicField("issued_by", str, "The authority that gave the licence", PROOF),
    *TAKEN_OVER,
    PublicField(
        "entry", int, "The number of the entry that says so", API | DATA, ("entry_number",), attrgetter("entry_number")
    ),
    PublicField(
        "shown_from",
        datetime,
        "Since when the register has said so; where it was not published by us, since when it was so",
        API | DATA,
        ("shown_from",),
        lambda entry: entry.shown_from.astimezone(UTC),
    ),
)


def fields_on(surface: Surface) -> list[PublicField]:
    """The fields that a surface shows, in its order."""
    return [field for field in PUBLIC_FIELDS if surface in field.on]


def values_on(surface: Surface, entry: Any) -> dict[str, Any]:
    """What a surface shows of an entry with its `standing`, by the names of the fields."""
    return {field.name: field.read(entry) for field in fields_on(surface)}


def rows_for_people(surface: Surface, shown: Any, *, is_past: bool = False) -> Iterator[FieldRow]:
    """The fields that have a label and a value, of a `Shown` or a `Proof`; of a past day with the labels of an ended licence."""
    for field in fields_on(surface):
        label = labels.of(shown.entry, is_past=is_past) if (labels := field.labels) else None
        if label is None:
            continue
        value = field.in_words(shown) if field.in_words else shown.value_of(field)
        if words := _in_words(value):
            yield FieldRow(str(label), words)


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
