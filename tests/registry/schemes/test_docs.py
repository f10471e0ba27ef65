"""The page for domain owners says what the code does."""

import re
from pathlib import Path

from registry.schemes import DERIVED, Clause
from registry.schemes.kinds import PARTS

PAGE = (Path(__file__).parents[3] / "docs" / "scheme-packs.md").read_text(encoding="utf-8")


def test_every_derived_fact_is_documented_in_its_own_words() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| (whether .*|the .*) \|$", PAGE, re.MULTILINE)) == DERIVED


def test_every_clause_is_documented() -> None:
    assert {field.alias or name for name, field in Clause.model_fields.items()} - {"fact"} == set(
        re.findall(r"^\| `(\w+)` \| (?!whether|the c|the n)", PAGE, re.MULTILINE)
    )


def test_every_file_of_a_pack_is_documented() -> None:
    assert set(re.findall(r"^\| `(\w+)\.toml`", PAGE, re.MULTILINE)) == PARTS.keys()
