"""Where the pieces of a sheet lie, and how many messages a text takes. Plain values in and out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

#: The alphabet of text messages (GSM 03.38); those of the second line take two places.
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€")
#: Characters in one message, and in each of several: in that alphabet, and in any other.
_PLACES, _PLACES_OF_SEVERAL = 160, 153
_UNITS, _UNITS_OF_SEVERAL = 70, 67


def segments(text: str) -> int:
    """How many messages a telephone company counts."""
    if set(text) <= _PLAIN | _DOUBLE:
        length = sum(2 if one in _DOUBLE else 1 for one in text)
        whole, part = _PLACES, _PLACES_OF_SEVERAL
    else:
        length = len(text.encode("utf-16-be")) // 2
        whole, part = _UNITS, _UNITS_OF_SEVERAL
    return 1 if length <= whole else -(-length // part)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet of A4 with pieces side by side, in millimetres: so many, of this size, from this corner."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float

    def places(self) -> Iterator[str]:
        for row, column in product(range(self.rows), range(self.columns)):
            yield _box(self.left + column * self.width, self.top + row * self.height, self.width, self.height)

    def ticks(self) -> Iterator[str]:
        """Where to cut: short lines at the edges of the sheet, none inside a piece."""
        for row in range(self.rows + 1):
            down = self.top + row * self.height
            if 0 < down < _SHEET[1]:
                yield from (_box(across, down, _TICK, _THIN) for across in (0, _SHEET[0] - _TICK))
        for column in range(self.columns + 1):
            across = self.left + column * self.width
            if 0 < across < _SHEET[0]:
                yield from (_box(across, down, _THIN, _TICK) for down in (0, _SHEET[1] - _TICK))


_SHEET = (210, 297)
_TICK, _THIN = 5, 0.2
LAYOUTS = {
    # A card of 85 by 55 mm fits where a bank card does.
    "card": SheetLayout(columns=2, rows=5, width=85, height=55, left=20, top=11),
    "sticker": SheetLayout(columns=3, rows=4, width=60, height=60, left=15, top=28.5),
    "insert": SheetLayout(columns=1, rows=3, width=210, height=99, left=0, top=0),
}


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"left: {left}mm; top: {top}mm; width: {width}mm; height: {height}mm"
