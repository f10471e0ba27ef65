"""What is posted to webhooks: written down with what it tells of, posted after it, each until it is answered."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.models.webhooks import Delivery, Webhook
from public_lookup.follows.queries import webhooks as found
from public_lookup.follows.queries.follows import ListingNews
from public_lookup.open_data.queries import items as items_queries
from public_lookup.open_data.queries import register_files
from registry.accounts.models import User
from registry.clients.machines import MachineAnswer
from registry.codes import new_reference
from registry.json_reader import UnreadableJson, read_json
from registry.letters.letters import sending
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind

LETTERS = "public_lookup/letters/webhook_"


@transaction.atomic
def write_to(webhook: Webhook, *, event: str, item: Mapping[str, Any], by: User, at: datetime) -> Delivery:
    """Write down one event for one webhook, as its owner has asked: a challenge or a test."""
    [delivery] = _write([(webhook, event, item)], at=at)
    return delivery


@transaction.atomic
def write(
    happenings: Iterable[items_queries.FeedEvent], news: Mapping[int, ListingNews], *, by: None, at: datetime
) -> int:
    """Write down for each webhook what it follows of what has happened; an event that it has already is not written again.

    `news`: by listing. What happens while a webhook is paused waits for it. Says how many were written. Called while
    `Told` is locked, so that no two workers write the same event.
    """
    about = {one.name: one for one in happenings}
    wanted = found.wanted(about.values(), news)
    if not wanted:
        return 0
    known = set(Delivery.objects.filter(webhook__in=wanted, event__in=about).values_list("webhook", "event"))
    return len(
        _write(
            [
                (webhook, event, about[event].item)
                for webhook, events in wanted.items()
                for event in events
                if (webhook.pk, event) not in known
            ],
            at=at,
        )
    )


@transaction.atomic
def record(delivery: Delivery, *, answer: MachineAnswer | None, fault: str, by: None, at: datetime) -> bool:
    """Write down what came back from a try. Says whether it counts as handed over.

    The first answer that gives the challenge back confirms the webhook. After a failure what follows waits too; after the
    last one nothing is posted until the owner, or a member of staff, has it sent again, and the owner is told by mail.
    """
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    fault = fault or _fault_in(answer, delivery, webhook)
    Delivery.objects.filter(pk=delivery.pk).update(answer_code=answer.code if answer else None)
    item = delivery.outbox
    if not fault:
        item.succeed(at)
        _confirm(webhook, delivery, at=at)
    elif item.fail(fault, at=at) and item.failed_at:
        _tell_owner(webhook, tries=item.failures, at=at)
    return not fault


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete deliveries older than 30 days, and webhooks that were never proven or were stopped long ago, with all of theirs."""
    gone = list(Webhook.objects.filter(found.to_forget(at)))
    sending.forget(LETTERS, about=[webhook.reference for webhook in gone])
    Follow.objects.filter(channel=FollowChannel.WEBHOOK, address__in=[webhook.reference for webhook in gone]).delete()
    past = Delivery.objects.filter(Q(webhook__in=gone) | Q(made_at__lt=at - found.KEPT))
    items = OutboxItem.objects.filter(pk__in=list(past.values_list("outbox", flat=True)))
    given_up = list(items.filter(failed_at__isnull=False).values_list("queue", flat=True))
    past.delete()
    count, _kinds = items.delete()
    _stay_given_up(given_up, at=at)
    Webhook.objects.filter(pk__in=[webhook.pk for webhook in gone]).delete()
    return count + len(gone)


def _stay_given_up(queues: Iterable[str], *, at: datetime) -> None:
    """What comes after a deleted delivery that was given up waits for the owner as that did."""
    for queue in queues:
        following = OutboxItem.objects.unsent().filter(queue=queue).order_by("pk").values("pk")[:1]
        OutboxItem.objects.filter(pk__in=list(following.values_list("pk", flat=True))).update(
            failed_at=at, next_try=None, last_error="not_taken"
        )


Event = tuple[Webhook, str, Mapping[str, Any]]


def _write(events: Iterable[Event], *, at: datetime) -> list[Delivery]:
    """Write down events for webhooks, each with its item in the outbox, in this order."""
    deliveries = [_delivery(*event, at=at) for event in events]
    OutboxItem.objects.bulk_create([delivery.outbox for delivery in deliveries])
    return Delivery.objects.bulk_create(deliveries)


def _delivery(webhook: Webhook, event: str, item: Mapping[str, Any], *, at: datetime) -> Delivery:
    said = {"type": event.partition(" ")[0], "timestamp": register_files.written(at.astimezone(UTC)), "data": item}
    reference = new_reference("D")
    return Delivery(
        reference=reference,
        webhook=webhook,
        event=event,
        body=json.dumps(said, ensure_ascii=False, default=register_files.written),
        made_at=at,
        outbox=OutboxItem(
            kind=OutboxKind.WEBHOOK, reference=reference, queue=webhook.reference, made_at=at, next_try=at
        ),
    )


def _fault_in(answer: MachineAnswer | None, delivery: Delivery, webhook: Webhook) -> str:
    if answer is None or not answer.is_taken:
        return "not_taken"
    if delivery.kind == "ping" and not _gives_back(answer, webhook.challenge):
        return "no_challenge"
    return ""


def _gives_back(answer: MachineAnswer, challenge: str) -> bool:
    """The challenge itself, or as the member of that name of a JSON object."""
    text = answer.body.decode(errors="replace").strip()
    try:
        said = read_json(text)
    except UnreadableJson:
        return text == challenge
    return bool((said.get("challenge") if isinstance(said, dict) else said) == challenge)


def _confirm(webhook: Webhook, delivery: Delivery, *, at: datetime) -> None:
    if delivery.kind == "ping" and webhook.confirmed_at is None:
        webhook.confirmed_at = at
        webhook.save(update_fields=["confirmed_at"])


def _tell_owner(webhook: Webhook, *, tries: int, at: datetime) -> None:
    page = f"{settings.SITE_ADDRESS}{reverse('webhook', args=[webhook.reference])}"
    sending.queue(
        f"{LETTERS}paused.html",
        to=webhook.owner,
        subject=_("We have stopped posting to your web address"),
        facts={"address": webhook.address, "tries": tries, "page": page},
        about=webhook.reference,
        at=at,
    )
