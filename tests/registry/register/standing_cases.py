"""The cases of `standing_cases.json`: the one definition of standing, as Python, SQL and the script in the browser must read it.

Each case gives the dates of an entry and, for days before, on and after each boundary, the standing, the outcome and the last
day with the licence.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class StandingCase:
    case: str
    entry: dict[str, Any]
    day: date
    standing: str
    outcome: str
    last_day: date | None

    def __str__(self) -> str:
        return f"{self.case}, on {self.day}"

    @property
    def columns(self) -> dict[str, Any]:
        """The fields of the entry as Python holds them."""
        return {
            name: date.fromisoformat(value) if isinstance(value, str) else value for name, value in self.entry.items()
        }


def standing_cases() -> list[StandingCase]:
    read = json.loads(Path(__file__).with_suffix(".json").read_text())
    return [
        StandingCase(
            one["case"], one["entry"], date.fromisoformat(day), standing, outcome, last and date.fromisoformat(last)
        )
        for one in read
        for day, (standing, outcome, last) in one["says"].items()
    ]
