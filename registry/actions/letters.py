"""What becomes of letters that no mail server takes."""

from datetime import datetime

from django.db import transaction

from registry import letters, permissions, trail
from registry.errors import refuse_for
from registry.models import Letter, User
from registry.rules import letters as rules


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
