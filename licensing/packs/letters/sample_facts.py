"""The facts that sample letters say, where the pack and the sample holder have none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.uploads import WRONG

FILE_REJECTED = _("We could not accept a file that you uploaded")
REJECTED = {"name": "contract.pdf", "wrong": WRONG["password"].text, "requirement": _("Documents")}
A_TASK = {"todo": _("Respond to the danger"), "reference": "SOS-7KQ2-M9XD", "address": "/staff/dangers/SOS-7KQ2-M9XD/"}
A_DUTY = {
    "text": _("Renew the licence"),
    "reference": "HARV0001",
    "due_on": date(2026, 11, 9),
    "countdown": "7 days left",
}
A_PROOF = {"proof": "Y-0000-0000", "insurance": _("Employers' liability insurance")}
A_DANGER: Mapping[str, Any] = {**A_TASK, "is_danger": True}
A_MORNING: Mapping[str, Any] = {"tasks": [{**A_TASK, "due": date(2026, 11, 2)}], "count": 1, "overdue": 0, "more": 0}


def spoken(fact: Any) -> Any:
    """The fact in the language that is spoken now, also within a list."""
    if isinstance(fact, list):
        return [{key: spoken(inner) for key, inner in row.items()} for row in fact]
    return str(fact) if isinstance(fact, Promise) else fact


AN_ORDER: dict[str, Any] = {
    "reference": "MO-0000-0001",
    "what": _("Poster, A4"),
    "sheets": 20,
    "day": date(2026, 11, 30),
}
