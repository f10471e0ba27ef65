"""Codes by text message: whoever types one has the telephone in their hand, and may confirm and stop what it is told of."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from public_lookup.follows.actions import follows, texts
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.models.texts import TextCode, TextMessage
from registry import signing

#: A telephone is sent so many codes in 24 hours, and each may be tried so often.
MOST_CODES, MOST_TRIES = 3, 5


@transaction.atomic
def send(number: str, *, language: str, by: None, at: datetime) -> None:
    """Send a new code to a telephone, unless it was sent three today; what was sent before is no code any more."""
    sent = TextMessage.objects.to(number, since=at - texts.DAY).filter(is_code=True).count()
    if sent >= MOST_CODES:
        return
    code = f"{secrets.randbelow(1_000_000):06}"
    TextCode.objects.update_or_create(number=number, defaults={"digest": _digest(number, code), "at": at, "tries": 0})
    with override(language):
        words = gettext("%(code)s is your code for alerts about changes. Do not share it with anyone.") % {"code": code}
    texts.write(number, words=words, is_code=True, by=None, at=at)


@transaction.atomic
def use(number: str, *, code: str, by: None, at: datetime) -> bool:
    """Try a code: right, it confirms all that was asked for this telephone, and cannot be used again. Says whether it was.

    Each try counts, right or wrong: after five, or a quarter of an hour, no code is the right one.
    """
    held = TextCode.objects.select_for_update().filter(number=number).first()
    if held is None or held.tries >= MOST_TRIES or held.at + texts.CODE_LASTS < at:
        return False
    held.tries += 1
    held.save(update_fields=["tries"])
    if not signing.same_digest(held.digest, _digest(number, code)):
        return False
    held.delete()
    for follow in Follow.objects.by(FollowChannel.TEXT).filter(address=number, stopped_at=None, confirmed_at=None):
        follows.confirm(follow, by=None, at=at)
    return True


def _digest(number: str, code: str) -> str:
    return signing.keyed_digest(settings.SECRET_KEY, f"text code {number} {code}")
