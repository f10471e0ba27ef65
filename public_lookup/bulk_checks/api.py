"""Many rows in one question, each answered as if it had been asked alone. Nothing of them is kept."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from public_lookup import web
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence, Doubt, UploadedColumn
from public_lookup.lookup.api import AT, PROBLEMS, EntryOut, FoundOut, Problem, entry_out, found_out
from public_lookup.lookup.queries import instants
from registry.register.states import Outcome
from registry.web import QUESTIONS

router = Router(tags=["register"])

#: Rows of one question; a longer list is given to the page, which works it off in the background.
MOST_ROWS = 500


class RowIn(Schema):
    """What is known of one labour provider. It must say who is meant; a postcode alone does not.

    What is null, empty or left out is not known. Any other field is refused.
    """

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(
        None, max_length=200, description="A name, in any spelling or script; or any number of theirs"
    )
    number: str | None = Field(None, max_length=200, description="Licence number", examples=["ABCD0001"])
    company: str | None = Field(None, max_length=200, description="Company number")
    telephone: str | None = Field(None, max_length=200)
    email: str | None = Field(None, max_length=200)
    website: str | None = Field(None, max_length=200)
    postcode: str | None = Field(None, max_length=200, description="Compared with the registered one")


class ListIn(Schema):
    model_config = ConfigDict(extra="forbid")

    at: str = AT
    rows: list[RowIn] = Field(min_length=1, max_length=MOST_ROWS)


class AnswerOut(Schema):
    confidence: Confidence = Field(
        description="Only `number` and `name` answer the row; `cannot_tell` says nothing at all: ask again"
    )
    outcome: Outcome | None = Field(
        description="What the look-up says; null where it is not clear of whom: read the standing of each in `may_be`"
    )
    licensed: bool | None = Field(description="Null where it is not sure who is meant: read it as no answer")
    doubts: list[Doubt] = Field(description="What of the row the register says otherwise")
    entry: EntryOut | None = Field(description="The one that is meant, where that is sure")
    may_be: list[FoundOut] = Field(
        description="Those that may be meant, or are similar. None of them is an answer about the one asked for"
    )


class AnswersOut(Schema):
    as_at: datetime
    items: list[AnswerOut] = Field(description="In the order of the rows")


@router.post("", response={200: AnswersOut, 400: Problem, **PROBLEMS}, operation_id="check_many", url_name="check_many")
def check_many(request: HttpRequest, asked: ListIn) -> Any:
    """Look up to 500 labour providers up at once, today or as it was on a past day. Nothing of the question is kept.

    A body that is not JSON, or names a field twice, or has a NUL or half a character in a text, is answered with 400, any
    other that cannot be read with 422; `where` names the field, as in `rows.3.name`, counted from 0. A row that is null
    is refused.
    """
    QUESTIONS.take(request, times=len(asked.rows))
    at = instants.instant(asked.at, now=timezone.now())
    rows = [
        {UploadedColumn(name): text.strip() for name, text in row.dict().items() if text and text.strip()}
        for row in asked.rows
    ]
    answers = web.answered(rows, at)
    return {"as_at": at.astimezone(UTC), "items": [_answer_out(answer, at) for answer in answers]}


def _answer_out(answer: many.RowMatch, at: datetime) -> dict[str, Any]:
    sure = answer.sure
    return {
        "confidence": answer.confidence,
        "outcome": answer.outcome or None,
        "licensed": sure.entry.is_licensed if sure else None,
        "doubts": answer.doubts,
        "entry": entry_out(sure.entry, at) if sure else None,
        "may_be": [] if sure else [found_out(row, at) for row in answer.rows],
    }
