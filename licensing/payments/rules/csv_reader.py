"""A bank statement as it was uploaded, to rows of cells. What the cells mean is asked elsewhere (rules/statements.py)."""

import csv
from io import StringIO

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
MOST_CELL = 300
#: Counted before it is read, so that no file costs more than 0.1 s: the lines, empty ones and those within a cell too, and the cells.
MOST_LINES, MOST_CELLS = 4 * MOST_ROWS, 200_000
_DELIMITERS = ",;\t|"


class UnreadableStatement(ValueError):
    """These bytes are no statement. `code`: empty, too_big, not_text, too_many_rows, too_many_cells, one_column."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows(content: bytes) -> list[list[str]]:
    """The rows with something in them, the heading first. Raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise UnreadableStatement("too_big")
    text = _text(content)
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if text.count("\n") > MOST_LINES:
        raise UnreadableStatement("too_many_rows")
    if text.count(delimiter) > MOST_CELLS:
        raise UnreadableStatement("too_many_cells")
    try:
        cut = [[cell.strip()[:MOST_CELL] for cell in row] for row in csv.reader(StringIO(text), delimiter=delimiter)]
    except csv.Error:
        raise UnreadableStatement("not_text") from None
    return _checked([row for row in cut if any(row)])


def _checked(found: list[list[str]]) -> list[list[str]]:
    if not found:
        raise UnreadableStatement("empty")
    if len(found) > MOST_ROWS:
        raise UnreadableStatement("too_many_rows")
    if len(found[0]) < 2:
        raise UnreadableStatement("one_column")
    return found


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableStatement("not_text")
