"""Excel workbooks (Office Open XML, ECMA-376), read as a stream: the text of the first sheet and nothing else.

No formula is worked out, no macro, picture or link is opened. A workbook is a stranger's file: what its parts say that
they unpack to is judged before anything is unpacked, no part may hold a document type (and so no entity), and a cell
that says it stands far out makes no row or column but its own.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath
from xml.parsers import expat

#: What all that is read of a workbook unpacks to at most, and how many texts may be shared between its cells.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TEXTS = 500_000
MOST_PARTS = 2_000
#: Elements of a part: empty ones pack to almost nothing, and each costs as much as a full one.
MOST_ELEMENTS = 2_000_000
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]+")
_LONGEST_TEXT = 1_000
_FURTHEST_COLUMN = 200
_WHOLE = re.compile(r"-?[0-9]+\.0+|-?[0-9.]+E\+?[0-9]+", re.IGNORECASE)
_AT_ONCE = 64 * 1024
_OFFICE = "relationships/"


class Unreadable(ValueError):
    """This is no workbook, or one that is not read: locked, damaged, or made to do harm."""


def is_one(content: bytes) -> bool:
    """By its first bytes: a ZIP, or the older format, which holds a locked workbook too and is then refused."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet, as text. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _judge(packed)
            yield from _rows(packed)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise Unreadable from error
    except ValueError as error:  # numbers and encodings that are none
        raise Unreadable from error


def _judge(packed: zipfile.ZipFile) -> None:
    """Python unpacks no more of a part than its head says, so that the heads can be believed here."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable


def _rows(packed: zipfile.ZipFile) -> Iterator[list[str]]:
    texts = _Texts()
    sheet, shared = _where(packed)
    if shared in packed.namelist():
        for _step in _read(packed, shared, texts):
            pass
    cells = _Sheet(texts.found)
    for _step in _read(packed, sheet, cells):
        yield from cells.taken()


def _where(packed: zipfile.ZipFile) -> tuple[str, str]:
    """Where the first sheet and the shared texts are: the parts name each other."""
    book = _target(packed, "", "officeDocument")
    names = _Sheets()
    for _step in _read(packed, book, names):
        pass
    links = _links(packed, book)
    shared = next((to for _id, (kind, to) in links.items() if kind.endswith(f"{_OFFICE}sharedStrings")), "")
    return links[names.first][1], shared


def _target(packed: zipfile.ZipFile, part: str, kind: str) -> str:
    for found, to in _links(packed, part).values():
        if found.endswith(f"{_OFFICE}{kind}"):
            return to
    raise Unreadable


def _links(packed: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    path = PurePosixPath(part)
    links = _Links(path.parent)
    for _step in _read(packed, str(path.parent / "_rels" / f"{path.name}.rels"), links):
        pass
    return links.found


class _Reader:
    """What is told while a part is read: the names of elements come without their namespace."""

    def start(self, name: str, said: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def _read(packed: zipfile.ZipFile, part: str, reader: _Reader) -> Iterator[None]:
    """Tell a reader of a part, a piece at a time."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    elements = count()

    def start(name: str, said: dict[str, str]) -> None:
        if next(elements) > MOST_ELEMENTS:
            raise Unreadable
        reader.start(_local(name), {_local(key): value for key, value in said.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    with packed.open(part) as file:
        while piece := file.read(_AT_ONCE):
            parser.Parse(piece, False)
            yield
    parser.Parse(b"", True)
    yield


def _refuse(*_declared: object) -> None:
    raise Unreadable


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Links(_Reader):
    def __init__(self, folder: PurePosixPath) -> None:
        self.folder, self.found = folder, dict[str, tuple[str, str]]()

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "Relationship" and said.get("TargetMode") != "External":
            to = said["Target"]
            self.found[said["Id"]] = (
                said["Type"],
                to[1:] if to.startswith("/") else posixpath.normpath(self.folder / to),
            )


class _Sheets(_Reader):
    """The first sheet that is shown."""

    first = ""

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "sheet" and not self.first and said.get("state", "visible") == "visible":
            self.first = said["id"]


class _Texts(_Reader):
    """Texts that cells share; how they are to be read aloud (rPh) is no part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_aloud = self._is_text = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        self._is_aloud = self._is_aloud or name == "rPh"
        self._is_text = name == "t" and not self._is_aloud

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_aloud = False
        if name == "si":
            if len(self.found) >= MOST_TEXTS:
                raise Unreadable
            self.found.append("".join(self._parts)[:_LONGEST_TEXT])

    def text(self, text: str) -> None:
        if self._is_text and len(self._parts) < _LONGEST_TEXT:
            self._parts.append(text[:_LONGEST_TEXT])


class _Sheet(_Reader):
    """Rows of cells. One without an address stands beside the one before it."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._done: list[list[str]] = []
        self._row: dict[int, str] = {}
        self._column, self._kind = -1, ""
        self._parts: list[str] = []
        self._is_value = self._is_aloud = False

    def taken(self) -> list[list[str]]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            self._row, self._column = {}, -1
        elif name == "c":
            self._column = _number_of(said["r"]) if "r" in said else self._column + 1
            self._kind, self._parts = said.get("t", "n"), []
        self._is_aloud = self._is_aloud or name == "rPh"
        self._is_value = name in ("v", "t") and not self._is_aloud

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "rPh":
            self._is_aloud = False
        elif name == "c":
            if self._column < _FURTHEST_COLUMN:
                self._row[self._column] = self._value("".join(self._parts))
        elif name == "row":
            self._done.append([self._row.get(place, "") for place in range(max(self._row, default=-1) + 1)])

    def text(self, text: str) -> None:
        if self._is_value and len(self._parts) < _LONGEST_TEXT:
            self._parts.append(text[:_LONGEST_TEXT])

    def _value(self, text: str) -> str:
        if self._kind == "s":
            place = int(text)
            return self._texts[place] if 0 <= place < len(self._texts) else ""
        if self._kind == "e":
            return ""
        # 441632960123 may be stored as 4.41632960123E11, and 1234567 as 1234567.0.
        return f"{float(text):.0f}" if self._kind == "n" and _WHOLE.fullmatch(text) else text


def _number_of(address: str) -> int:
    """0 for A, 26 for AA."""
    if (found := _COLUMN.fullmatch(address)) is None:
        raise Unreadable
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
