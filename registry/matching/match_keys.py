"""What there is to know a file again by, each in the one form in which it is compared. Plain values in, plain values out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any, Protocol

from django.conf import settings

from registry import names, signing
from registry.identifiers import InvalidIdentifier, nino
from registry.matching.models import TraitKind
from registry.search import identifiers as clues

#: What kind of thing, and the form in which it is compared.
Trait = tuple[TraitKind, str]


class FiledPerson(Protocol):
    full_name: str
    former_name: str
    date_of_birth: date | None
    nino: str
    address: dict[str, str]
    telephone: str
    email: str


class FiledOrganisation(Protocol):
    legal_name: str
    trading_names: list[str]
    former_names: list[str]
    company_number: str
    utr: str
    vat_number: str
    paye_references: list[str]
    address: dict[str, str]
    telephone: str
    email: str
    website: str


# Facts that licensing writes down and that hold such a thing; others say nothing of who somebody is.
FACTS: Mapping[str, TraitKind] = {
    "mobile": TraitKind.TELEPHONE,
    "trading_address": TraitKind.ADDRESS,
    "correspondence_address": TraitKind.ADDRESS,
    "vehicles": TraitKind.VEHICLE,
    "bank_accounts": TraitKind.BANK,
}
#: The particulars of an organisation that are compared: what the trail keeps of former ones is read by these names.
PARTICULARS = (
    "legal_name",
    "trading_names",
    "former_names",
    "company_number",
    "utr",
    "vat_number",
    "paye_references",
    "address",
    "telephone",
    "email",
    "website",
)
_CLUES = {
    "company": TraitKind.COMPANY,
    "utr": TraitKind.UTR,
    "vat": TraitKind.VAT,
    "telephone": TraitKind.TELEPHONE,
    "email": TraitKind.EMAIL,
    "website": TraitKind.HOST,
    "vehicle": TraitKind.VEHICLE,
}
_MOST_WORDS = 4
_NUMBER = re.compile(r"\d+[a-z]?\b", re.IGNORECASE)


def of_organisation(organisation: FiledOrganisation) -> set[Trait]:
    """By what an organisation itself is known again."""
    return of_particulars({field: getattr(organisation, field) for field in PARTICULARS})


def of_particulars(said: Mapping[str, Any]) -> set[Trait]:
    """The same, of as much as is said: what is left out is not known."""
    return {
        *_firm_names([said.get("legal_name", ""), *said.get("trading_names", ()), *said.get("former_names", ())]),
        *_clues("company", [said.get("company_number", "")]),
        *_clues("utr", [said.get("utr", "")]),
        *_clues("vat", [said.get("vat_number", "")]),
        *((TraitKind.PAYE, _compact(text)) for text in said.get("paye_references", ()) if _compact(text)),
        *_reached(said),
        *_clues("website", [said.get("website", "")]),
    }


def of_person(person: FiledPerson) -> set[Trait]:
    """By what somebody is known again who stands behind an organisation."""
    said = {"address": person.address, "telephone": person.telephone, "email": person.email}
    called = [*(_sounds(name) for name in (person.full_name, person.former_name) if name)]
    found = {trait for sounds in called for reading in sounds for trait in _called(reading, day(person.date_of_birth))}
    return found | set(_reached(said)) | set(_nino(person.nino))


def of_account(email: str) -> set[Trait]:
    """By what somebody is known again who acts for an organisation here."""
    return set(_clues("email", [email]))


def of_facts(facts: Mapping[str, Any]) -> set[Trait]:
    """By what an organisation is known again of what else was written down of it."""
    return {trait for key, kind in FACTS.items() for trait in READINGS[kind](facts.get(key))}


def names_of(called: Iterable[str]) -> set[Trait]:
    """Names that a firm had or has, as a published list gives them."""
    return set(_firm_names(called))


def address_of(address: Mapping[str, str]) -> set[Trait]:
    return set(_address(address))


def account_digest(sort_code: str, number: str) -> str:
    """A bank account as a fact keeps it: a keyed digest, so that it can be known again and never read."""
    digits = re.sub(r"\D", "", sort_code), re.sub(r"\D", "", number).zfill(8)
    return signing.keyed_digest(settings.NAMES_KEY, f"bank account {' '.join(digits)}")


def keys_of_names(called: Iterable[str]) -> frozenset[int]:
    """The keys of somebody's names alone: how many bear one says how telling it is."""
    sounded = (trait for name in called for heard in _sounds(name) for trait in _called(heard, None))
    return frozenset(map(key, sounded))


def key(trait: Trait) -> int:
    """63 bits of the keyed digest of a trait: what is kept of it and looked up."""
    kind, text = trait
    return signing.keyed_number(settings.NAMES_KEY, f"trait {kind:d} {text}")


def day(said: Any) -> date | None:
    """A day as a row has it, or as a form has written it down; nonsense is none."""
    try:
        return date.fromisoformat(said) if isinstance(said, str) else said
    except ValueError:
        return None


def _firm_names(called: Iterable[str]) -> Iterator[Trait]:
    for name in called:
        if squashed := names.squash(name):
            yield TraitKind.NAME, squashed


def _reached(said: Mapping[str, Any]) -> Iterator[Trait]:
    yield from _address(said.get("address"))
    yield from _clues("telephone", [said.get("telephone", "")])
    yield from _clues("email", [said.get("email", "")])


def _clues(kind: str, texts: Iterable[Any]) -> Iterator[Trait]:
    for text in texts:
        for found, form in clues.kept(kind, str(text or "")):
            yield _CLUES[found], form


def _address(address: Any) -> Iterator[Trait]:
    """A postcode and the number of the house, wherever it was written; a house without one by its name."""
    if not isinstance(address, Mapping):
        return
    lines = [str(address.get(line, "")) for line in ("line_1", "line_2")]
    postcode = _compact(str(address.get("postcode", "")))
    numbers = [found[0].lower() for line in lines if (found := _NUMBER.search(line))]
    house = numbers[0] if numbers else names.squash(lines[0])
    if postcode and house:
        yield TraitKind.ADDRESS, f"{postcode} {house}"


def _nino(text: str) -> Iterator[Trait]:
    try:
        # The letter at the end says nothing of who somebody is, and is often left out.
        yield TraitKind.NINO, nino(text)[:8]
    except InvalidIdentifier:
        return


def _compact(text: Any) -> str:
    return "".join(c for c in str(text).upper() if c.isalnum())


def _telephones(value: Any) -> set[Trait]:
    return set(_clues("telephone", [value]))


def _addresses(value: Any) -> set[Trait]:
    return set(_address(value))


def _vehicles(value: Any) -> set[Trait]:
    listed = value if isinstance(value, list) else []
    return {
        trait for one in listed if isinstance(one, Mapping) for trait in _clues("vehicle", [one.get("registration")])
    }


def _accounts(value: Any) -> set[Trait]:
    return {(TraitKind.BANK, digest) for digest in value if digest} if isinstance(value, list) else set()


READINGS = {
    TraitKind.TELEPHONE: _telephones,
    TraitKind.ADDRESS: _addresses,
    TraitKind.VEHICLE: _vehicles,
    TraitKind.BANK: _accounts,
}


# --- people


@lru_cache(maxsize=65_536)
def _sounds(name: str) -> tuple[tuple[str, ...], ...]:
    """The name in its sound, word by word, for each way in which its script is read; initials say too little."""
    read = [names.fold_person(name), *names.readings(name)[1:]]
    words = ([names.skeleton(word) for word in text.split() if len(word) > 1] for text in read)
    return tuple(dict.fromkeys(tuple(heard[:_MOST_WORDS]) for heard in words if heard))


def _called(words: Sequence[str], born: date | None) -> Iterator[Trait]:
    """Any two words of the name: one that is left out, or exchanged with another, hides nobody."""
    pairs = {" ".join(sorted(pair)) for pair in combinations(words, 2)} or {words[0]}
    for pair in pairs:
        yield TraitKind.NAMED, pair
        if born:
            yield TraitKind.BORN, f"{pair} {born.isoformat()}"
            yield TraitKind.YEAR, f"{pair} {born.year}"
            yield TraitKind.DAY, f"{pair} {born:%m-%d}"
    if born:
        yield from ((TraitKind.WORD, f"{word} {born.isoformat()}") for word in set(words))
