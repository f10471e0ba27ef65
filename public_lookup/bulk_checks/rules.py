"""What must be true of a list before it is checked, and what its columns seem to hold."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.states import WHO, UploadedColumn
from public_lookup.lookup.filters import read_number
from registry import identifiers, names
from registry.errors import Reason


def _listed(headings: str) -> frozenset[str]:
    return frozenset(headings.split(", "))


# What people write above a column, folded; English, Welsh, and what the data files of registers call theirs.
_HEADINGS = {
    UploadedColumn.NAME: _listed(
        "name, company, company name, business, business name, labour provider, labour providers, "
        "provider, provider name, agency, agency name, supplier, supplier name, legal name, trading "
        "name, employer, gangmaster, organisation, organisation name, firm, contractor, vendor, vendor "
        "name, enw, enw cwmni, enw r cwmni, enw busnes, darparwr, cyflenwr"
    ),
    UploadedColumn.NUMBER: _listed(
        "licence, license, licence number, license number, licence no, license no, licence ref, licence "
        "reference, glaa licence, glaa number, glaa no, gla number, gla licence, glaa, glaa licence "
        "number, urn, number, rhif trwydded, rhif y drwydded, trwydded"
    ),
    UploadedColumn.COMPANY: _listed(
        "company number, company no, company registration, company registration number, companies house, "
        "companies house number, crn, registered number, registration number, rhif cwmni, rhif y cwmni"
    ),
    UploadedColumn.TELEPHONE: _listed(
        "telephone, telephone number, phone, phone number, tel, mobile, contact number, ffon, rhif ffon"
    ),
    UploadedColumn.EMAIL: _listed("email, e mail, email address, ebost, e bost"),
    UploadedColumn.WEBSITE: _listed("website, web, url, web site, homepage, gwefan"),
    UploadedColumn.POSTCODE: _listed("postcode, post code, postal code, zip, cod post"),
}
_KINDS = {heading: kind for kind, headings in _HEADINGS.items() for heading in headings}
_WEBSITE = re.compile(
    r"(?:https?://\S+|www\.\S+|(?:[\w-]+\.)+(?:com|co\.uk|uk|org|net|eu|wales|cymru)(?:/\S*)?)", re.IGNORECASE
)
#: Of a column, how many cells say what it holds.
LOOKED_AT = 200
_MOST = 0.6


#: Rows of a list that are looked up at most.
MOST_ROWS = 10_000


def begin_blockers(columns: Sequence[str], *, rows: int) -> Iterator[Reason]:
    """A row must say who is meant; and no two columns can say the same thing."""
    if rows > MOST_ROWS:
        yield Reason("too_many_rows", _("A list has at most 10,000 rows. Check a longer one in parts."), "has_heading")
    if not any(kind in columns for kind in WHO):
        yield Reason(
            "nobody_named",
            _("Say which column holds a name, a licence number, or another number of the labour provider."),
            "columns",
        )
    if twice := sorted({kind for kind in columns if kind and columns.count(kind) > 1}):
        label = UploadedColumn(twice[0]).label
        yield Reason("column_twice", _("Only one column can be: %(kind)s.") % {"kind": label}, "columns")


def guessed_columns(rows: Sequence[Sequence[str]], given: Set[str] = frozenset()) -> tuple[list[str], bool]:
    """What each column seems to hold, empty where nothing we use; and whether the first row names them.

    `given` are cells that are numbers of the authority before us: by their form alone anything could be one.
    """
    named = [_KINDS.get(names.fold(cell), "") for cell in rows[0]]
    below = rows[1:] if any(named) else rows
    guessed = [name or _kind_of((row[place] for row in below), given) for place, name in enumerate(named)]
    if any(name in WHO for name in named):
        # Of texts below a heading that we do not know, none is the name, where another heading says who is meant.
        guessed = [
            name or (kind if kind != UploadedColumn.NAME else "") for name, kind in zip(named, guessed, strict=True)
        ]
    kinds = _without_twice(guessed)
    if not any(kind in WHO for kind in kinds):
        kinds = _with_names(kinds, below)
    return kinds, bool(any(named) and len(rows) > 1)


def _kind_of(cells: Iterable[str], given: Set[str]) -> str:
    """What most of the cells can be read as."""
    filled = [cell for cell in cells if cell][:LOOKED_AT]
    if filled and sum(cell in given for cell in filled) > _MOST * len(filled):
        return UploadedColumn.NUMBER
    for kind, reads in _READS:
        if filled and sum(map(reads, filled)) > _MOST * len(filled):
            return kind
    return ""


def _without_twice(kinds: Iterable[str]) -> list[str]:
    """The first column of a kind is it; names come first in tables, and what follows is a contact, a town or a remark."""
    seen: set[str] = set()
    kept = []
    for kind in kinds:
        kept.append("" if kind in seen else kind)
        seen.add(kind)
    return kept


def _with_names(kinds: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The column of the longest texts is the one of names, where no other says who is meant."""
    lengths = {place: sum(len(row[place]) for row in rows[:LOOKED_AT]) for place, kind in enumerate(kinds) if not kind}
    longest = max(lengths, key=lambda place: (lengths[place], -place), default=None)
    return [UploadedColumn.NAME if place == longest else kind for place, kind in enumerate(kinds)]


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def is_one(cell: str) -> bool:
        try:
            return bool(read(cell))
        except identifiers.InvalidIdentifier:
            return False

    return is_one


def _company(cell: str) -> bool:
    return len(cell) >= 6 and bool(identifiers.company_number(cell))


def _is_name(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) > len(cell) / 2 and len(cell) > 3


_READS: tuple[tuple[UploadedColumn, Callable[[str], bool]], ...] = (
    (UploadedColumn.NUMBER, _reads(read_number)),
    (UploadedColumn.POSTCODE, _reads(identifiers.postcode)),
    (UploadedColumn.EMAIL, _reads(identifiers.email)),
    (UploadedColumn.COMPANY, _reads(_company)),
    (UploadedColumn.TELEPHONE, _reads(identifiers.telephone)),
    (UploadedColumn.WEBSITE, lambda cell: _WEBSITE.fullmatch(cell) is not None),
    (UploadedColumn.NAME, _is_name),
)
