"""The parts of a stranger's workbook, judged before any other reader sees them.

Only the parts are opened that the first sheet that is shown needs. What all of them hold together is bounded: bytes and tags are
counted before anything is parsed, elements while it is. No part may hold a document type (and so no entity), and the table that
the cells speak of must be of a sane size: who reads it lays out a table as large as the furthest cell says.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

#: Rows of a list that are looked up.
MOST_ROWS = 10_000
#: What the parts that are read unpack to at most, together.
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 2_000
#: Elements of all parts: empty ones pack to almost nothing, and each costs as much as a full one. 10,000 rows of 20 cells fit.
MOST_ELEMENTS = 500_000
#: Signs of attributes of all parts: a cell has three.
MOST_ATTRIBUTES = 1_500_000
#: How deep elements may lie in each other: those of a workbook, ten.
DEEPEST = 100
#: Bytes of one tag, or of the text between two: a cell holds 32,767 characters.
LONGEST_TAG = 256 * 1024
#: Cells of the table up to the furthest one, empty ones too: calamine makes room for each.
MOST_CELLS = 1_000_000
#: Characters of all cells together: one text may be shared by many, and each gets a copy of it.
MOST_TEXT = 10_000_000

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
#: Where a workbook begins, which numbers are dates, and the texts that cells share.
TOP_LINKS, STYLES, SHARED = "_rels/.rels", "xl/styles.xml", "xl/sharedstrings.xml"
_LONGEST_PLACE = 9
_ENTRY = b"PK\x01\x02"
_ADDRESS = re.compile(r"([A-Z]{0,3})([0-9]{1,7})")


class UnreadableWorkbook(ValueError):
    """This is no workbook, or one that is not read: locked, damaged, or made to do harm."""


class TooManyRows(UnreadableWorkbook):
    """It costs too much to read, and has more rows than a list may have."""


class ReadPart:
    """What is looked for in a part; by itself, nothing."""

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """What stands in it, or the next piece of that."""


@dataclass(slots=True)
class Spent:
    """What all parts of one workbook have cost so far."""

    unpacked: int = 0
    tags: int = 0
    attributes: int = 0
    elements: int = 0
    rows: int = 0

    def judge(self) -> None:
        within = (
            self.unpacked <= MOST_UNPACKED,
            self.tags <= 2 * MOST_ELEMENTS,
            self.attributes <= MOST_ATTRIBUTES,
            self.elements <= MOST_ELEMENTS,
        )
        if not all(within):
            raise TooManyRows if self.rows > MOST_ROWS else UnreadableWorkbook


def judged(content: bytes) -> io.BytesIO:
    """What is read of a workbook, in a ZIP of our own: no other reader of ZIPs may find something else in the stranger's.

    Raises `UnreadableWorkbook`, and what `zipfile` and `expat` raise.
    """
    # Python reads the whole directory of a ZIP at once, however long it is.
    if content.count(_ENTRY) > MOST_PARTS:
        raise UnreadableWorkbook
    ours = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(ours, "w") as kept:
        for name, part in _judged(packed):
            kept.writestr(name, part)
    ours.seek(0)
    return ours


def _judged(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    there, spent = _by_name(packed), Spent()

    def opened(name: str, part: ReadPart) -> tuple[str, bytes]:
        content = _unpacked(packed, there[name], spent)
        _parse(content, part, spent)
        return there[name].filename, content

    if WORKBOOK not in there or LINKS not in there:
        raise UnreadableWorkbook
    shown, links, shared = _FirstShown(), _Links(), _SharedTexts()
    yield opened(WORKBOOK, shown)
    yield opened(LINKS, links)
    also_read: dict[str, ReadPart] = {TOP_LINKS: ReadPart(), STYLES: ReadPart(), SHARED: shared}
    for name in also_read.keys() & there.keys():
        yield opened(name, also_read[name])
    sheet = links.part_of(shown.first)
    if sheet not in there or sheet in {WORKBOOK, LINKS, *also_read}:
        raise UnreadableWorkbook
    yield opened(sheet, _TableSize(shared.lengths))


def _by_name(packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Parts by their names, which other readers take without regard to case: no two may be called alike."""
    there: dict[str, zipfile.ZipInfo] = {}
    for part in packed.infolist():
        if there.setdefault(part.filename.lower(), part) is not part:
            raise UnreadableWorkbook
    return there


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, spent: Spent) -> bytes:
    """The bytes of a part, none of them parsed. Python unpacks no more of it than its head says, so that it can be believed."""
    spent.unpacked += part.file_size
    spent.judge()
    content = packed.read(part)
    spent.tags += content.count(b"<")
    spent.attributes += content.count(b"=")
    spent.rows += content.count(b"<row")
    spent.judge()
    # Inside a tag there is no other one: it is as long as that is not seen, and the parser keeps all of it.
    for place in range(0, len(content) - LONGEST_TAG, LONGEST_TAG):
        if content.find(b"<", place, place + LONGEST_TAG) < 0:
            raise UnreadableWorkbook
    return content


def _parse(content: bytes, part: ReadPart, spent: Spent) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.buffer_text = True
    depth = 0

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        spent.elements += 1
        if depth > DEEPEST:
            raise UnreadableWorkbook
        if spent.elements > MOST_ELEMENTS:
            spent.judge()
        part.start(name.rpartition(" ")[2], said)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        part.end(name.rpartition(" ")[2])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = part.text
    parser.Parse(content, True)


def _refuse(*_declared: object) -> None:
    raise UnreadableWorkbook


class _FirstShown(ReadPart):
    """The link of the first sheet of a workbook that is shown."""

    first = ""

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "sheet" and not self.first and said.get("state", "visible") == "visible":
            self.first = next((value for key, value in said.items() if key.endswith(" id")), "")


class _Links(ReadPart):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[said.get("Id", "")] = said.get("Target", "")

    def part_of(self, link: str) -> str:
        """The name of the part that a link leads to, from the folder of the workbook or from the top."""
        target = self.targets.get(link, "").lower().removeprefix("/")
        return target if target.startswith("xl/") else f"xl/{target}"


class _SharedTexts(ReadPart):
    """How long each of the texts is that cells share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _TableSize(ReadPart):
    """How large a table the cells of a sheet speak of, and how much text; a cell without a place comes after the last one."""

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths
        self.row = self.column = self.characters = 0
        self.furthest = (1, 1)
        self.shares, self.said = False, ""

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            self._go_to(0, self.row + 1, said)
        elif name == "c":
            self._go_to(self.column + 1, self.row, said)
            self.shares = said.get("t") == "s"
        self.said = ""

    def text(self, text: str) -> None:
        self.characters += len(text)
        if self.shares and len(self.said) < _LONGEST_PLACE:
            self.said += text

    def end(self, name: str) -> None:
        """A cell that shares a text says only which: the place of it among all."""
        if name == "v" and self.shares and self.said.isdecimal() and len(self.said) < _LONGEST_PLACE:
            self.characters += self.lengths[int(self.said)] if int(self.said) < len(self.lengths) else 0
        if self.characters > MOST_TEXT:
            raise UnreadableWorkbook

    def _go_to(self, column: int, row: int, said: dict[str, str]) -> None:
        if (address := said.get("r")) is not None:
            column, row = _place(address, column)
        self.column, self.row = column, row
        self.furthest = max(self.furthest[0], column), max(self.furthest[1], row)
        if self.furthest[0] * self.furthest[1] > MOST_CELLS:
            raise UnreadableWorkbook


def _place(address: str, column: int) -> tuple[int, int]:
    """The column, 1 for A, and the row of an address such as AA12; that of a row has no column of its own."""
    if (found := _ADDRESS.fullmatch(address)) is None:
        raise UnreadableWorkbook
    letters = 0
    for letter in found[1]:
        letters = letters * 26 + ord(letter) - ord("A") + 1
    return letters or column, int(found[2])
