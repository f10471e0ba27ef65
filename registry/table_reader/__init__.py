"""Judging bytes: the rows of a list that was pasted or handed in, by its content and never by its name.

Only text comes out: cells of a table, each cut to a length, of a bounded number of rows and columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason, refuse_for
from registry.table_reader import delimited, workbooks
from registry.table_reader.parts import MOST_ROWS as MOST_ROWS
from registry.table_reader.parts import TooManyRows, UnreadableWorkbook

#: What one list holds at most, beside its rows: columns, characters of a cell, and bytes of a file. A cell is one
#: character longer than what a form takes, so that what is too long is seen to be, and not cut without a word.
MOST_COLUMNS = 40
LONGEST_CELL = 201
MOST_BYTES = 5 * 1024 * 1024

NOTHING = Reason("nothing_given", _("Paste a list, or choose a file."), "text")
BOTH = Reason("both_given", _("Paste a list or choose a file, not both."), "text")
TOO_BIG = Reason("file_too_big", _("The file must be smaller than 5 MB."), "file")
EMPTY = Reason("list_empty", _("There is nothing in the list."), "text")
NO_ROWS = Reason(EMPTY.code, _("There is nothing in the file."), "file")
TOO_MANY = Reason("too_many_rows", _("A list has at most 10,000 rows."), "text")
NO_TABLE = Reason(
    "not_a_table",
    _("We could not read the file. Save it as CSV or as an Excel workbook (.xlsx) and try again."),
    "file",
)
TOO_MANY_IN_FILE = Reason(TOO_MANY.code, TOO_MANY.text, "file")
#: What may be wrong with a file, by code.
WRONG_FILE = {reason.code: reason for reason in (TOO_BIG, NO_ROWS, TOO_MANY_IN_FILE, NO_TABLE)}
NO_LIST = Reason("not_a_table", _("We could not read the list. Put each row on a line of its own."), "text")

Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class GivenTable:
    """The rows of a list, and the encoding as which a file was read that does not say its own."""

    rows: Table
    guessed: str = ""


def rows_of_text(text: str) -> Table:
    """The rows of what was pasted. Raises `Refused` (list_empty, too_many_rows, not_a_table)."""
    try:
        return _within(delimited.rows(text), EMPTY)
    except delimited.UnreadableText:
        refuse_for([NO_LIST])
    raise AssertionError


def read_file(content: bytes) -> GivenTable:
    """The rows of a CSV file, of any delimiter, or of the first sheet of an Excel workbook.

    Raises `Refused` (file_too_big, list_empty, too_many_rows, not_a_table): what cannot be read whole is not read in part.
    """
    if len(content) > MOST_BYTES:
        refuse_for([TOO_BIG])
    try:
        if workbooks.is_one(content):
            return GivenTable(_within(workbooks.rows(content), NO_ROWS))
        text, guessed = delimited.decoded(content)
        return GivenTable(_within(delimited.rows(text), NO_ROWS), guessed)
    except TooManyRows:
        refuse_for([TOO_MANY_IN_FILE])
    except (UnreadableWorkbook, delimited.UnreadableText):
        refuse_for([NO_TABLE])
    raise AssertionError


def _within(rows: Iterable[Iterable[str]], empty: Reason) -> Table:
    """The rows that hold something, each as long as the longest, with nothing in them that cannot be seen."""
    tidy = ([_cell(cell) for cell in islice(row, MOST_COLUMNS)] for row in rows)
    # One more than may be looked up: the first row may be the headings.
    kept = list(islice((row for row in tidy if any(row)), MOST_ROWS + 2))
    if not kept:
        refuse_for([empty])
    if len(kept) > MOST_ROWS + 1:
        refuse_for([Reason(TOO_MANY.code, TOO_MANY.text, empty.where)])
    width = max(place + 1 for row in kept for place, cell in enumerate(row) if cell)
    return [(row + [""] * width)[:width] for row in kept]


def _cell(text: str) -> str:
    plain = text[: 4 * LONGEST_CELL]
    if not plain.isprintable():
        plain = "".join(character if character.isprintable() else " " for character in plain)
    return " ".join(plain.split())[:LONGEST_CELL]
