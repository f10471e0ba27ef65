"""The move of letters, text messages and deliveries into the outbox, from a database at the migration before it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps.registry import Apps

from public_lookup.follows.models.texts import TextMessage
from public_lookup.follows.models.webhooks import Delivery, Webhook
from registry.letters.models import Letter
from registry.outbox.models import OutboxItem
from registry.outbox.states import LEASE
from tests.conftest import NOW
from tests.migrating import migrate, newest
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.dear]

BEFORE = [("registry", "0009_frozen_packs"), ("public_lookup", "0003_seven_outcomes")]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def before() -> Iterator[Apps]:
    """The models as they were."""
    owner = person("labour_user")
    try:
        apps = migrate(BEFORE)
        apps.owner = owner.pk  # type: ignore[attr-defined]
        yield apps
    finally:
        migrate(newest())


def a_letter(apps: Apps, number: str, **columns: Any) -> None:
    given: dict[str, Any] = {"address": "mair@provider.example", "at": NOW, "next_try": NOW, **columns}
    apps.get_model("registry", "Letter").objects.create(
        number=number, template="t", language="en-gb", subject="s", reference="A-1", trail_number=0, trail_hash="",
        message_id=number, **given,
    )  # fmt: skip


def the(reference: str) -> OutboxItem:
    return OutboxItem.objects.get(reference=reference)


def due(at: datetime) -> set[str]:
    return set(OutboxItem.objects.due(at).values_list("reference", flat=True))


def test_letters_are_sent_neither_twice_nor_never(before: Apps) -> None:
    a_letter(before, "L-NEW")
    a_letter(before, "L-SENT", sent_at=NOW, attempts=3, next_try=None, reached=["mair@provider.example"])
    a_letter(before, "L-REFUSED", refused_at=NOW, attempts=1, next_try=None, last_error="550", refused={"x": "550"})
    a_letter(before, "L-FAILING", attempts=60, last_error="ConnectionRefusedError", next_try=LATER, repeats=2)
    a_letter(before, "L-IN-HAND", attempts=1, next_try=NOW + LEASE)
    a_letter(before, "L-NOWHERE", address="")

    migrate(newest())

    assert due(NOW) == {"L-NEW"}
    assert due(NOW + LEASE) == {"L-NEW", "L-IN-HAND"}
    assert due(NOW + timedelta(days=30)) == {"L-NEW", "L-IN-HAND", "L-FAILING"}
    assert {letter.number for letter in Letter.objects.all() if letter.outbox.reference == letter.number} == {
        "L-NEW", "L-SENT", "L-REFUSED", "L-FAILING", "L-IN-HAND", "L-NOWHERE",
    }  # fmt: skip
    assert (the("L-SENT").sent_at, the("L-SENT").attempts) == (NOW, 3)
    assert (the("L-REFUSED").failed_at, the("L-REFUSED").last_error) == (NOW, "550")
    failing, in_hand = the("L-FAILING"), the("L-IN-HAND")
    assert (failing.attempts, failing.repeats, failing.failures) == (60, 2, 8)
    assert in_hand.claim(NOW + LEASE)
    in_hand.refresh_from_db()
    assert in_hand.repeats == 1, "whether it had left is unknown"


def test_deliveries_go_on_in_their_order_and_texts_are_kept(before: Apps) -> None:
    hooks, deliveries = (before.get_model("public_lookup", name).objects for name in ("Webhook", "Delivery"))
    texts: Any = before.get_model("public_lookup", "TextMessage").objects

    def a_webhook(reference: str, **columns: Any) -> Any:
        given = {"owner_id": before.owner, "address": f"https://x.example/{reference}", "challenge": "c", **columns}  # type: ignore[attr-defined]
        return hooks.create(reference=reference, named_at=NOW, **{"next_try": NOW, **given})

    failing = a_webhook("W-1", failures=2, next_try=LATER)
    paused = a_webhook("W-2", failures=8, is_paused_by_us=True, paused_at=NOW)
    by_owner = a_webhook("W-3", paused_at=NOW)
    stopped = a_webhook("W-4", stopped_at=NOW)
    for webhook in (failing, paused, by_owner, stopped):
        for number in (1, 2, 3):
            deliveries.create(
                reference=f"D-{webhook.reference}-{number}", webhook=webhook, event=f"made {number}", body="{}", made_at=NOW,
                **({"delivered_at": NOW, "tries": 1} if number == 1 else {}),
            )  # fmt: skip
    texts.create(number="+447700900123", words="A", at=NOW, next_try=LATER, attempts=2, last_error="Undelivered")
    texts.create(number="+447700900123", words="", at=NOW, sent_at=NOW, attempts=1)

    migrate(newest())

    first = "D-W-1-2"
    assert due(NOW) == {"D-W-3-2"}, "held by its webhook, which its owner has paused"
    assert due(LATER) == {first, "D-W-3-2", f"T-{TextMessage.objects.earliest('pk').pk}"}
    assert (the(first).failures, the("D-W-1-3").failures, the("D-W-1-1").sent_at) == (2, 0, NOW)
    assert [bool(the(f"D-W-2-{number}").failed_at) for number in (1, 2, 3)] == [False, True, False]
    assert dict(Webhook.objects.values_list("reference", "paused_at")) == {
        "W-1": None, "W-2": None, "W-3": NOW, "W-4": None,
    }  # fmt: skip
    assert all(delivery.outbox.reference == delivery.reference for delivery in Delivery.objects.all())
    assert [(text.outbox.attempts, text.outbox.sent_at) for text in TextMessage.objects.order_by("pk")] == [
        (2, None),
        (1, NOW),
    ]


def test_the_move_can_be_undone(before: Apps) -> None:
    a_letter(before, "L-FAILING", attempts=3, last_error="451", next_try=LATER)
    a_letter(before, "L-SENT", sent_at=NOW, attempts=1, next_try=None)
    migrate(newest())

    rows: Any = migrate(BEFORE).get_model("registry", "Letter").objects.order_by("number")

    assert list(rows.values_list("attempts", "last_error", "next_try", "sent_at")) == [
        (3, "451", LATER, None),
        (1, "", None, NOW),
    ]
