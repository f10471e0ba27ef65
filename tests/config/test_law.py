"""The lawyers' folder: the papers are what the code says, and each measure names something that is there."""

import ast
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from config.law import papers
from config.management.commands.draw_law import day_of_law, drawn

pytestmark = pytest.mark.once

PARTS: list[dict[str, Any]] = [*papers.facts("assessment")["risks"], *papers.facts("algorithms")["tools"]]


@pytest.mark.parametrize(("name", "text"), list(drawn(day_of_law())), ids=lambda one: one if len(one) < 30 else "text")
def test_each_paper_is_what_the_code_says(name: str, text: str) -> None:
    assert (papers.FOLDER / name).read_text(encoding="utf-8") == text, "run manage.py draw_law"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["title"])
def test_what_a_paper_names_is_there(part: dict[str, Any]) -> None:
    assert part["shown_by"]
    assert [one for one in papers.shown_by(part) if not is_there(one)] == []


def is_there(named: str) -> bool:
    file, _colons, test = named.partition("::")
    path = settings.BASE_DIR / file
    return path.exists() and (not test or test in functions_of(file))


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((settings.BASE_DIR / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
