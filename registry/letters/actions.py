"""Letters that go by post, because whoever they are for has no email address."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.letters import queries
from registry.letters.letters import sending as letters
from registry.letters.models import Letter
from registry.trail.actions import events as trail


@transaction.atomic
def mark_posted(numbers: Collection[str], *, by: User, at: datetime) -> list[Letter]:
    """Write down that these letters were posted; they leave the list.

    One that somebody else has posted meanwhile is left alone, and so is one that this officer may not read.
    """
    permissions.require(by, "registry.post_letters")
    waiting = list(
        queries.letters_to_post(by)
        .filter(number__in=numbers)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    for letter in waiting:
        trail.record(letter.organisation or letter.agency or letter, "post", by=by, at=at, letter=letter.number)
    for letter in waiting:
        letters.posted(letter, at=at)
    return waiting
