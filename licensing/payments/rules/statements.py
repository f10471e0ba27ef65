"""What a row of a bank statement says: which column is which, whose reference stands in it, and whether it is the same money."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from registry import signing
from registry.codes import code_is_valid

#: What banks call their columns, in small letters.
NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "transaction date", "posting date", "posted", "value date", "dyddiad"),
    "description": ("description", "transaction description", "details", "narrative", "memo", "disgrifiad"),
    "reference": ("reference", "payment reference", "customer reference", "ref", "cyfeirnod"),
    "amount": ("amount", "credit", "paid in", "money in", "credit amount", "amount (gbp)", "swm"),
    "balance": ("balance", "running balance", "balans"),
    "account": ("account", "account number", "cyfrif"),
}
NEEDED = ("date", "amount")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y")
_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One row, read: money that arrived, or that left where the amount is below zero."""

    received_on: date
    amount: Decimal
    description: str = ""
    reference: str = ""
    rest: str = ""

    @property
    def is_credit(self) -> bool:
        return self.amount > 0


def guessed(heading: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Which column says what, by its heading: as the installation names them, else as banks do."""
    lower = [cell.casefold() for cell in heading]
    found: dict[str, int] = {}
    for what, usual in NAMES.items():
        wanted = (named[what].casefold(),) if what in named else usual
        place = next((lower.index(name) for name in wanted if name in lower), None)
        if place is not None:
            found[what] = place
    return found


def read(row: Sequence[str], columns: Mapping[str, int]) -> StatementRow | None:
    """What the row says; nothing when its day or its amount cannot be read."""
    received_on, amount = day(_cell(row, columns, "date")), money(_cell(row, columns, "amount"))
    if received_on is None or amount is None:
        return None
    rest = "|".join(_cell(row, columns, name) for name in ("balance", "account"))
    return StatementRow(
        received_on, amount, _cell(row, columns, "description"), _cell(row, columns, "reference")[:100], rest
    )


def _cell(row: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name)
    return row[place] if place is not None and 0 <= place < len(row) else ""


def day(text: str) -> date | None:
    for pattern in _DATES:
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def money(text: str) -> Decimal | None:
    """£1,234.50; -12.00 and (12.00) have left."""
    plain = text.replace("£", "").replace(",", "").replace(" ", "").replace("\u2212", "-").upper().removesuffix("CR")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,2})?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def folded(text: str) -> str:
    """Capitals and digits alone, O and 0 alike, I and L read as 1: as references are drawn, so that they can be found."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(str.maketrans("OIL", "011"))


def codes_in(*texts: str) -> Iterator[str]:
    """Every short code that can stand in these texts: its last character checks the others, so few do by accident."""
    for text in map(folded, texts):
        for start in range(len(text) - _CODE_LENGTH + 1):
            if code_is_valid(code := text[start : start + _CODE_LENGTH]):
                yield code


def keys(given: Sequence[StatementRow]) -> list[str]:
    """A name for each row by what it says: the same in every statement that tells of it. Of two that read alike the second is the second."""
    times: dict[str, int] = {}
    found = []
    for one in given:
        said = [one.received_on.isoformat(), f"{one.amount:.2f}", one.description, one.reference, one.rest]
        digest = signing.digest(said)
        times[digest] = times.get(digest, 0) + 1
        found.append(signing.digest([*said, times[digest]]))
    return found
