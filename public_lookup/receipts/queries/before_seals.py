"""Papers that were made before this installation sealed papers: nothing confirms their pages, and the record inside says what was signed."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from registry.trail.queries import beginnings

#: Of each kind of paper that may have no seal, where its record says when it was made.
MADE_AT = {"receipt": "taken_at", "certificate": "at", "letter": "at"}


def is_from_before_seals(record: Mapping[str, Any]) -> bool:
    """Whether this was signed as a paper no later than on the day on which the upgrade came that seals papers.

    To be asked of a record that we signed. What we sign as a paper since then says so itself (`registry.papers.pdf.PAPER`), and
    what we sign for programs is of another kind.
    """
    begun, made = beginnings.since(beginnings.SEALED_PAPERS), MADE_AT.get(record.get("kind", ""))
    if begun is None or made is None or "paper" in record:
        return False
    try:
        at = parse_datetime(str(record.get(made)))
    except ValueError:
        return False
    return bool(at and timezone.is_aware(at) and timezone.localdate(at) <= timezone.localdate(begun))
