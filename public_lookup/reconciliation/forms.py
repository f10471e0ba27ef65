"""What a program may ask when it reconciles: read from its JSON, and refused in words where it cannot be read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.lookup.queries.instants import UnreadableQuestion
from public_lookup.reconciliation.rules import Question
from registry.errors import Reason
from registry.json_reader import read_object

MOST_QUESTIONS = 100
MOST_IDS = 500
LONGEST = 200
MOST_CANDIDATES = 10

_NOT_JSON = _("Send JSON in the shape of the Reconciliation Service API, version 0.2.")
_TOO_MANY = _("Ask at most 100 questions, or about 500 numbers, at once.")


def questions(text: str) -> dict[str, Question]:
    """The questions by their keys. Raises `UnreadableQuestion`."""
    asked = _read(text, "queries")
    if len(asked) > MOST_QUESTIONS:
        raise UnreadableQuestion([Reason("too_many", _TOO_MANY, "queries")])
    return {key: _question(one) for key, one in asked.items()}


def extension(text: str) -> tuple[list[str], list[str]]:
    """The numbers, and the names of the fields that are asked of them. Raises `UnreadableQuestion`."""
    asked = _read(text, "extend")
    ids, fields = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(fields, list) or not all(isinstance(one, dict) for one in fields):
        raise UnreadableQuestion([Reason("not_understood", _NOT_JSON, "extend")])
    if len(ids) > MOST_IDS or len(fields) > MOST_IDS:
        raise UnreadableQuestion([Reason("too_many", _TOO_MANY, "extend")])
    return [str(one)[:LONGEST] for one in ids], [str(one.get("id", "")) for one in fields]


def _read(text: str, where: str) -> dict[str, Any]:
    asked = read_object(text)
    if asked is None:
        raise UnreadableQuestion([Reason("not_understood", _NOT_JSON, where)])
    return asked


def _question(asked: Any) -> Question:
    if not isinstance(asked, dict) or not isinstance(asked.get("query", ""), str):
        raise UnreadableQuestion([Reason("not_understood", _NOT_JSON, "queries")])
    query, limit = asked.get("query", "").strip()[:LONGEST], asked.get("limit")
    columns = {UploadedColumn.NAME.value: query, **_known(asked.get("properties"))}
    return Question(
        query,
        {name: said for name, said in columns.items() if said},
        _type(asked.get("type")),
        limit if isinstance(limit, int) and 0 < limit <= MOST_CANDIDATES else MOST_CANDIDATES,
    )


def _type(asked: Any) -> str:
    """A program may send one kind, or a list of which one is enough."""
    kinds = asked if isinstance(asked, list) else [asked]
    return str(kinds[0] or "") if kinds else ""


def _known(properties: Any) -> dict[str, str]:
    """What is known besides the name, by the columns of a list; any other property is passed over, as the standard wants."""
    found = {}
    for one in properties if isinstance(properties, list) else ():
        if isinstance(one, dict) and one.get("pid") in UploadedColumn.values:
            value = one.get("v")
            said = value.get("id", value.get("name", "")) if isinstance(value, dict) else value
            found[str(one["pid"])] = str(said or "").strip()[:LONGEST]
    return found
