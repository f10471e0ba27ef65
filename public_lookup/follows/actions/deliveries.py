"""What is posted to webhooks: written down with what it tells of, posted after it, each until it is answered."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from public_lookup.clients.web import Answer
from public_lookup.follows.models.follows import Channel, Follow
from public_lookup.follows.models.webhooks import Delivery, Webhook
from public_lookup.follows.queries import webhooks as found
from public_lookup.follows.queries.follows import News
from public_lookup.open_data.queries import items, register_files
from registry.accounts.models import User
from registry.identifiers import new_reference
from registry.letters.letters import sending

LETTERS = "public_lookup/letters/webhook_"
#: How long one worker may be at a webhook before another takes its place: longer than its deliveries can last.
LEASE = timedelta(minutes=5)
#: After each failure in a row we wait so long; after the last of them we stop trying, some 28 hours after the first.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 600)]


@transaction.atomic
def write_to(webhook: Webhook, *, event: str, item: Mapping[str, Any], by: User, at: datetime) -> Delivery:
    """Write down one event for one webhook, as its owner has asked: a challenge or a test."""
    return Delivery.objects.create(**_row(webhook, event, item, at=at))


@transaction.atomic
def write(happenings: Iterable[items.Happening], news: Mapping[int, News], *, by: None, at: datetime) -> int:
    """Write down for each webhook what it follows of what has happened; an event that it has already is not written again.

    `news`: by listing. What happens while a webhook is paused waits for it. Says how many were written.
    """
    about = {one.name: one for one in happenings}
    rows = [
        Delivery(**_row(webhook, event, about[event].item, at=at))
        for webhook, events in found.wanted(about.values(), news).items()
        for event in events
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def claim(webhook: int, *, turn: int, by: None, at: datetime) -> bool:
    """Take a webhook in hand, if this is still the turn that was handed over: of two workers only one goes on."""
    mine = Webhook.objects.filter(pk=webhook, turn=turn)
    return bool(mine.update(turn=F("turn") + 1, next_try=at + LEASE))


@transaction.atomic
def release(webhook: int, *, turn: int, by: None, at: datetime) -> None:
    """Put it back after the last delivery was answered: another worker may take it at once."""
    Webhook.objects.filter(pk=webhook, turn=turn + 1, failures=0).update(next_try=at)


@transaction.atomic
def record(delivery: Delivery, *, answer: Answer | None, fault: str, by: None, at: datetime) -> bool:
    """Write down what came back from a try. Says whether it counts as handed over.

    The first answer that gives the challenge back confirms the webhook. After a failure the webhook waits, longer each
    time; after the last it is paused, and its owner told by mail.
    """
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    fault = fault or _fault_in(answer, delivery, webhook)
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=F("tries") + 1,
        tried_at=at,
        answer_code=answer.code if answer else None,
        fault=fault,
        delivered_at=None if fault else at,
    )
    if fault:
        _failed(webhook, at=at)
    else:
        _answered(webhook, delivery, at=at)
    return not fault


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete deliveries older than 30 days, and webhooks that were never proven or were stopped long ago, with all of theirs."""
    gone = list(Webhook.objects.filter(found.to_forget(at)))
    sending.forget(LETTERS, about=[webhook.reference for webhook in gone])
    Follow.objects.filter(channel=Channel.WEBHOOK, address__in=[webhook.reference for webhook in gone]).delete()
    Webhook.objects.filter(pk__in=[webhook.pk for webhook in gone]).delete()
    count, _kinds = Delivery.objects.filter(made_at__lt=at - found.KEPT).delete()
    return count + len(gone)


def _row(webhook: Webhook, event: str, item: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    said = {"type": event.partition(" ")[0], "timestamp": register_files.written(at.astimezone(UTC)), "data": item}
    return {
        "reference": new_reference("D"),
        "webhook": webhook,
        "event": event,
        "body": json.dumps(said, ensure_ascii=False, default=register_files.written),
        "made_at": at,
    }


def _fault_in(answer: Answer | None, delivery: Delivery, webhook: Webhook) -> str:
    if answer is None or not answer.is_taken:
        return "not_taken"
    if delivery.kind == "ping" and not _gives_back(answer, webhook.challenge):
        return "no_challenge"
    return ""


def _gives_back(answer: Answer, challenge: str) -> bool:
    """The challenge itself, or as the member of that name of a JSON object."""
    text = answer.body.decode(errors="replace").strip()
    try:
        said = json.loads(text)
    except ValueError:
        return text == challenge
    return bool((said.get("challenge") if isinstance(said, dict) else said) == challenge)


def _answered(webhook: Webhook, delivery: Delivery, *, at: datetime) -> None:
    webhook.failures = 0
    if delivery.kind == "ping" and webhook.confirmed_at is None:
        webhook.confirmed_at = at
    webhook.save(update_fields=["failures", "confirmed_at"])


def _failed(webhook: Webhook, *, at: datetime) -> None:
    webhook.failures += 1
    if webhook.failures <= len(WAITS):
        webhook.next_try = at + WAITS[webhook.failures - 1]
    elif webhook.paused_at is None:
        webhook.paused_at, webhook.is_paused_by_us = at, True
        _tell_owner(webhook, at=at)
    webhook.save(update_fields=["failures", "next_try", "paused_at", "is_paused_by_us"])


def _tell_owner(webhook: Webhook, *, at: datetime) -> None:
    page = f"{settings.SITE_ADDRESS}{reverse('webhook', args=[webhook.reference])}"
    sending.queue(
        f"{LETTERS}paused.html",
        to=webhook.owner,
        subject=_("We have stopped posting to your web address"),
        facts={"address": webhook.address, "tries": webhook.failures, "page": page},
        about=webhook.reference,
        at=at,
    )
