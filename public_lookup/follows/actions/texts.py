"""Text messages to followers: written down with what they tell of, sent after it, and never more than a few a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, override

from public_lookup.clients.texts import fitted
from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.texts import TextCode, TextMessage
from public_lookup.follows.queries.follows import News
from public_lookup.lookup.queries.answers import word_of

DAY = timedelta(days=1)
#: News that one telephone is sent in 24 hours; the last of them says that there is more.
MOST_NEWS = 5
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
#: A code that comes later than this is of no use.
CODE_LASTS = timedelta(minutes=15)


@transaction.atomic
def tell(follow: Follow, news: Iterable[News], *, by: None, at: datetime) -> None:
    """Write a message for each listing that something is said anew of; none after the one that says that there is more."""
    sent = TextMessage.objects.to(follow.address, since=at - DAY).filter(is_code=False).count()
    with override(follow.language):
        for one in list(news)[: max(0, MOST_NEWS - sent)]:
            sent += 1
            words = gettext("More has changed on the register today. Look it up there.")
            write(follow.address, words=words if sent == MOST_NEWS else _said(one), by=None, at=at)


@transaction.atomic
def write(number: str, *, words: str, is_code: bool = False, by: None, at: datetime) -> None:
    """Write one message down, to be sent once this transaction has committed."""
    TextMessage.objects.create(number=number, words=words, is_code=is_code, at=at, next_try=at)


@transaction.atomic
def claim(message: TextMessage, *, by: None, at: datetime) -> bool:
    """Take a message in hand: of two workers only one goes on. A code that has lasted too long is given up."""
    mine = TextMessage.objects.filter(pk=message.pk, sent_at=None, attempts=message.attempts)
    if message.is_code and message.at + CODE_LASTS < at:
        mine.update(next_try=None, words="")
        return False
    return bool(mine.update(attempts=F("attempts") + 1, next_try=at + LEASE))


@transaction.atomic
def record(message: TextMessage, *, fault: str, by: None, at: datetime) -> None:
    """Write down that it was sent, and forget its words; or when it is tried again, at most five times."""
    mine = TextMessage.objects.filter(pk=message.pk)
    if not fault:
        mine.update(sent_at=at, next_try=None, last_error="", words="")
        return
    wait = WAITS[message.attempts] if message.attempts < len(WAITS) else None
    mine.update(last_error=fault[:200], next_try=at + wait if wait else None)


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete messages after two days, and codes after one: they are kept only to be counted."""
    TextCode.objects.filter(at__lt=at - DAY).delete()
    count, _kinds = TextMessage.objects.filter(at__lt=at - 2 * DAY).delete()
    return count


def _said(one: News) -> str:
    outcome = word_of(one.entry) if one.entry else gettext("Not on the register")
    return fitted(one.name, f" ({one.number}): {outcome}")
