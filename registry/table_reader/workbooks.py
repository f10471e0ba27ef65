"""Excel workbooks: the text of the first sheet that is shown and nothing else, read by calamine.

No formula is worked out, no macro, picture or link is opened. A workbook is a stranger's file, and calamine lays out a table
as large as the furthest cell says: so every part is judged before calamine sees any. What the parts say that they unpack to
is bounded, no part may hold a document type (and so no entity), and the table that they speak of must be of a sane size.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import count
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

#: What all parts of a workbook unpack to at most.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
#: Elements of a part: empty ones pack to almost nothing, and each costs as much as a full one.
MOST_ELEMENTS = 2_000_000
#: Cells of the table up to the furthest one, empty ones too: calamine makes room for each.
MOST_CELLS = 2_000_000
#: Characters of all cells together: one text may be shared by many.
MOST_TEXT = 50_000_000
_ADDRESS = re.compile(r"([A-Z]{0,3})([0-9]{1,7})")
_LONGEST_TEXT = 1_000
_AT_ONCE = 64 * 1024

Value = int | float | str | bool | date | datetime | time | object


class UnreadableWorkbook(ValueError):
    """This is no workbook, or one that is not read: locked, damaged, or made to do harm."""


def is_one(content: bytes) -> bool:
    """By its first bytes: a ZIP, or the older format, which holds a locked workbook too and is then refused."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown, as text. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            judged = _judged(packed)
        yield from _rows(judged)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        CalamineError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise UnreadableWorkbook from error


def _rows(content: io.BytesIO) -> Iterator[list[str]]:
    with CalamineWorkbook.from_filelike(content) as book:
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if not shown:
            raise UnreadableWorkbook
        left = MOST_TEXT
        for row in book.get_sheet_by_name(shown[0]).iter_rows():
            texts = [_text(value) for value in row]
            left -= sum(map(len, texts))
            if left < 0:
                raise UnreadableWorkbook
            yield texts


def _text(value: Value) -> str:
    """441632960123 may be stored as 4.41632960123E11, and 1234567 as 1234567.0."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)[:_LONGEST_TEXT]


def _judged(packed: zipfile.ZipFile) -> io.BytesIO:
    """The parts of XML, each judged, in a ZIP of our own: no other reader of ZIPs may find something else in the stranger's.

    Python unpacks no more of a part than its head says, so that the heads can be believed here.
    """
    parts = [part for part in packed.infolist() if part.filename.startswith(("xl/", "_rels/"))]
    if len(packed.infolist()) > MOST_PARTS or sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise UnreadableWorkbook
    judged = io.BytesIO()
    with zipfile.ZipFile(judged, "w") as kept:
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _copy(packed, part, kept)
        if len({name.lower() for name in kept.namelist()}) != len(kept.namelist()):
            raise UnreadableWorkbook
    judged.seek(0)
    return judged


def _copy(packed: zipfile.ZipFile, part: zipfile.ZipInfo, kept: zipfile.ZipFile) -> None:
    """Refuse document types, elements without end, and a cell so far out that the table up to it would be huge."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    elements, furthest = count(), [1, 1]

    def start(name: str, said: dict[str, str]) -> None:
        if next(elements) > MOST_ELEMENTS:
            raise UnreadableWorkbook
        if name.rpartition(" ")[2] in {"c", "row"} and (address := said.get("r")) is not None:
            column, row = _place(address)
            furthest[:] = [max(furthest[0], column), max(furthest[1], row)]
            if furthest[0] * furthest[1] > MOST_CELLS:
                raise UnreadableWorkbook

    parser.StartElementHandler = start
    with packed.open(part) as file, kept.open(part.filename, "w") as copy:
        while piece := file.read(_AT_ONCE):
            parser.Parse(piece, False)
            copy.write(piece)
    parser.Parse(b"", True)


def _refuse(*_declared: object) -> None:
    raise UnreadableWorkbook


def _place(address: str) -> tuple[int, int]:
    """The column, 1 for A and for a row, and the row of an address such as AA12."""
    if (found := _ADDRESS.fullmatch(address)) is None:
        raise UnreadableWorkbook
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return max(column, 1), int(found[2])
