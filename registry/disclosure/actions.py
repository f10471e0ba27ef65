"""Counts are frozen with random keys, once for each quarter."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from registry.accounts.models import User
from registry.disclosure.models import KeyedCounts
from registry.disclosure.rules.cells import CountsToFreeze
from registry.disclosure.rules.noise import KEYS


@transaction.atomic
def freeze_counts(counts: CountsToFreeze, *, by: User | None, at: datetime) -> KeyedCounts:
    """Keep the counts with a random key for each base cell. A quarter that is frozen stays as it is.

    The key of a cell is the sum of one random key for each person in it, and that is as random as a single one: so no key of a
    person is ever kept.
    """
    cells: list[list[str | int]] = [
        [*values, number, secrets.randbelow(KEYS)] for values, number in sorted(counts.numbers.items()) if number
    ]
    kept, _made = KeyedCounts.objects.get_or_create(
        subject=counts.subject,
        scheme=counts.scheme,
        quarter=counts.quarter,
        defaults={
            "title": dict(counts.title),
            "variables": [dict(one) for one in counts.variables],
            "cells": cells,
            "digest": _digest_of(counts, cells),
            "smallest": counts.smallest,
            "prints_zero": counts.prints_zero,
            "frozen_at": at,
        },
    )
    return kept


def _digest_of(counts: CountsToFreeze, cells: Sequence[Sequence[str | int]]) -> str:
    """Of what is frozen: with its random keys it is never that of another quarter."""
    about = [counts.subject, counts.scheme, counts.quarter, cells]
    return sha256(json.dumps(about).encode()).hexdigest()
