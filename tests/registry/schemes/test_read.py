"""Every key that a pack may have is read by something: one that nothing reads says nothing, whatever somebody writes there."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from registry.schemes.kinds import PARTS
from tests.architecture.source import APPS, ROOT

# Read by their names in data: by the standing found, by the operator of a clause, and while the form is filled in.
BY_NAME = {"Outcomes", "Clause", "choices_from"}


def models(kind: Any, seen: dict[type[BaseModel], None]) -> None:
    for inner in get_args(kind):
        models(inner, seen)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen[kind] = None
        for field in kind.model_fields.values():
            models(field.annotation, seen)


def keys() -> Iterator[tuple[str, str]]:
    seen: dict[type[BaseModel], None] = {}
    for part in PARTS.values():
        models(part, seen)
    yield from ((model.__name__, name) for model in seen for name in model.model_fields)


@pytest.fixture(scope="module")
def product() -> str:
    files = [
        path
        for app in APPS
        for path in (ROOT / app).rglob("*.*")
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def unread(product: str, names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    read = set(re.findall(r"\.([a-z_]+)\b", product))
    return [(model, name) for model, name in names if name not in read and not {model, name} & BY_NAME]


def test_every_key_of_a_pack_is_read(product: str) -> None:
    assert unread(product, list(keys())) == []


def test_a_key_that_nothing_reads_is_found(product: str) -> None:
    assert unread(product, [("Authority", "motto"), ("Clause", "is_"), ("Outcomes", "licensed")]) == [
        ("Authority", "motto")
    ]
