"""What a person does about something that could not be delivered."""

from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.outbox.models import OutboxItem
from registry.outbox.rules import send_again_blockers
from registry.trail.actions import events as trail

SEND_AGAIN = "registry.send_again"


@transaction.atomic
def send_again(item: OutboxItem, *, because: str, by: User, at: datetime) -> OutboxItem:
    """Have a post, a text message or an email that was given up tried again, as it was written and to the same address.

    Raises `Refused` for what is sent or still being tried. The trail keeps who did it and why.
    """
    permissions.require(by, SEND_AGAIN)
    item = trail.locked(item)
    refuse_for(send_again_blockers(item, because=because, at=at))
    trail.record(item, "send_again", by=by, at=at, because=because)
    letter = Letter.objects.filter(outbox=item).first()
    if letter is not None:
        sending.put_back(letter, address=letter.address, at=at)
    else:
        OutboxItem.objects.filter(pk=item.pk).put_back(at)
    return item


@transaction.atomic
def send_letter_again(letter: Letter, *, address: str, because: str, by: User, at: datetime) -> Letter:
    """Have a letter that was given up mailed again, as it was written, to a corrected address or to the same one.

    Raises `Refused` for a letter that is sent or still being tried. The trail keeps who did it and why, not the address.
    """
    permissions.require(by, SEND_AGAIN)
    letter = trail.locked(letter)
    refuse_for(send_again_blockers(letter.outbox, address=address, because=because, at=at))
    corrected = address.strip() not in letter.refused
    trail.record(letter, "send_again", by=by, at=at, because=because, letter=letter.number, corrected=corrected)
    sending.put_back(letter, address=address.strip(), at=at)
    return letter
