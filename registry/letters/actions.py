"""What becomes of letters that no mail server takes.

Letters that go by post, because whoever they are for has no email address."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters import rules
from registry.letters.letters import sending as letters
from registry.letters.models import Letter
from registry.trail.actions import events as trail


@transaction.atomic
def send_again(letter: Letter, *, address: str, by: User, at: datetime) -> Letter:
    """Let a letter that was refused for good be mailed again, as it was written, to a corrected address or to the same one.

    Raises `Refused` for a letter that is still being tried by itself. The trail keeps that, and not the address.
    """
    permissions.require(by, "registry.send_letter_again")
    letter = trail.locked(letter)
    refuse_for(rules.send_again_blockers(letter, address=address))
    corrected = address.strip() not in letter.refused
    trail.record(letter, "send_again", by=by, at=at, letter=letter.number, corrected=corrected)
    letters.put_back(letter, address=address.strip(), at=at)
    return letter


@transaction.atomic
def mark_posted(numbers: Collection[str], *, by: User, at: datetime) -> list[Letter]:
    """Write down that these letters were posted; they leave the list. One that somebody else has posted meanwhile is left alone."""
    permissions.require(by, "registry.post_letters")
    waiting = list(Letter.objects.to_post().filter(number__in=numbers).select_for_update(no_key=True).order_by("pk"))
    for letter in waiting:
        trail.record(letter.organisation or letter.agency or letter, "post", by=by, at=at, letter=letter.number)
    for letter in waiting:
        letters.posted(letter, at=at)
    return waiting
