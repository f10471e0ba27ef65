"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import date
from typing import Any

from ninja import Schema

from licensing.time_limits.queries import Due
from registry.api import PersonOut, person_out


class DateOut(Schema):
    what: str
    about: str
    due_on: date
    working_days_left: int
    rule: str
    waiting_for: str
    officer: PersonOut | None


def date_out(row: Due) -> dict[str, Any]:
    return {
        "what": str(row.title),
        "about": row.about,
        "due_on": row.due_on,
        "working_days_left": row.left,
        "rule": row.rule,
        "waiting_for": str(row.turn),
        "officer": person_out(row.officer),
    }
