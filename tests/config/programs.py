"""What a program can ask of the staff API: every endpoint, with things that exist, and bodies drawn from its own document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Of the things of the walk, which stand in the brackets below a path of the API.
FROM = {
    "applications/": "staff/checks/",
    "applications/{reference}/triggers/": "staff/applications/<str:reference>/triggers/",
    "checks/": "staff/checks/",
    "overrides/": "staff/overrides/",
    "licences/": "staff/licences/",
    "changes/": "staff/changes/",
    "look-alikes/": "staff/look-alikes/",
    "appeals/": "staff/appeals/",
    "decisions/": "staff/decisions/",
    "decisions/reviews/": "staff/decisions/reviews/",
    "inspections/": "staff/inspections/",
    "requests/": "staff/requests/",
}
#: What the same word is called among those things.
CALLED = {"applications/": {"reference": "case"}, "checks/": {"reference": "asked"}}
ROOT = "/api/staff/v1/"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of one endpoint."""

    operation: str
    method: str
    address: str
    body: Mapping[str, Any] | None = None

    def of(self, client: Any) -> Any:
        if self.body is None:
            return getattr(client, self.method)(self.address)
        return getattr(client, self.method)(self.address, self.body, content_type="application/json")


def everything(
    document: Mapping[str, Any], things: Mapping[str, Mapping[str, object]], known: Mapping[str, str], *, words: str
) -> Iterator[Asked]:
    """Every endpoint of the document. `known` are values that must exist, by field; every other text is `words`."""
    for path, methods in document["paths"].items():
        address = _address(path, things)
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            bodies = _bodies(content["schema"], document, known, words) if content else [None]
            for body in bodies:
                yield Asked(operation["operationId"], method, address, body)


def _address(path: str, things: Mapping[str, Mapping[str, object]]) -> str:
    below = max((one for one in FROM if path.startswith(f"{ROOT}{one}")), key=len, default="")
    known = things.get(FROM.get(below, ""), {})
    names = {name: known.get(CALLED.get(below, {}).get(name, name)) for name in ("reference", "number", "condition")}
    return path.format(**{**names, "trigger": known.get("trigger")})


def _bodies(
    schema: Mapping[str, Any], document: Mapping[str, Any], known: Mapping[str, str], words: str
) -> Iterator[Mapping[str, Any]]:
    """One for each kind of thing that can be asked there."""
    shape = _meant(schema, document)
    drawn = {name: _drawn(name, one, document, known, words) for name, one in shape["properties"].items()}
    kinds = [(name, one["enum"]) for name, one in shape["properties"].items() if "enum" in one]
    if not kinds:
        yield drawn
    for name, values in kinds:
        for value in values:
            yield {**drawn, name: value}


def _drawn(
    name: str, schema: Mapping[str, Any], document: Mapping[str, Any], known: Mapping[str, str], words: str
) -> Any:
    one = _meant(schema, document)
    if name in known:
        return [known[name]] if one.get("type") == "array" else known[name]
    if "enum" in one:
        return one["enum"][0]
    if one.get("format") == "date":
        return "2026-11-20"
    if one.get("type") == "array":
        return [] if one["items"].get("type") == "string" else [_drawn("", one["items"], document, known, words)]
    if one.get("type") == "object" or "properties" in one:
        within = one.get("properties", {})
        return {field: _drawn(field, given, document, known, words) for field, given in within.items()}
    return {"boolean": True, "integer": 1, "number": 1}.get(one.get("type", ""), words)


def _meant(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        meant: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return meant
    if "anyOf" in schema:
        return _meant(schema["anyOf"][0], document)
    return schema
