"""Excel workbooks: the text of the first sheet that is shown and nothing else, read by calamine.

No formula is worked out, no macro, picture or link is opened. A workbook is a stranger's file: `parts` judges what is in it
before calamine sees any.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from registry.table_reader import parts
from registry.table_reader.parts import TooManyRows, UnreadableWorkbook

_LONGEST_TEXT = 1_000

Value = int | float | str | bool | date | datetime | time | object


def is_one(content: bytes) -> bool:
    """By its first bytes: a ZIP, or the older format, which holds a locked workbook too and is then refused."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown, as text. Raises `UnreadableWorkbook`."""
    try:
        yield from _rows(parts.judged(content))
    except TooManyRows:
        raise
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


def _rows(content: BytesIO) -> Iterator[list[str]]:
    with CalamineWorkbook.from_filelike(content) as book:
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if not shown:
            raise UnreadableWorkbook
        for row in book.get_sheet_by_name(shown[0]).iter_rows():
            if row.count("") < len(row):
                yield [_text(value) for value in row]


def _text(value: Value) -> str:
    """441632960123 may be stored as 4.41632960123E11, and 1234567 as 1234567.0."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)[:_LONGEST_TEXT]
