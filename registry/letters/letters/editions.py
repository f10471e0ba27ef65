"""Letters that are corrected: sent anew under their number, while what was sent before stays to be read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry import signing
from registry.accounts.models import User
from registry.letters.letters import sending as rows
from registry.letters.models import FormerLetter, Letter
from registry.papers import words


def replace(letter: Letter, *, facts: Mapping[str, Any], because: str, by: User, at: datetime) -> Letter:
    """Put a corrected letter in the place of one that was sent: the same number, to the same addresses, mailed anew.

    What was sent is kept as it was. The legal wording stays that of the version by which the letter was first written.
    """
    FormerLetter.objects.create(
        letter=letter,
        edition=letter.edition,
        template=letter.template,
        language=letter.language,
        subject=letter.subject,
        facts=letter.facts,
        sheet=letter.sheet or words.composed(letter, words.BARE),
        addresses=letter.addresses,
        at=letter.at,
        trail_number=letter.trail_number,
        trail_hash=letter.trail_hash,
        replaced_at=at,
        replaced_by=by,
        because=because,
    )
    letter.facts = signing.plain({**facts, "corrected": {"at": letter.at, "because": because}})
    letter.edition += 1
    letter.at, (letter.trail_number, letter.trail_hash) = at, words.head()
    letter.message_id = f"<{letter.number.lower()}.{letter.edition}@{words.host()}>"
    letter.reached, letter.refused, letter.posted_at = [], {}, None
    letter.sheet = words.composed(letter, words.BARE)
    letter.save()
    rows.mail_again(letter, at=at)
    rows.hear(letter)
    return letter


def edition_of(letter: Letter, number: int) -> Letter | FormerLetter:
    """The letter as it is, or one of those that it replaced. Raises `FormerLetter.DoesNotExist`."""
    return letter if number == letter.edition else letter.former.get(edition=number)
