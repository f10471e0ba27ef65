"""The register for spreadsheets and OpenRefine: the W3C's Reconciliation Service API, version 0.2.

It asks what "check many" asks, and answers it in that shape. `match` is true only for a number or an equal name, with nothing
against it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from rapidfuzz import fuzz

from public_lookup import web
from public_lookup.bulk_checks.queries.matching import Asked, RowMatch, look_up
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.lookup.queries.answers import word_of
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.queries.rows import LookupRow
from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import fields_on, values_on
from public_lookup.open_data.queries.register_files import written
from public_lookup.reconciliation.rules import Question
from registry import names

#: The one kind of thing on the register.
TYPE = {"id": "licence-holder", "name": "Licence holder or applicant"}
#: What is not equal never scores as much as what is.
EQUAL, MOST_SIMILAR, UNCLEAR = 100, 90, 95
#: Suggestions while somebody types.
MOST_SUGGESTED = 10


def manifest() -> dict[str, Any]:
    """What the service is and where it is asked."""
    site = settings.SITE_ADDRESS
    here = f"{site}{reverse('reconcile')}"
    entry = reverse("entry", args=["ID"])
    return {
        "versions": ["0.2"],
        "name": settings.SERVICE_NAME,
        "identifierSpace": f"{site}/check/",
        "schemaSpace": f"{site}/data/",
        "documentation": f"{site}{reverse('data')}",
        "defaultTypes": [TYPE],
        "view": {"url": f"{site}{entry.replace('ID', '{{id}}')}"},
        "batchSize": 50,
        "suggest": {"entity": {"service_url": here.rstrip("/"), "service_path": "/suggest/"}},
        "extend": {
            "propose_properties": {"service_url": here.rstrip("/"), "service_path": "/properties/"},
            "property_settings": [],
        },
    }


def reconciled(questions: Mapping[str, Question], at: datetime) -> dict[str, Any]:
    """To each question those who may be meant, surest first; none where it asks for another kind of thing."""
    ours = {key: one for key, one in questions.items() if one.type in ("", TYPE["id"])}
    asked: list[Asked] = [
        {UploadedColumn(column): text for column, text in one.columns.items()} for one in ours.values()
    ]
    found = dict(zip(ours, web.answered(asked, at), strict=True)) if asked else {}
    return {
        key: {"result": list(_candidates(found[key], one))[: one.limit] if key in found else []}
        for key, one in questions.items()
    }


def _candidates(match: RowMatch, question: Question) -> Iterator[dict[str, Any]]:
    for row in match.rows:
        is_match = match.sure is row and not match.doubts
        yield {**_named(row), "type": [TYPE], "match": is_match, "score": _score(row, question, is_match)}


def _score(row: LookupRow, question: Question, is_match: bool) -> float:
    if is_match:
        return EQUAL
    if row.exact:
        return UNCLEAR
    told, name = names.squash(question.query), names.squash(row.name or row.entry.name)
    return round(min(fuzz.ratio(told, name), MOST_SIMILAR), 1)


def _named(row: LookupRow) -> dict[str, Any]:
    entry = row.entry
    place = ", ".join(filter(None, (entry.address.get("town", ""), entry.address.get("postcode", ""))))
    return {"id": entry.number, "name": entry.name, "description": f"{word_of(entry)}. {place}".rstrip(". ")}


def suggested(prefix: str, at: datetime) -> dict[str, Any]:
    """Those who may be meant by what has been typed so far."""
    rows = look_up({prefix}, at)[prefix] if prefix else []
    return {"result": [_named(row) for row in rows[:MOST_SUGGESTED]]}


def properties(limit: int | None = None) -> dict[str, Any]:
    """What can be asked of each: the fields of the API."""
    return {"type": TYPE["id"], "properties": [_property(field.name) for field in fields_on(Surface.FILE)][:limit]}


def _property(name: str) -> dict[str, str]:
    return {"id": name, "name": name.replace("_", " ").capitalize()}


def extended(ids: Sequence[str], wanted: Sequence[str], at: datetime) -> dict[str, Any]:
    """The values of some fields for each of these numbers; none for a number that is not on the register."""
    known = {field.name for field in fields_on(Surface.FILE)}
    fields = [name for name in wanted if name in known]
    entries = {entry.number: values_on(Surface.FILE, entry) for entry in on_register(at).filter(number__in=set(ids))}
    return {
        "meta": [_property(name) for name in fields],
        "rows": {one: {name: _values(entries.get(one, {}).get(name)) for name in fields} for one in ids},
    }


def _values(value: Any) -> list[dict[str, Any]]:
    if value in (None, "", [], ()):
        return []
    if isinstance(value, bool):
        return [{"bool": value}]
    if isinstance(value, int):
        return [{"int": value}]
    return [{"str": written(one)} for one in (value if isinstance(value, list) else [value])]
