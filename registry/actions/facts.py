"""Writing down what is known, and where it came from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from registry import matching, signing
from registry.models import Fact, Organisation


@transaction.atomic
def write_down(
    organisation: Organisation,
    *,
    facts: Mapping[str, Any],
    source: str,
    handling: Mapping[str, Any] | None = None,
    at: datetime,
) -> list[Fact]:
    """Add facts to an organisation's file. Nothing is overwritten: the latest of a key is what holds."""
    if not handling:
        matching.note_facts(organisation, facts)
    return Fact.objects.bulk_create(
        Fact(
            organisation=organisation,
            key=key,
            value=signing.plain(value),
            source=source,
            at=at,
            handling=dict(handling or {}),
        )
        for key, value in facts.items()
    )
