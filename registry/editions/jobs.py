"""Background entry point: counts and freezes the tables of editions for which someone asked."""

from datetime import datetime

from registry.accounts.models import User
from registry.editions import actions
from registry.editions.models import Edition
from registry.editions.queries.making import ASKS_TO_CORRECT, asked_for
from registry.errors import Refused


def make_tables(*, at: datetime) -> int:
    """To count all tables takes longer than a page may. Says of how many editions they were made."""
    return sum(_made(edition, at=at) for edition in Edition.objects.order_by("pk"))


def _made(edition: Edition, *, at: datetime) -> bool:
    asked = asked_for(edition)
    if asked is None:
        return False
    by = User.objects.get(reference=asked.by)
    try:
        if asked.verb == ASKS_TO_CORRECT:
            actions.correct_tables(edition, because=asked.because, by=by, at=at)
        else:
            actions.freeze_tables(edition, by=by, at=at)
    except Refused as refused:
        actions.note_not_made(edition, because=" ".join(map(str, refused.reasons)), by=by, at=at)
        return False
    return True
