"""Webhooks: proven first, told once of everything, in order, again and again until it is answered; and never the holder."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from public_lookup import jobs
from public_lookup.clients import signatures
from public_lookup.follows.actions import deliveries, webhooks
from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.webhooks import Delivery, Webhook
from registry import signing
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.outbox.states import LEASE, MOST_FAILURES, wait_after
from registry.papers import words as paper_words
from registry.register.actions import publishing as register
from registry.register.models import Listing
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.bulk_checks.test_actions import a_list, begun, checked
from tests.public_lookup.clients.receivers import Receiver, listening
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def gives_back(body: bytes) -> bytes:
    """What a receiver does that is really theirs: it answers a challenge with its words."""
    return json.dumps({"challenge": json.loads(body)["data"].get("challenge")}).encode()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with listening(Receiver(answer=gives_back)) as one:
        settings.WEBHOOK_STAND_IN = one.address
        yield one


@pytest.fixture
def owner() -> User:
    return person("labour_user")


def a_webhook(receiver: Receiver, owner: User, *, proven: bool = True) -> Webhook:
    webhook = webhooks.name(address=receiver.address, by=owner, at=NOW)
    if proven:
        jobs.post_webhooks(at=NOW)
        receiver.came.clear()
    webhook.refresh_from_db()
    assert bool(webhook.confirmed_at) == proven
    return webhook


def suspend(licence: Licence, at: datetime = LATER) -> None:
    licences.suspend(
        licence,
        starts=at.date(),
        until=at.date() + timedelta(days=30),
        because="Findings of an inspection.",
        by=a_decider(),
        at=at,
    )


Run = Callable[[datetime], None]


@pytest.fixture
def run(set_clock: SetClock) -> Run:
    """What the worker does at an instant."""

    def at_an_instant(at: datetime) -> None:
        set_clock(at)
        jobs.tell_followers(at=at)
        jobs.post_webhooks(at=at)

    return at_an_instant


def said(receiver: Receiver) -> list[dict[str, object]]:
    return [json.loads(body) for _headers, body in receiver.came]


@pytest.mark.parametrize("answer", [b"ok", b"[" * 4096, b'{"challenge": NaN}'])
def test_an_address_that_does_not_give_the_challenge_back_is_told_nothing_else(
    receiver: Receiver, owner: User, run: Run, answer: bytes
) -> None:
    receiver.answer = answer
    licence = a_holder()
    webhook = webhooks.name(address=receiver.address, by=owner, at=NOW)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)

    jobs.post_webhooks(at=NOW)
    suspend(licence)
    run(LATER)

    assert {one["type"] for one in said(receiver)} == {"ping"}
    webhook.refresh_from_db()
    assert webhook.confirmed_at is None
    assert set(webhook.deliveries.values_list("outbox__last_error", "answer_code")) == {("no_challenge", 200)}


@pytest.mark.parametrize("answer", [b"%s", b'"%s"', b'{"challenge": "%s"}', b" %s\n"])
def test_a_challenge_that_is_given_back_confirms_the_address(receiver: Receiver, owner: User, answer: bytes) -> None:
    receiver.answer = lambda body: answer % json.loads(body)["data"]["challenge"].encode()

    webhook = webhooks.name(address=receiver.address, by=owner, at=NOW)
    jobs.post_webhooks(at=NOW)

    webhook.refresh_from_db()
    assert webhook.confirmed_at == NOW


def test_a_suspension_is_posted_once_signed_and_shaped_like_an_item_of_the_feed(
    receiver: Receiver, owner: User, run: Run
) -> None:
    licence = a_holder("Harvest Hands Ltd")
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)

    suspend(licence)
    run(LATER)
    run(LATER)

    ((headers, body),) = receiver.came
    entry = licence.listing.entries.get(shown_until=None)
    feed = Client().get("/api/v1/changes", {"after": f"e{entry.entry_number - 1}w0"}).json()
    assert json.loads(body)["type"] == "made"
    assert json.loads(body)["data"] == feed["made"][0]
    assert json.loads(body)["data"]["row"]["standing"] == "suspended"
    assert signatures.is_signed(
        headers["webhook-id"],
        headers["webhook-timestamp"],
        body,
        headers["webhook-signature"],
        public_key=signing.public_key(settings.SIGNING_KEY),
    )


def test_what_was_taken_off_and_what_came_by_date_is_posted_too(receiver: Receiver, owner: User, run: Run) -> None:
    gone, ending = a_holder("Gone Hands Ltd"), a_holder("Ending Hands Ltd")
    webhook = a_webhook(receiver, owner)
    for licence in (gone, ending):
        webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    register.hide(gone.listing, at=LATER)
    run(LATER)
    feed = Client().get("/api/v1/changes").json()
    assert ending.valid_until
    after = NOW + (ending.valid_until - NOW.date()) + timedelta(days=1)
    run(after)

    withdrawn, moved = said(receiver)
    assert (withdrawn["type"], withdrawn["data"]) == ("withdrawn", feed["withdrawn"][0])
    assert moved["type"] == "moved"
    assert moved["data"]["row"]["standing"] == "expired"  # type: ignore[index]
    assert set(moved["data"]) == set(feed["made"][0])  # type: ignore[call-overload]


def test_a_place_and_a_firm_in_it_are_one_event(receiver: Receiver, owner: User, run: Run) -> None:
    licence, elsewhere = a_holder("Harvest Hands Ltd"), a_holder("Truro Hands Ltd", address={"town": "Truro"})
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    webhooks.follow(webhook, place="Hereford", by=owner, at=NOW)

    suspend(licence)
    suspend(elsewhere)
    run(LATER)

    (event,) = said(receiver)
    assert event["data"]["row"]["number"] == licence.number  # type: ignore[index]


def test_of_a_list_it_is_told_once_and_only_of_its_firms(receiver: Receiver, owner: User, run: Run) -> None:
    licence, other = a_holder("Harvest Hands Ltd"), a_holder("Truro Hands Ltd")
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, check_list=checked("Harvest Hands Ltd", "Nobody at all"), by=owner, at=NOW)

    suspend(licence)
    suspend(other)
    run(LATER)
    run(LATER)

    (event,) = said(receiver)
    assert event["data"]["row"]["number"] == licence.number  # type: ignore[index]
    assert not Letter.objects.filter(template__startswith="public_lookup/").exists()


def test_a_list_and_a_firm_on_it_are_one_event(receiver: Receiver, owner: User, run: Run) -> None:
    licence = a_holder("Harvest Hands Ltd")
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, check_list=checked("Harvest Hands Ltd"), by=owner, at=NOW)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)

    suspend(licence)
    run(LATER)

    assert len(said(receiver)) == 1


def test_a_list_that_is_not_looked_up_or_found_nobody_is_not_followed(receiver: Receiver, owner: User) -> None:
    a_holder("Harvest Hands Ltd")
    webhook = a_webhook(receiver, owner)
    unfinished, of_nobody = begun(a_list("Harvest Hands Ltd")), checked("Nobody at all")

    for check_list, code in ((unfinished, "not_done"), (of_nobody, "nobody_found")):
        with pytest.raises(Refused) as refused:
            webhooks.follow(webhook, check_list=check_list, by=owner, at=NOW)
        assert [reason.code for reason in refused.value.reasons] == [code]


def test_a_list_is_named_by_the_address_of_its_page(receiver: Receiver, owner: User) -> None:
    a_holder("Harvest Hands Ltd")
    client, page = signed_in(owner), f"/follow/webhooks/{a_webhook(receiver, owner).reference}/"
    address = f"https://registry.example/check/many/{checked('Harvest Hands Ltd').key}/?page=1"

    wrong = client.post(page, {"check_list": "https://registry.example/check/many/1-" + "0" * 32 + "/"})
    both = client.post(page, {"check_list": address, "place": "Hereford"})
    right = client.post(page, {"check_list": address})

    assert (wrong.status_code, both.status_code, right.status_code) == (422, 422, 302)
    assert "No list is kept at this address." in wrong.content.decode()
    assert "not both" in both.content.decode()
    assert "Labour providers of a list: 1" in client.get(page).content.decode()


def test_a_failure_is_tried_again_later_and_later_with_the_same_id_and_body_and_in_order(
    receiver: Receiver, owner: User, run: Run
) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    receiver.code = 500
    suspend(licence)
    run(LATER)
    licences.lift(licence, lifted_from=LATER.date(), because="Put right.", by=a_decider(), at=LATER)
    run(LATER + MINUTE / 2)
    assert len(receiver.came) == 1, "the second event waits for the first, and the first for its time"

    run(LATER + MINUTE)
    run(LATER + 2 * MINUTE)
    receiver.code = 200
    run(LATER + 3 * MINUTE)

    first, again, once_more, second = receiver.came
    assert first[1] == again[1] == once_more[1] != second[1]
    assert first[0]["webhook-id"] == again[0]["webhook-id"] == once_more[0]["webhook-id"] != second[0]["webhook-id"]
    assert list(
        webhook.deliveries.exclude(event__startswith="ping").order_by("pk").values_list("outbox__attempts", flat=True)
    ) == [
        3,
        1,
    ]
    assert not webhook.deliveries.waiting().exists()


def test_after_the_last_try_it_is_paused_and_its_owner_told_and_nothing_is_lost(
    receiver: Receiver, owner: User, run: Run
) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    receiver.code = 410
    suspend(licence)
    waits = [wait_after(failures) or timedelta(days=1) for failures in range(1, MOST_FAILURES + 2)]
    at = LATER
    for wait in (timedelta(0), *waits):
        at += wait
        run(at)

    assert len(receiver.came) == MOST_FAILURES
    assert Webhook.objects.visible_to(owner).get().given_up_at
    assert "Stopped by us" in signed_in(owner).get(f"/follow/webhooks/{webhook.reference}/").content.decode()
    (letter,) = Letter.objects.filter(template__contains="webhook_paused")
    assert letter.address == owner.email
    assert "We tried 40 times" in paper_words.text(letter)

    receiver.code = 200
    receiver.came.clear()
    webhooks.resume(webhook, by=owner, at=at)
    run(at)
    assert [one["type"] for one in said(receiver)] == ["made"]


def test_while_it_is_paused_what_happens_waits(receiver: Receiver, owner: User, run: Run) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    webhooks.pause(webhook, by=owner, at=NOW)

    suspend(licence)
    run(LATER)
    assert receiver.came == []

    webhooks.resume(webhook, by=owner, at=LATER)
    run(LATER)
    assert len(receiver.came) == 1


def test_a_worker_that_is_killed_after_posting_posts_again_and_the_receiver_knows_it(
    receiver: Receiver, owner: User, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    suspend(licence)
    set_clock(LATER)
    jobs.tell_followers(at=LATER)
    with monkeypatch.context() as killed:
        killed.setattr(deliveries, "record", lambda *_args, **_more: 1 / 0)
        jobs.post_webhooks(at=LATER)
    assert len(receiver.came) == 1

    jobs.post_webhooks(at=LATER + MINUTE)
    assert len(receiver.came) == 1, "until the lease is over nobody else takes it"
    set_clock(LATER + LEASE)
    jobs.post_webhooks(at=LATER + LEASE)

    (first, again) = receiver.came
    assert first[0]["webhook-id"] == again[0]["webhook-id"]


def test_a_name_that_leads_into_a_private_network_is_never_connected_to(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: [(2, 1, 6, "", ("169.254.169.254", 443))])
    monkeypatch.setattr("socket.create_connection", lambda *_args: pytest.fail("connected"))
    webhook = webhooks.name(address="https://hooks.receiver.example/", by=owner, at=NOW)

    jobs.post_webhooks(at=NOW)

    assert list(webhook.deliveries.values_list("outbox__last_error", "outbox__attempts")) == [("not_public", 1)]


def test_a_test_carries_a_real_item_and_an_answered_one_can_be_sent_again(receiver: Receiver, owner: User) -> None:
    a_holder("Harvest Hands Ltd")
    webhook = a_webhook(receiver, owner)
    webhooks.test(webhook, by=owner, at=NOW)
    with pytest.raises(Refused, match="one_waits"):
        webhooks.test(webhook, by=owner, at=NOW)
    jobs.post_webhooks(at=NOW)
    delivery = webhook.deliveries.get(event__startswith="test")

    webhooks.resend(webhook, delivery=delivery, by=owner, at=NOW)
    with pytest.raises(Refused, match="not_sent_yet"):
        webhooks.resend(webhook, delivery=delivery, by=owner, at=NOW)
    jobs.post_webhooks(at=NOW)

    first, again = receiver.came
    assert json.loads(first[1])["data"]["row"]["name"] == "Harvest Hands Ltd"
    assert (first[1], first[0]["webhook-id"]) == (again[1], again[0]["webhook-id"])


def test_only_labour_users_name_addresses_and_only_their_own_are_theirs(receiver: Receiver, owner: User) -> None:
    for role in ("applicant", "case_officer"):
        with pytest.raises(PermissionDenied):
            webhooks.name(address=receiver.address, by=person(role), at=NOW)
    webhook = a_webhook(receiver, owner)
    for act in (webhooks.test, webhooks.pause, webhooks.resume, webhooks.stop):
        with pytest.raises(PermissionDenied):
            act(webhook, by=person("labour_user"), at=NOW)
    assert signed_in(person("labour_user")).get(f"/follow/webhooks/{webhook.reference}/").status_code == 404


def test_there_is_an_end_to_addresses_and_to_naming_them(owner: User) -> None:
    for number in range(5):
        webhooks.name(address=f"https://hooks.example/{number}", by=owner, at=NOW)
    with pytest.raises(Refused, match="named_already; too_many_addresses"):
        webhooks.name(address="https://hooks.example/0", by=owner, at=NOW)
    for number in range(15):
        webhooks.stop(Webhook.objects.filter(stopped_at=None)[0], by=owner, at=NOW)
        webhooks.name(address=f"https://hooks.example/more/{number}", by=owner, at=NOW)
    webhooks.stop(Webhook.objects.filter(stopped_at=None)[0], by=owner, at=NOW)
    with pytest.raises(Refused, match="too_many_today"):
        webhooks.name(address="https://hooks.example/one-too-many", by=owner, at=NOW)


def test_who_has_left_is_told_nothing(receiver: Receiver, owner: User, run: Run) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    suspend(licence)
    run(LATER)

    assert receiver.came == []


def test_what_is_stopped_or_old_is_forgotten(receiver: Receiver, owner: User, run: Run) -> None:
    licence = a_holder()
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    suspend(licence)
    run(LATER)
    receiver.came.clear()

    jobs.tell_followers(at=NOW + timedelta(days=32))
    assert not Delivery.objects.filter(made_at__lt=NOW + timedelta(days=2)).exists()
    webhooks.stop(webhook, by=owner, at=LATER)
    jobs.tell_followers(at=LATER + timedelta(days=29))
    assert Webhook.objects.exists()
    jobs.tell_followers(at=LATER + timedelta(days=31))
    assert not Webhook.objects.exists()
    assert not Follow.objects.exists()


def test_the_holder_and_staff_learn_nothing_of_webhooks(receiver: Receiver, owner: User, run: Run) -> None:
    """Whatever page of the holder's file is looked at: neither the address nor the person that follows stands there."""
    licence = a_holder("Harvest Hands Ltd")
    webhook = a_webhook(receiver, owner)
    webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
    suspend(licence)
    run(LATER)

    pages = [
        signed_in(person("case_officer")).get(f"/staff/licences/{licence.number}/"),
        signed_in(person("case_officer")).get(f"/staff/organisations/{licence.organisation.reference}/"),
        signed_in(person("auditor")).get("/staff/trail/"),
        Client().get(f"/check/{licence.number}/"),
        Client().get(f"/api/v1/register/{licence.number}"),
        Client().get("/data/register.csv"),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    for page in pages:
        words = page.getvalue()
        for canary in (receiver.address, webhook.reference, owner.email, owner.name):
            assert canary.encode() not in words
    assert not Letter.objects.filter(organisation=licence.organisation, template__startswith="public_lookup/").exists()


# --- the pages ---


def test_the_way_by_pages(receiver: Receiver, owner: User, settings: Settings) -> None:
    licence = a_holder("Harvest Hands Ltd")
    client = signed_in(owner)
    named = client.post("/follow/webhooks/", {"address": "https://hooks.receiver.example/in"}, follow=True)
    webhook = Webhook.objects.get()
    page = f"/follow/webhooks/{webhook.reference}/"
    assert "Waiting for the challenge" in named.content.decode()

    Webhook.objects.update(address=receiver.address)
    jobs.post_webhooks(at=NOW)
    client.post(page, {"number": licence.number})
    client.post(page, {"place": "Hereford"})
    shown = client.get(page).content.decode()
    assert "Working" in shown
    assert f"Harvest Hands Ltd ({licence.number})" in shown

    client.post(f"{page}test/")
    refused = client.post(f"{page}test/")
    assert refused.status_code == 422
    assert "One is on its way and not answered yet." in refused.content.decode()
    jobs.post_webhooks(at=NOW)
    delivery = webhook.deliveries.get(event__startswith="test")
    assert client.post(f"{page}resend/{delivery.reference}/").status_code == 302
    follow = Follow.objects.get(place="Hereford")
    assert client.post(f"{page}unfollow/{follow.pk}/").status_code == 302
    assert "Hereford" not in client.get(page).content.decode()
    client.post(f"{page}pause/")
    assert "Post again" in client.get(page).content.decode()
    client.post(f"{page}resume/")
    assert client.get(f"{page}stop/").status_code == 200
    client.post(f"{page}stop/")
    assert client.get(page).status_code == 404
    assert "You have named no address yet." in client.get("/follow/webhooks/").content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the web address of your system."),
        ("nonsense", "Enter a web address, like www.example.com."),
        ("http://hooks.example/", "Enter an address that begins with https://."),
        ("https://hooks.example:8443/", "Enter the address without a port: we post to port 443 only."),
        ("https://127.0.0.1/", "Enter a web address, like www.example.com."),
        ("https://2130706433/", "Enter a web address, like www.example.com."),
        ("https://[::1]/", "Enter a web address, like www.example.com."),
        ("https://localhost/", "Enter a web address, like www.example.com."),
        ("https://me@hooks.example/", "Enter a web address, like www.example.com."),
    ],
)
def test_what_is_no_address_is_said_and_kept(owner: User, typed: str, says: str) -> None:
    answer = signed_in(owner).post("/follow/webhooks/", {"address": typed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_the_page_costs_the_same_with_many_follows_and_deliveries(receiver: Receiver, owner: User) -> None:
    client = signed_in(owner)
    webhook = a_webhook(receiver, owner)
    page = f"/follow/webhooks/{webhook.reference}/"
    webhooks.follow(webhook, listing=a_holder("First Hands Ltd").listing, by=owner, at=NOW)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)

    for number in range(5):
        webhooks.follow(webhook, listing=a_holder(f"Hands {number} Ltd").listing, by=owner, at=NOW)
        webhooks.test(webhook, by=owner, at=NOW)
        jobs.post_webhooks(at=NOW)
    with CaptureQueriesContext(connection) as many:
        client.get(page)

    assert len(many) == len(few)
    assert Listing.objects.count() == 6
