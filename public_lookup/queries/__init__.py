"""What the register says, at any instant. Import from here."""

from public_lookup.queries.advice import Advice, advice
from public_lookup.queries.changes import Changes, Made, Position, changes
from public_lookup.queries.codes import CodeLists, code_lists
from public_lookup.queries.findings import MOST, Findings, Row, Search, Why, search
from public_lookup.queries.follows import listing_with, what_is_followed
from public_lookup.queries.history import Change
from public_lookup.queries.instants import FUTURE, Misread, UnknownParameter, end_of, instant, last_day
from public_lookup.queries.items import Happening, happenings, made_item, withdrawn_item
from public_lookup.queries.namesakes import Namesake
from public_lookup.queries.shown import NotShown, Shown, entry, etag, number_of, today
from public_lookup.queries.webhooks import postable, waiting_of, webhook_file, webhooks_of
from public_lookup.queries.whole import COLUMNS, part_of_map, parts_of_map, row_of, rows, written

__all__ = [
    "COLUMNS", "FUTURE", "MOST", "Advice", "Change", "Changes", "CodeLists", "Findings", "Happening", "Made", "Misread", "Namesake", "NotShown", "Position", "Row",
    "Search", "Shown", "UnknownParameter", "Why", "advice", "changes", "code_lists", "end_of", "entry", "etag", "happenings", "instant", "last_day", "listing_with", "made_item", "number_of", "part_of_map", "parts_of_map",
    "postable", "row_of", "rows", "search", "today", "waiting_of", "webhook_file", "webhooks_of", "what_is_followed", "withdrawn_item", "written",
]  # fmt: skip
