"""Text messages to followers: written down with what they tell of, sent after it, and never more than a few a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, override

from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.texts import TextCode, TextMessage
from public_lookup.follows.queries.follows import ListingNews
from public_lookup.lookup.queries.answers import word_of
from registry.clients.texts import fitted
from registry.codes import new_reference
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind

DAY = timedelta(days=1)
#: News that one telephone is sent in 24 hours; the last of them says that there is more.
MOST_NEWS = 5
#: A code that comes later than this is of no use (docs/security/asvs.md, 6.5.5); news is not sent after a day.
CODE_LASTS = timedelta(minutes=10)


@transaction.atomic
def tell(follow: Follow, news: Iterable[ListingNews], *, by: None, at: datetime) -> None:
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
    useful_until = at + (CODE_LASTS if is_code else DAY)
    item = OutboxItem.objects.add(OutboxKind.TEXT, new_reference("S"), useful_until=useful_until, at=at)
    TextMessage.objects.create(number=number, words=words, is_code=is_code, at=at, outbox=item)


@transaction.atomic
def record(message: TextMessage, *, fault: str, by: None, at: datetime) -> None:
    """Write down that it was sent, and forget its words; or what went wrong. The words of a code that failed for good go too."""
    if fault:
        message.outbox.fail(fault[:200], at=at)
    else:
        message.outbox.succeed(at)
    if not fault or (message.is_code and message.outbox.failed_at):
        TextMessage.objects.filter(pk=message.pk).update(words="")


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete messages after two days, and codes after one: they are kept only to be counted."""
    TextCode.objects.filter(at__lt=at - DAY).delete()
    TextMessage.objects.filter(is_code=True, at__lt=at - CODE_LASTS).exclude(words="").update(words="")
    past = TextMessage.objects.filter(at__lt=at - 2 * DAY)
    items = list(past.values_list("outbox", flat=True))
    if not items:
        return 0
    past.delete()
    OutboxItem.objects.filter(pk__in=items).delete()
    return len(items)


def _said(one: ListingNews) -> str:
    outcome = word_of(one.entry) if one.entry else gettext("Not on the register")
    return fitted(one.name, f" ({one.number}): {outcome}")
