"""By what a subject is found: its names, and the clues of it, each a number, an address or a place in one form.

Clues are equal or not; nothing is like a clue. A telephone number is compared without what countries put before it, a
website by its host, an e-mail address as a whole and by its host.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from registry import identifiers
from registry import names as spelling

#: Kind and text: ("trading", "Orchard Crew"), ("telephone", "+441632960123").
Name = tuple[str, str]
PUBLIC = "public"
STAFF = "staff"
PEOPLE = "people"
#: Kind and the form in which it is compared: ("telephone", "1632960123").
Clue = tuple[str, str]

LONGEST_TEXT = 200
_LONGEST_KEY = 100
# Hosts of mailboxes of everyone: having one says nothing of a firm.
MAILBOXES_OF_ALL = frozenset(
    [
        "abv.bg",
        "aol.com",
        "bigpond.com",
        "bk.ru",
        "btinternet.com",
        "fastmail.com",
        "gazeta.pl",
        "gmail.com",
        "gmx.co.uk",
        "gmx.com",
        "gmx.de",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "inbox.lt",
        "inbox.lv",
        "inbox.ru",
        "interia.pl",
        "list.ru",
        "live.co.uk",
        "live.com",
        "mac.com",
        "mail.bg",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "o2.pl",
        "one.lt",
        "onet.eu",
        "onet.pl",
        "outlook.com",
        "op.pl",
        "poczta.onet.pl",
        "proton.me",
        "protonmail.com",
        "rambler.ru",
        "rediffmail.com",
        "seznam.cz",
        "sky.com",
        "talktalk.net",
        "tiscali.co.uk",
        "tlen.pl",
        "ukr.net",
        "virginmedia.com",
        "vp.pl",
        "wp.pl",
        "yahoo.co.in",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.ro",
        "yandex.ru",
        "ymail.com",
    ]
)
_TELEPHONE = re.compile(
    r"(?:tel|telephone|phone|ph|mob|mobile|t|m)?[.:\s]*(\+?[\d\s()./\-‐‑–]{9,})(?:(?:ext|extension|x)[.:\s]*\d{1,5})?"
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")
_HOST = re.compile(r"(?:https?://)?(?:[^\s/@]*@)?(?:www\.)?((?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+)\.?(?:[:/?#]\S*)?")


class SearchableBusiness(Protocol):
    """What the file of an organisation and an entry of the register have in common."""

    trading_names: list[str]
    former_names: list[str]
    company_number: str
    address: dict[str, str]
    telephone: str
    email: str
    website: str


class SearchableOrganisation(SearchableBusiness, Protocol):
    legal_name: str
    utr: str
    vat_number: str


class FiledEntry(SearchableBusiness, Protocol):
    name: str
    vehicles: list[str] | None


class SearchablePerson(Protocol):
    full_name: str
    former_name: str
    address: dict[str, str]
    telephone: str
    email: str


def labelled(legal: str, trading: Iterable[str] = (), former: Iterable[str] = ()) -> list[Name]:
    """The names of one subject with their kinds, as the index takes them."""
    return [("legal", legal), *(("trading", name) for name in trading), *(("former", name) for name in former)]


def of_entry(entry: FiledEntry) -> list[Name]:
    """All by which the public finds an entry: only what the entry shows."""
    places = [("place", entry.address.get(part, "")) for part in ("town", "county")]
    vehicles = [("vehicle", number) for number in entry.vehicles or ()]
    return [*labelled(entry.name, entry.trading_names, entry.former_names), *_contact(entry), *places, *vehicles]


def of_organisation(organisation: SearchableOrganisation) -> list[Name]:
    """All by which staff find the file of an organisation."""
    names = labelled(organisation.legal_name, organisation.trading_names, organisation.former_names)
    return [*names, *_contact(organisation), ("utr", organisation.utr), ("vat", organisation.vat_number)]


def of_person(person: SearchablePerson) -> list[Name]:
    """All by which staff find somebody who stands behind an organisation."""
    return [
        *labelled(person.full_name, former=[person.former_name]),
        ("telephone", person.telephone),
        ("email", person.email),
        ("postcode", person.address.get("postcode", "")),
    ]


def _contact(filed: SearchableBusiness) -> list[Name]:
    return [
        ("company", filed.company_number),
        ("telephone", filed.telephone),
        ("email", filed.email),
        ("website", filed.website),
        ("postcode", filed.address.get("postcode", "")),
    ]


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _telephone(text: str) -> Iterator[str]:
    """The digits without 00, 44 and 0: however a British number is written, it comes to the same."""
    if found := _TELEPHONE.fullmatch(text.strip().lower()):
        plain = found[1].replace("(0)", "")
        digits = re.sub(r"\D", "", plain)
        if digits.startswith("00"):
            digits = digits[2:]
        if digits.startswith("44"):
            digits = digits[2:]
        digits = digits.removeprefix("0")
        if len(digits) >= 9:
            yield digits


def _host(text: str) -> Iterator[str]:
    found = _HOST.fullmatch(text.strip().casefold())
    if found and found[1] not in MAILBOXES_OF_ALL:
        yield found[1]


def _email(text: str) -> Iterator[str]:
    address = text.strip().casefold()
    if "@" in address and " " not in address:
        yield address


def _postcode(text: str) -> Iterator[str]:
    if found := _POSTCODE.fullmatch(_compact(text)):
        yield found[0]


def _outward(text: str) -> Iterator[str]:
    if (found := _POSTCODE.fullmatch(_compact(text))) and found[2]:
        yield found[1]


def _place(text: str) -> Iterator[str]:
    if place := spelling.squash(text):
        yield place


def _company(text: str) -> Iterator[str]:
    if any(map(str.isdigit, text)) and len(text) < 20:
        try:
            yield identifiers.company_number(text)
        except identifiers.InvalidIdentifier:
            return


def _vehicle(text: str) -> Iterator[str]:
    if any(map(str.isdigit, text)) and len(text) < 20:
        try:
            yield _compact(identifiers.vehicle_registration(text))
        except identifiers.InvalidIdentifier:
            return


def _digits(text: str) -> Iterator[str]:
    number = _compact(text).removeprefix("GB")
    if 9 <= len(number) <= 12 and number.isdigit():
        yield number


Reading = Callable[[str], Iterator[str]]
# How each kind of text is compared; a text may be a clue in more than one way.
_KEPT: dict[str, tuple[tuple[str, Reading], ...]] = {
    "company": (("company", _company),),
    "telephone": (("telephone", _telephone),),
    "email": (("email", _email), ("website", _host)),
    "website": (("website", _host),),
    "postcode": (("postcode", _postcode), ("postcode", _outward)),
    "place": (("place", _place),),
    "vehicle": (("vehicle", _vehicle),),
    "utr": (("utr", _digits),),
    "vat": (("vat", _digits),),
}
_TYPED: tuple[tuple[str, Reading], ...] = (
    ("company", _company),
    ("telephone", _telephone),
    ("email", _email),
    ("website", _host),
    ("postcode", _postcode),
    ("utr", _digits),
    ("vat", _digits),
    ("vehicle", _vehicle),
    ("place", _place),
)
#: Kinds that say where somebody is, and not who it is: many share one.
PLACES = frozenset({"postcode", "place"})


def is_clue(kind: str) -> bool:
    return kind in _KEPT


def kept(kind: str, text: str) -> list[Clue]:
    """The clues that a text of this kind is kept as; none if it is empty or cannot be read."""
    return [(as_kind, key[:_LONGEST_KEY]) for as_kind, read in _KEPT[kind] if text for key in read(text)]


def typed(text: str) -> list[Clue]:
    """Every clue that somebody may have meant who typed this."""
    return [(kind, key[:_LONGEST_KEY]) for kind, read in _TYPED for key in read(text)]
