"""Web addresses of labour users' systems: named, proven, paused, stopped; and what each is told of."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string

from public_lookup.bulk_checks.models import CheckList, Watched
from public_lookup.bulk_checks.queries import lists
from public_lookup.follows import rules
from public_lookup.follows.actions import deliveries
from public_lookup.follows.models.follows import Follow, FollowChannel, Told
from public_lookup.follows.models.webhooks import Delivery, Webhook
from public_lookup.follows.queries import webhooks as found
from public_lookup.open_data.queries import changes
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.outbox.models import OutboxItem
from registry.register.models import Listing

USE = "public_lookup.use_webhooks"
_DAY = timedelta(days=1)


@transaction.atomic
def name(*, address: str, by: User, at: datetime) -> Webhook:
    """Keep a web address of https, and have a challenge posted to it: nothing else goes there before it is given back."""
    permissions.require(by, USE)
    own = list(Webhook.objects.visible_to(by))
    named_today = by.webhooks.filter(named_at__gt=at - _DAY).count()
    refuse_for(rules.name_blockers(own, address, named_today=named_today))
    webhook = Webhook.objects.create(
        reference=new_reference("W"),
        owner=by,
        address=address,
        challenge=get_random_string(32),
        named_at=at,
    )
    _ping(webhook, by=by, at=at)
    return webhook


@transaction.atomic
def follow(
    webhook: Webhook,
    *,
    listing: Listing | None = None,
    place: str = "",
    sector: str = "",
    check_list: CheckList | None = None,
    board: int | None = None,
    by: User,
    at: datetime,
) -> Follow:
    """From now on it is told of one labour provider, of those of a list, of those of a supplier board (by its key), or of a place and a
    sector. Twice is once.

    Of a list: of those whose firm is known now; what is ticked later is followed by following the list anew.
    """
    _held(webhook, by=by)
    firms = sorted(lists.firms_of(check_list)) if check_list else []
    refuse_for(rules.follow_blockers(found.follows_of(webhook), check_list, firms))
    # It is told from here on: what was made earlier is no news to it.
    Told.held(begins=str(changes.Position.newest()), at=at)
    kept, is_new = Follow.objects.get_or_create(
        listing=listing,
        place=place,
        sector=sector,
        check_list=check_list,
        board_id=board,
        address=webhook.reference,
        stopped_at=None,
        defaults={"channel": FollowChannel.WEBHOOK, "language": by.language, "asked_at": at, "confirmed_at": at},
    )
    if is_new:
        Watched.objects.bulk_create(Watched(follow=kept, listing_id=firm) for firm in firms)
    return kept


@transaction.atomic
def unfollow(webhook: Webhook, *, of: Follow, by: User, at: datetime) -> None:
    """Tell it no more of this. Twice is once."""
    _held(webhook, by=by)
    Follow.objects.filter(pk=of.pk, address=webhook.reference, stopped_at=None).update(stopped_at=at)


@transaction.atomic
def test(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Post a test; or the challenge again, as long as it was never given back."""
    webhook = _held(webhook, by=by)
    waiting = webhook.deliveries.waiting().filter(event__regex="^(ping|test) ").count()
    refuse_for(rules.test_blockers(webhook, waiting))
    if webhook.confirmed_at:
        deliveries.write_to(webhook, event=f"test {new_reference('T')}", item=found.sample(at), by=by, at=at)
    else:
        _ping(webhook, by=by, at=at)


@transaction.atomic
def pause(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Post nothing for now: what happens meanwhile waits, for 30 days. Twice is once."""
    webhook = _held(webhook, by=by)
    Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=at)


@transaction.atomic
def resume(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Post again what waits, and what comes, from now on, as if it had never failed."""
    webhook = _held(webhook, by=by)
    Webhook.objects.filter(pk=webhook.pk).update(paused_at=None)
    OutboxItem.objects.unsent().filter(queue=webhook.reference).put_back(at)


@transaction.atomic
def stop(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Post nothing more, and follow nothing more with it. All of it is deleted after 30 days."""
    webhook = _held(webhook, by=by)
    Webhook.objects.filter(pk=webhook.pk, stopped_at=None).update(stopped_at=at)
    OutboxItem.objects.filter(queue=webhook.reference).withdraw()
    Follow.objects.filter(address=webhook.reference, stopped_at=None).update(stopped_at=at)


@transaction.atomic
def resend(webhook: Webhook, *, delivery: Delivery, by: User, at: datetime) -> None:
    """Post once more what was answered already: with the same reference and body, so that it is known again."""
    webhook = _held(webhook, by=by)
    delivery = webhook.deliveries.select_related("outbox").get(pk=delivery.pk)
    refuse_for(rules.resend_blockers(webhook, delivery))
    OutboxItem.objects.filter(pk=delivery.outbox_id).put_back(at)


def _held(webhook: Webhook, *, by: User) -> Webhook:
    """The row, locked, for its owner alone."""
    permissions.require(by, USE)
    held = Webhook.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=webhook.pk).first()
    if held is None:
        raise PermissionDenied(USE)
    return held


def _ping(webhook: Webhook, *, by: User, at: datetime) -> None:
    deliveries.write_to(
        webhook, event=f"ping {new_reference('T')}", item={"challenge": webhook.challenge}, by=by, at=at
    )
