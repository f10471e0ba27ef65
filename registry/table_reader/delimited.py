"""Tables as text: any of the common delimiters and encodings, told by the content."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from registry.table_reader import encodings

# In the order of trust: a tab is in no name, a comma is in many.
_DELIMITERS = "\t;|,"
_LINES_LOOKED_AT = 50
# A delimiter is believed when so many of the lines are cut into the same number of cells by it.
_ALIKE = 0.8
# Rows that spreadsheets save with nothing in them, by the million: each would cost as much as one that has something.
_EMPTY_LINES = re.compile(r"\n[,;|\t \n]*\n")
_BYTE_ORDERS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# No text holds these, whatever program wrote it; a picture or a program does.
_NEVER_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


class UnreadableText(ValueError):
    """These bytes are no text, or its quotation marks do not close."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file: by its mark, else UTF-8, else as the encoding that fits best, which is named. Raises `UnreadableText`."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NEVER_TEXT.search(text):
            return text, ""
    try:
        text, guessed = encodings.guess(content)
    except UnicodeDecodeError as error:
        raise UnreadableText from error
    if _NEVER_TEXT.search(text):
        raise UnreadableText
    return text, encodings.name_of(guessed)


def _encodings(content: bytes) -> Iterator[str]:
    for mark, encoding in _BYTE_ORDERS:
        if content.startswith(mark):
            yield encoding
            return
    # Every second byte is empty in UTF-16 of Latin letters, which some programs write without a mark.
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = content[:400][place::2]
        if half.count(0) > len(half) / 2:
            yield encoding
    yield "utf-8"


def rows(text: str) -> Iterator[list[str]]:
    """The rows, cut by the delimiter that fits; a list with none has one cell in a row. Raises `Unreadable`."""
    text = _EMPTY_LINES.sub("\n", "\n" + text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\n")
    first, _end, rest = text.partition("\n")
    # What Excel writes above a table to say how it is cut.
    named = first.strip().strip('"').casefold()
    if named.startswith("sep=") and len(named) == 5:
        return _cut(rest, named[-1])
    return _cut(text, _delimiter(text))


def _cut(text: str, delimiter: str) -> Iterator[list[str]]:
    if not delimiter:
        yield from ([line] for line in text.split("\n"))
        return
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    except csv.Error as error:
        raise UnreadableText from error


def _delimiter(text: str) -> str:
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_LINES_LOOKED_AT]
    for delimiter in _DELIMITERS:
        lengths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        cells, times = max(lengths.items(), key=lambda item: item[1], default=(1, 0))
        if cells > 1 and times >= _ALIKE * lengths.total():
            return delimiter
    return ""
