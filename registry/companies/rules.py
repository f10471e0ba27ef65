"""What a snapshot of the companies register must hold, row by row, and what the register's words mean."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.organisations.models import RoleKind

# Of its columns, in its own words, those that the registry keeps. The rest are about accounts, charges and returns.
COMPANY_COLUMNS = (
    "CompanyName",
    "CompanyNumber",
    "CompanyCategory",
    "CompanyStatus",
    "IncorporationDate",
    "RegAddress.CareOf",
    "RegAddress.POBox",
    "RegAddress.AddressLine1",
    "RegAddress.AddressLine2",
    "RegAddress.PostTown",
    "RegAddress.County",
    "RegAddress.Country",
    "RegAddress.PostCode",
    *(f"SICCode.SicText_{n}" for n in range(1, 5)),
    *(f"PreviousName_{n}.{what}" for n in range(1, 11) for what in ("CONDATE", "CompanyName")),
)
# Of officers and owners. `role` is the register's own code of an officer's role, or of the kind of a person with control.
PERSON_COLUMNS = ("company_number", "role", "name", "appointed_on", "resigned_on")
# The roles of natural persons, and what they are here. Companies that are officers or owners are named by no one.
ROLES = {
    "director": RoleKind.DIRECTOR,
    "nominee-director": RoleKind.DIRECTOR,
    "secretary": RoleKind.SECRETARY,
    "nominee-secretary": RoleKind.SECRETARY,
    "llp-member": RoleKind.PARTNER,
    "llp-designated-member": RoleKind.PARTNER,
    "individual-person-with-significant-control": RoleKind.CONTROLLER,
}
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "professor", "prof"})
COMPANY_REPEATS = _("The same company number as on an earlier line: taken once.")
LONGEST_CELL = 200
_COMPANY_NUMBER = re.compile(r"[0-9A-Z]{8}")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def company_faults(row: Mapping[str, str]) -> Iterator[Reason]:
    """Why a row of the snapshot cannot be used. Without a number nothing finds it, and without a name it says nothing."""
    if not _COMPANY_NUMBER.fullmatch(row["CompanyNumber"].strip().upper()):
        yield Reason("number", _("There is no company number of 8 characters."), "CompanyNumber")
    if not row["CompanyName"].strip():
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column="CompanyName"), "CompanyName")
    yield from (
        Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
        for column, text in row.items()
        if len(text) > LONGEST_CELL
    )
    if not "".join(row.values()).isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"))


def company_oddities(row: Mapping[str, str]) -> Iterator[Reason]:
    """What of a row is left out, while the rest of it is taken."""
    if row["IncorporationDate"].strip() and day_of(row["IncorporationDate"]) is None:
        yield Reason("date", _("The date of incorporation cannot be read and is left out."), "IncorporationDate")


def day_of(text: str) -> date | None:
    """A day as the snapshot writes it, 27/03/2015. None when it is none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def person_faults(row: Mapping[str, str]) -> Iterator[Reason]:
    """Why a row about an officer or owner cannot be used."""
    if not _COMPANY_NUMBER.fullmatch(row["company_number"].strip().upper()):
        yield Reason("number", _("There is no company number of 8 characters."), "company_number")
    for column in ("role", "name"):
        if not row[column].strip():
            yield Reason("empty", format_lazy(_("The column {column} is empty."), column=column), column)
    if any(len(text) > LONGEST_CELL for text in row.values()):
        yield Reason("too_long", format_lazy(_("The column {column} is too long."), column="name"), "name")
    if not "".join(row.values()).isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"))


def kind_of_role(role: str, *, until: str) -> RoleKind | None:
    """What a person is for the company today; nothing of who has left, and nothing of other companies."""
    return None if until.strip() else ROLES.get(role.strip().lower())


def name_in_order(name: str) -> str:
    """First names first, and no title: officers are published as “KOWALSKA, Maria Anna, Dr”, owners as “Dr Maria Kowalska”."""
    last, comma, rest = " ".join(name.split()).partition(",")
    if comma:
        return f"{rest.split(',')[0].strip()} {last.title() if last.isupper() else last}".strip()
    first, _space, others = last.partition(" ")
    return others if others and first.rstrip(".").casefold() in TITLES else last


def iso_day(text: str) -> date | None:
    """A day as the service and the file of people write it, 2015-03-27. None when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
