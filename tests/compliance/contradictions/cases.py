"""The cases of `cases.json`: what contradicts itself, as Python and the script on the device must both find it."""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ContradictionCase:
    case: str
    book: Any
    facts: Any
    found: list[Any]

    def __str__(self) -> str:
        return self.case


def contradiction_cases() -> list[ContradictionCase]:
    read = json.loads(Path(__file__).with_suffix(".json").read_text())
    return [
        ContradictionCase(
            one["case"], _book(read["book"], one.get("rules", {})), read["facts"] | one["changes"], one["found"]
        )
        for one in read["cases"]
    ]


def _book(book: Any, rules: dict[str, dict[str, Any]]) -> Any:
    own = deepcopy(book)
    for rule in own["contradictions"]:
        rule.update(rules.get(rule["code"], {}))
    return own
