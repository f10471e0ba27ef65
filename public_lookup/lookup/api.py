"""The register for programs: the same questions as the page, and the same answers. No key, no cookie, read only."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Field, Query, Router, Schema
from pydantic import create_model

from public_lookup import web
from public_lookup.lookup.filters import RegisterFilter
from public_lookup.lookup.queries import entries, instants
from public_lookup.lookup.queries import findings as findings_queries
from public_lookup.lookup.queries import rows as findings
from public_lookup.lookup.queries.entries import PublicEntry
from public_lookup.lookup.queries.findings import MOST, Search
from public_lookup.lookup.queries.history import PublishedChange
from public_lookup.lookup.queries.instants import WRITTEN
from public_lookup.lookup.queries.namesakes import Namesake
from public_lookup.lookup.queries.rows import LookupRow
from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import fields_on, values_on
from public_lookup.templatetags.standings import remark_on
from registry.filtersets import parameters
from registry.register.models import Entry
from registry.register.states import Outcome, Standing

router = Router(tags=["register"])


def _left_out(schema: dict[str, Any]) -> None:
    """Left out is not the same as empty: programs should not send what they do not ask for."""
    schema.pop("default")


def written_as(pattern: str) -> Callable[[dict[str, Any]], None]:
    """How the value is written, for the document only: what is refused is refused in our own words."""

    def told(schema: dict[str, Any]) -> None:
        _left_out(schema)
        schema["pattern"] = f"^$|{pattern}"

    return told


AT = Field(
    "",
    description="The day to ask about, as it was at its end in London (2026-03-27), or an instant with its zone "
    "(2026-03-27T10:00:00Z; write the + of a zone as %2B in an address). Not in the future, and not before 1900. Now, if left "
    "out or empty.",
    examples=["2026-03-27"],
    max_length=40,
    json_schema_extra=written_as(WRITTEN),
)


Asked: Any = parameters(
    "Asked",
    RegisterFilter,
    at=(str, AT),
    limit=(int, Field(20, ge=1, le=MOST, description="How many to answer at most")),
)


class AskedOfOne(Schema):
    at: str = AT


class ProblemReason(Schema):
    code: str
    text: str
    where: str = Field(description="The parameter or field that it is about, if any")


class Problem(Schema):
    """What went wrong, as RFC 9457 has it. `licensed` is false when nobody is shown, and null when we cannot tell."""

    type: str = Field(description="A stable name of the problem", examples=["/problems/not-found"])
    title: str
    status: int
    detail: str = ""
    instance: str = Field(description="The id of this request, to quote when you ask us about it")
    licensed: bool | None = None
    reasons: list[ProblemReason] = []


def schema_of_fields() -> type[Schema]:
    """The fields of an entry as the API describes them, in the order of the table."""
    described: dict[str, Any] = {
        field.name: (
            field.type,
            Field(
                description=(field.says if field.in_api is None else field.in_api) or None,
                examples=field.examples or None,
            ),
        )
        for field in fields_on(Surface.API)
    }
    return create_model("EntryFields", __base__=Schema, **described)


if TYPE_CHECKING:
    EntryFields = Schema
else:
    EntryFields = schema_of_fields()


class EntryOut(EntryFields):
    as_at: datetime = Field(description="The instant that this answer is about")


class FoundOut(EntryOut):
    exact: bool = Field(
        description="True for a number, or the same name with the same legal form or none asked for. Nothing else is an answer "
        "about the one you asked for"
    )
    near: bool = Field(
        description="True where it is not exact: a similar name, another legal form, or a place. Its standing says nothing "
        "about the one you asked for"
    )
    matched_by: findings.AnswerReason | None = Field(description="By what an exact one was found; null for a near one")
    near_by: findings.AnswerReason | None = Field(description="By what a near one was found; null for an exact one")
    remark: str = Field(description="What to know of how it was found, in words; may be empty for an exact one")
    matched_name: str = Field(description="The name, number, address or place by which it was found")
    matched_entry: int = Field(
        description="The entry that shows it: an earlier one than `entry`, if it is shown no more; it then answers nothing"
    )


class RegisterOut(Schema):
    as_at: datetime
    count: int
    count_is_exact: bool = Field(description="False when there may be more than were counted")
    items: list[FoundOut]


class ChangeOut(Schema):
    at: datetime
    entry: int | None = Field(description="The entry that said so; none when the listing was taken off the register")
    said: list[str]


class NamesakeOut(Schema):
    """Somebody else with a similar name. It says nothing about the one that was asked for."""

    number: str
    name: str
    alike: str = Field(description="The name of it that is similar: its own, or one that it trades as")
    standing: Standing
    outcome: Outcome
    town: str


class EntryWithHistoryOut(EntryOut):
    not_to_be_confused_with: list[NamesakeOut] = Field(
        description="Others on the register then, at most five, whose names are nearly the same, most alike first"
    )
    history: list[ChangeOut] = Field(description="What was published of it until then, newest first")


PROBLEMS: dict[int, Any] = {404: Problem, 409: Problem, 422: Problem, 429: Problem, 503: Problem}


@router.get("", response={200: RegisterOut, **PROBLEMS}, operation_id="search_register", url_name="register")
def search(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Any:
    """Who is on the register: by anything that is known of them, by sector, place or standing, today or on a past day.

    `q` takes a name in any spelling or script, a licence or company number, a telephone number, a website, an email
    address, a postcode or a town.

    There are no further pages: who needs the whole register takes the data files.
    """
    given = asked.model_dump()
    at = instants.instant(given.pop("at"), now=timezone.now())
    limit = given.pop("limit")
    found = findings_queries.search({name: value for name, value in given.items() if value}, at=at)
    return _unless_known(request, response, found.etag) or _register_out(found, limit)


@router.get(
    "/{number}", response={200: EntryWithHistoryOut, **PROBLEMS}, operation_id="read_entry", url_name="register_entry"
)
def entry(request: HttpRequest, response: HttpResponse, number: str, asked: Query[AskedOfOne]) -> Any:
    """One holder or applicant, by the licence number or any earlier one, today or as it was on a past day."""
    at = instants.instant(asked.at, now=timezone.now())
    if known := web.known_already(request, number, at):
        return known
    shown = entries.entry(number, at=at)
    return _unless_known(request, response, shown.etag) or _entry_with_history_out(shown)


def _unless_known(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse | None:
    """304 for a program that has this answer already; it must always ask, so that a revocation is seen at once."""
    response.headers["ETag"] = etag
    known = get_conditional_response(request, etag=etag, response=response)
    return known if known is not response else None


def _register_out(search: Search, limit: int) -> dict[str, Any]:
    found = search.found(limit)
    return {
        "as_at": search.at.astimezone(UTC),
        "count": found.count,
        "count_is_exact": found.count_is_exact,
        "items": [found_out(row, search.at) for row in found.rows],
    }


def found_out(row: LookupRow, at: datetime) -> dict[str, Any]:
    return {
        **entry_out(row.entry, at),
        "exact": row.exact,
        "near": not row.exact,
        "matched_by": row.why if row.exact else None,
        "near_by": None if row.exact else row.why,
        "remark": remark_on(row),
        "matched_name": row.name,
        "matched_entry": (row.carried_by or row.entry).entry_number,
    }


def _entry_with_history_out(shown: PublicEntry) -> dict[str, Any]:
    return {
        **entry_out(shown.entry, shown.at),
        "not_to_be_confused_with": [_namesake_out(one) for one in shown.namesakes],
        "history": [_change_out(change) for change in shown.history],
    }


def _namesake_out(one: Namesake) -> dict[str, Any]:
    said = {field: getattr(one.entry, field) for field in ("number", "name", "standing", "outcome")}
    return {**said, "alike": one.name, "town": one.entry.address.get("town", "")}


def _change_out(change: PublishedChange) -> dict[str, Any]:
    return {"at": change.at.astimezone(UTC), "entry": change.entry_number, "said": list(change.said)}


def entry_out(entry: Entry, at: datetime) -> dict[str, Any]:
    return {**values_on(Surface.API, entry), "as_at": at.astimezone(UTC)}
