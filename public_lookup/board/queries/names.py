"""Names on a board that the register does not have exactly, each once."""

from dataclasses import dataclass
from datetime import datetime

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.queries.standings import ShownSupplier, shown
from public_lookup.bulk_checks.states import Confidence, Doubt

#: Names that are resolved on one page.
MOST_NAMES = 25


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that is not exactly on the register, on how many lines, and who may be meant."""

    key: int
    name: str
    number: str
    lines: int
    is_borrowed: bool
    near: list[ShownSupplier]

    @property
    def warning(self) -> str:
        """That its number is of another business; empty where it is not."""
        return str(Doubt.BORROWED.label) if self.is_borrowed else ""

    @property
    def field(self) -> str:
        return f"meant_{self.key}"


def open_names(board: SupplierBoard, *, at: datetime) -> list[OpenName]:
    """Each name once, the first of them, with those on the register that are like it."""
    grouped: dict[tuple[str, str], list[SupplierLine]] = {}
    for line in SupplierLine.objects.of_board(board).open_names().order_by("pk"):
        grouped.setdefault((line.name.casefold(), line.number.casefold()), []).append(line)
    first = list(grouped.values())[:MOST_NAMES]
    now = shown({listing for lines in first for listing in lines[0].near}, at)
    return [
        OpenName(
            lines[0].pk,
            lines[0].name,
            lines[0].number,
            len(lines),
            lines[0].confidence == Confidence.BORROWED,
            [now[one] for one in lines[0].near if one in now],
        )
        for lines in first
    ]
