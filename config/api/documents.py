"""What each document of an API has: its problems, its parameters, and none passed over in silence."""

import re
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from public_lookup.lookup.queries.instants import RepeatedParameter, UnknownParameter
from registry.json_reader import read_json


class BodyParser(Parser):
    """The body of a request, read as all JSON of others is: what cannot be read is 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        return read_json(request.body)


class Api(NinjaAPI):
    """Ninja, with the problems in its document as problem+json, and no parameter passed over in silence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=BodyParser(), **options)

    @cached_property
    def parameters(self) -> dict[str, dict[str, bool]]:
        """By the route of each endpoint, the parameters that its document names, and whether each is a list."""
        paths = self.get_openapi_schema(path_prefix="")["paths"]
        return {
            path.strip("/"): {
                parameter["name"]: parameter["schema"].get("type") == "array"
                for operation in operations.values()
                for parameter in operation["parameters"]
                if parameter["in"] == "query"
            }
            for path, operations in paths.items()
        }

    def misasked(self, request: HttpRequest, route: str) -> HttpResponse | None:
        """A refusal that names the parameters which the endpoint does not know, or has twice; None where all can be read."""
        known = self.parameters.get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).strip("/"), {})
        found = UnknownParameter.among(request.GET, known) or _repeated(request, known)
        return self.on_exception(request, found) if found else None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        for operations in document["paths"].values():
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    # Ninja copies a list to where OpenAPI wants named examples; the schema beside it has them.
                    parameter.pop("examples", None)
                for status, answer in operation["responses"].items():
                    _as_problem(status, answer)
        return document


def _repeated(request: HttpRequest, known: dict[str, bool]) -> RepeatedParameter | None:
    lists = [name for name, is_list in known.items() if is_list]
    return RepeatedParameter.among(request.GET, lists=lists)


def _as_problem(status: int, answer: dict[str, Any]) -> None:
    if status == 422:
        answer["description"] = "Unprocessable Content"  # Pythons before 3.13 have another name for it
    if status >= 400 and "application/json" in answer.get("content", {}):
        answer["content"] = {"application/problem+json": answer["content"]["application/json"]}


#: Documents that are kept: of two APIs in every language, for a day or so.
DRAWN = 64


@lru_cache(maxsize=DRAWN)
def drawn(api: Api, _language: str | None, _on: date) -> OpenAPISchema:
    """The document of an API, drawn once a day for each language: it costs a hundred times as much as an answer."""
    return api.get_openapi_schema()
