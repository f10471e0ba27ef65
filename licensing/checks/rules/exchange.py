"""The check exchange with another authority, version 1: what a file of replies must hold, judged reply by reply.

A request and a reply are one JSON object each, signed (Ed25519, detached, over canonical JSON); a file holds many of them.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from licensing.checks.models import Asking, Check
from licensing.checks.rules.replies import reply_blockers
from registry import signing
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.json_reader import read_object

VERSION = 1
MOST_BYTES = 5_000_000
MOST_REPLIES = 2_000
#: Values of a file: twenty items in every reply. To read so many takes 0.2 s at the most.
MOST_PARTS = 125 * MOST_REPLIES


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=20_000)


class ReplyItem(_Strict):
    code: str = Field(max_length=60)
    date: str = Field(default="", max_length=10)
    summary: str = Field(default="", max_length=2_000)
    reference: str = Field(default="", max_length=100)


class ReplyHandling(_Strict):
    may_be_shown_to_subject: bool
    may_be_passed_on: bool
    conditions: str = ""


class ExchangeReply(_Strict):
    """One reply as the format has it; `kind` may say what it is, as a signed record of ours does."""

    kind: Literal["check_reply"] = "check_reply"
    version: Literal[1]
    request: UUID
    result: Literal["nil", "adverse", "no_trace", "not_applicable"]
    items: tuple[ReplyItem, ...] = Field(default=(), max_length=100)
    handling: ReplyHandling
    answered_on: date
    answered_by: str = Field(min_length=1, max_length=200)

    @property
    def evidence(self) -> str:
        return "\n".join(one.summary for one in self.items if one.summary.strip())


@dataclass(frozen=True, slots=True)
class ExchangeObject:
    """One object of a file, before anything of it is believed: its place, the record, and its signature."""

    row: int
    record: Mapping[str, Any]
    signature: str

    @property
    def digest(self) -> str:
        return signing.digest(self.record)


class UnreadableReplies(ValueError):
    """The file is no file of replies."""


def given_in(content: bytes) -> list[ExchangeObject]:
    """The replies of a file: one object, or a list of them under `replies`. Raises `Unreadable`."""
    read = read_object(content, most=MOST_PARTS)
    several = None if read is None else read.get("replies", [read])
    if not isinstance(several, list) or not several or not all(isinstance(one, dict) for one in several):
        raise UnreadableReplies
    return [_given(row, one) for row, one in enumerate(several, 1)]


def _given(row: int, one: Mapping[str, Any]) -> ExchangeObject:
    record = one.get("record", one)
    return ExchangeObject(row, record if isinstance(record, dict) else {}, str(one.get("signature", "")))


def read(given: ExchangeObject) -> ExchangeReply | None:
    """The reply, if it has the form of one."""
    try:
        return ExchangeReply.model_validate_json(json.dumps(given.record))
    except ValidationError:
        return None


def form_faults(given: ExchangeObject) -> Iterator[Reason]:
    """What is wrong with the form of one reply, key by key."""
    try:
        ExchangeReply.model_validate_json(json.dumps(given.record))
    except ValidationError as error:
        for one in error.errors()[:10]:
            where = ".".join(map(str, one["loc"]))
            yield _reason(given, "form", format_lazy("{key}: {why}", key=where or "?", why=one["msg"]))


def signature_faults(given: ExchangeObject, agency: Agency, *, is_its_own: bool) -> Iterator[Reason]:
    """A file is believed by its signature; without a key, only from whoever is signed in for the authority."""
    if not agency.public_key:
        if not is_its_own:
            yield _reason(given, "no_key", _("We have no key of this authority: its own people must hand the file in."))
        return
    try:
        content = signing.canonical(given.record)
    except signing.NotCanonical:
        content = b""
    if not content or not signing.verify(agency.public_key, content, given.signature):
        yield _reason(given, "signature", _("The signature is not that of the authority, or does not fit the reply."))


def reply_faults(
    given: ExchangeObject,
    reply: ExchangeReply,
    asking: Asking | None,
    *,
    agency: Agency,
    asked: Collection[str],
    today: date,
) -> Iterator[Reason]:
    """Whether a reply of the right form answers what this authority was asked. Of another's request it is not said that it exists."""
    if asking is None or asking.agency_id != agency.pk or asking.asked.agency_id != agency.pk:
        yield _reason(given, "unknown_request", _("This authority was not asked this."))
        return
    yield from in_row(given, reply_blockers(asking.asked))
    yield from _said_faults(given, reply, asking.asked, asked=asked, today=today)


def _said_faults(
    given: ExchangeObject, reply: ExchangeReply, check: Check, *, asked: Collection[str], today: date
) -> Iterator[Reason]:
    if reply.result == "adverse" and not reply.evidence:
        yield _reason(given, "adverse_without_evidence", _("An adverse reply says what there is, in an item."))
    if not check.sent_on <= reply.answered_on <= today:
        yield _reason(given, "answered_on", _("The day of the reply is before the request or in the future."))
    if _is_before_the_last(check, reply.answered_on):
        yield _reason(given, "older", _("A later reply to this has been taken already."))
    for code in sorted({one.code for one in reply.items} - set(asked)) if asked else ():
        yield _reason(given, "not_asked", format_lazy(_("{code} was not asked."), code=code))


def _is_before_the_last(check: Check, day: date) -> bool:
    """Whether a later reply has been taken. What officers decided about a reply makes no reply of the authority late."""
    own = check.reply_of_agency
    last = own.replied_on if own and check.is_overridden else check.replied_on
    return last is not None and day < last


def twice_faults(replies: Collection[tuple[ExchangeObject, ExchangeReply]]) -> Iterator[Reason]:
    """A file answers each request once."""
    seen: set[UUID] = set()
    for given, reply in replies:
        if reply.request in seen:
            yield _reason(given, "twice", _("This request is answered twice in the file."))
        seen.add(reply.request)


def in_row(given: ExchangeObject, reasons: Iterable[Reason]) -> Iterator[Reason]:
    """These reasons, each with the number of the reply in the file."""
    for reason in reasons:
        yield _reason(given, reason.code, reason.text)


def _reason(given: ExchangeObject, code: str, text: Any) -> Reason:
    return Reason(code, text, str(given.row))
