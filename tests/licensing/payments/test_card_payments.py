"""Paying by card, against a provider that speaks the real protocol: once, whatever comes twice, late, forged or out of order."""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from licensing import jobs
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.cards import client as courier
from licensing.cards.client import NoAnswer, PaymentRequest, Provider
from licensing.payments.actions import cards, payments
from licensing.payments.models import CardPayment, Payment
from licensing.payments.rules.payments import ProviderPayment
from registry.errors import Refused
from registry.letters.models import Letter
from registry.trail.models.events import Event
from script.stand_ins.card_payments import DECLINED, Till
from tests import stories
from tests.conftest import NOW
from tests.licensing.payments import cards as play
from tests.licensing.payments.cards import KEY, SECRET, till
from tests.licensing.stories import TODAY
from tests.people import person, signed_in
from tests.races import at_once

__all__ = ["till"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return stories.an_application_submitted()


@pytest.fixture
def payer(application: Application) -> Client:
    return signed_in(stories.holder_of(application.organisation))


def the_card(application: Application) -> CardPayment:
    return application.card_payments.select_related("application").latest("pk")


def under_way(client: Client, application: Application) -> CardPayment:
    play.presses_pay(client, application)
    return the_card(application)


def paid(client: Client, application: Application) -> CardPayment:
    """The payer has paid on the provider's page and closed the tab: we have heard nothing yet."""
    play.types_card(play.presses_pay(client, application))
    return the_card(application)


def signed(message: dict[str, Any]) -> tuple[bytes, str]:
    body = json.dumps(message).encode()
    return body, hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


# --- the way of a payment


def test_who_pays_and_comes_back_has_paid_and_has_a_receipt(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)
    assert application.still_to_pay == application.fee

    words = play.comes_back(payer, card).content.decode()

    assert "You have paid" in words
    payment = Payment.objects.get()
    assert (payment.amount, payment.card, payment.recorded_by) == (application.fee, card, None)
    assert Application.objects.get(pk=application.pk).still_to_pay == 0
    letter = Letter.objects.get(template="licensing/letters/paid.html")
    assert letter.facts["receipt"] == payment.reference
    assert reverse("letter_pdf", args=[letter.number]) in words
    assert Event.objects.get(verb="record_payment").facts["card"] == card.reference


def test_the_provider_is_asked_for_the_whole_amount_with_the_one_reference(
    till: Till, payer: Client, application: Application
) -> None:
    under_way(payer, application)

    (asked,) = till.payments.values()
    assert asked["asked"]["amount"] == 62000
    assert asked["asked"]["reference"] == application.payment_reference
    assert application.reference in asked["asked"]["description"]
    assert asked["idempotency_key"] == the_card(application).reference


def test_coming_back_alone_is_believed_of_nobody(till: Till, payer: Client, application: Application) -> None:
    card = under_way(payer, application)

    words = play.comes_back(payer, card).content.decode()

    assert "not finished yet" in words
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("does", "status", "says"),
    [
        (lambda address: play.types_card(address, DECLINED), "failed", "Your card was declined"),
        (play.goes_back, "cancelled", "The payment was cancelled"),
    ],
)
def test_what_came_to_nothing_is_said_and_can_be_tried_again(
    till: Till, payer: Client, application: Application, does: Callable[[str], None], status: str, says: str
) -> None:
    does(play.presses_pay(payer, application))
    first = the_card(application)

    words = play.comes_back(payer, first).content.decode()

    first.refresh_from_db()
    assert (first.status, says in words) == (status, True)
    assert not Payment.objects.exists()
    second = paid(payer, application)
    assert second != first
    assert "You have paid" in play.comes_back(payer, second).content.decode()


def test_who_closes_the_tab_is_found_paid_by_the_worker(till: Till, payer: Client, application: Application) -> None:
    card = paid(payer, application)

    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=1)) == 0  # the payer comes first
    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=3)) == 1
    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=4)) == 0

    assert Payment.objects.get().card == card


def test_what_nobody_finishes_expires(till: Till, payer: Client, application: Application) -> None:
    card = under_way(payer, application)
    till.payments[str(card.provider_id)]["created"] -= 2 * 3600

    assert jobs.ask_about_card_payments(at=NOW + timedelta(hours=2)) == 1

    card.refresh_from_db()
    assert card.status == "expired"


def test_the_page_of_another_employer_says_nothing_of_it(till: Till, payer: Client, application: Application) -> None:
    card = paid(payer, application)
    stranger = signed_in(person("applicant"))

    for name, arguments in (
        ("application_payments", [application.reference]),
        ("card_payment", [application.reference, card.reference]),
    ):
        assert stranger.get(reverse(name, args=arguments)).status_code == 404
    assert stranger.post(reverse("pay_by_card", args=[application.reference])).status_code == 404


# --- never twice


def test_two_tabs_and_two_people_pay_the_same_payment(till: Till, payer: Client, application: Application) -> None:
    first, second = play.presses_pay(payer, application), play.presses_pay(payer, application)

    assert first == second
    assert application.card_payments.count() == 1
    assert len(till.payments) == 1


def test_what_is_paid_cannot_be_paid_again(till: Till, payer: Client, application: Application) -> None:
    play.comes_back(payer, paid(payer, application))

    response = payer.post(reverse("pay_by_card", args=[application.reference]))

    assert response.status_code == 409
    assert "There is nothing to pay" in response.content.decode()
    assert application.card_payments.count() == 1


def test_who_presses_again_after_paying_in_another_tab_is_told_that_it_is_paid(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)

    address = play.presses_pay(payer, application)

    assert address.endswith(reverse("card_payment", args=[application.reference, card.reference]))
    assert Payment.objects.count() == 1


def test_a_payment_under_way_of_another_amount_is_taken_back(
    till: Till, payer: Client, application: Application
) -> None:
    first = under_way(payer, application)
    payments.record(
        application, amount=Decimal(20), received_on=TODAY, bank_reference="FP", by=person("case_officer"), at=NOW
    )

    second = under_way(payer, application)

    first.refresh_from_db()
    assert (first.status, second.status, second.amount) == ("cancelled", "started", Decimal(600))


def test_the_database_keeps_two_card_payments_from_being_under_way(application: Application) -> None:
    by = stories.holder_of(application.organisation)
    cards.begin(application, by=by, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        CardPayment.objects.create(reference="V-2", application=application, amount=1, begun_by=by, begun_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_told_five_times_at_once_it_is_one_payment(till: Till, payer: Client, application: Application) -> None:
    message = play.message_about(till, paid(payer, application))

    answers = at_once(*[lambda: play.tells(*message)] * 5)

    assert answers == [200] * 5
    assert Payment.objects.count() == 1
    assert Event.objects.filter(verb="record_payment").count() == 1
    assert Letter.objects.filter(template="licensing/letters/paid.html").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_locks_five_at_once_would_collide(
    till: Till, payer: Client, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a later net, the one payment of each card, stops what the locks let through."""
    message = play.message_about(till, paid(payer, application))
    monkeypatch.setattr(
        "registry.trail.actions.events.locked", lambda thing: type(thing)._default_manager.get(pk=thing.pk)
    )

    answers = at_once(*[lambda: play.tells(*message)] * 5)

    assert [one for one in answers if one != 200]
    assert Payment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_five_times_at_once_it_is_one_card_payment(till: Till, payer: Client, application: Application) -> None:
    by = stories.holder_of(application.organisation)

    begun = at_once(*[lambda: cards.begin(application, by=by, at=NOW)] * 5)

    assert len({getattr(card, "pk", card) for card in begun}) == 1
    assert application.card_payments.count() == 1


# --- what the provider says by itself


def test_a_message_counts_and_counts_once(till: Till, payer: Client, application: Application) -> None:
    message = play.message_about(till, paid(payer, application))

    assert [play.tells(*message), play.tells(*message)] == [200, 200]

    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, signature: (body, ""),
        lambda body, signature: (body, "0" * 64),
        lambda body, signature: (body, signature[:-1]),
        lambda body, signature: (body, "é" * 64),
        lambda body, signature: (body + b" ", signature),
        lambda body, signature: (body.replace(b"62000", b"62001"), signature),
        lambda body, signature: (body, hmac.new(b"another", body, hashlib.sha256).hexdigest()),
    ],
)
def test_a_forged_message_changes_nothing(
    till: Till, payer: Client, application: Application, forge: Callable[[bytes, str], tuple[bytes, str]]
) -> None:
    message = play.message_about(till, paid(payer, application))

    assert play.tells(*forge(*message)) == 403

    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 100}, "another_amount"),
        ({"reference": "SOMEBODY"}, "another_application"),
    ],
)
def test_a_message_about_another_amount_or_application_changes_nothing_and_is_noted(
    till: Till,
    payer: Client,
    application: Application,
    caplog: pytest.LogCaptureFixture,
    change: dict[str, Any],
    code: str,
) -> None:
    card = paid(payer, application)
    message = json.loads(play.message_about(till, card)[0])
    message["resource"] |= change

    with caplog.at_level(logging.ERROR):
        assert play.tells(*signed(message)) == 422

    assert not Payment.objects.exists()
    assert code in caplog.text


def test_a_message_for_another_application_counts_for_neither(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)
    other = stories.an_application_submitted(legal_name="Another Ltd")
    others = under_way(signed_in(stories.holder_of(other.organisation)), other)
    message = json.loads(play.message_about(till, card)[0])
    message["resource"]["payment_id"] = others.provider_id

    assert play.tells(*signed(message)) == 422

    assert not Payment.objects.exists()


def test_a_message_about_a_payment_that_is_not_ours_is_asked_for_again_later(
    till: Till, application: Application
) -> None:
    payment = till.create({"amount": 1, "reference": "X", "description": "", "return_url": ""}, "")

    assert play.tells(*till.message(payment, "card_payment_succeeded")) == 404


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"resource_type": "dispute"}, 200),
        ({"resource_type": "payment"}, 400),
        ({"resource_type": "payment", "resource": {"payment_id": 5}}, 400),
        (
            {
                "resource_type": "payment",
                "resource": {"payment_id": "x", "amount": True, "reference": "", "state": {"status": ""}},
            },
            400,
        ),
        ([], 400),
    ],
)
def test_a_message_that_cannot_be_understood_changes_nothing(till: Till, message: Any, status: int) -> None:
    assert play.tells(*signed(message)) == status


def test_messages_out_of_order_change_nothing_that_was_known_better(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)
    late = json.loads(play.message_about(till, card)[0])
    late["resource"]["state"] = {"status": "started", "finished": False}
    failed = json.loads(play.message_about(till, card)[0])
    failed["resource"]["state"] = {"status": "failed", "finished": True, "code": "P0010"}

    statuses = [play.tells(*message) for message in (play.message_about(till, card), signed(late), signed(failed))]

    card.refresh_from_db()
    assert (statuses, card.status) == ([200, 200, 200], "success")


def test_money_counts_even_when_we_had_given_it_up(till: Till, payer: Client, application: Application) -> None:
    card = paid(payer, application)
    cards.expire(card, at=NOW)

    assert play.tells(*play.message_about(till, card)) == 200

    assert Payment.objects.get().card == card


def test_money_that_comes_after_a_withdrawal_is_still_money(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)
    applications.withdraw(application, because="", by=stories.holder_of(application.organisation), at=NOW)

    assert play.tells(*play.message_about(till, card)) == 200

    assert Application.objects.get(pk=application.pk).paid == application.fee


def test_a_message_may_only_be_posted(till: Till) -> None:
    assert Client().get(reverse("card_payment_told")).status_code == 405


def test_without_a_provider_nobody_is_listened_to(payer: Client, application: Application) -> None:
    assert play.tells(b"{}", "") == 404


# --- when the provider does not answer


def test_while_the_provider_is_down_the_page_says_so_and_nothing_is_lost(
    till: Till, payer: Client, application: Application
) -> None:
    till.is_silent = True

    response = payer.post(reverse("pay_by_card", args=[application.reference]))

    assert response.status_code == 503
    words = response.content.decode()
    assert "does not work at the moment" in words
    assert str(application.payment_reference) in words  # by transfer it can be paid all the same
    till.is_silent = False
    play.types_card(play.presses_pay(payer, application))
    assert application.card_payments.count() == 1


def test_an_answer_that_was_lost_is_asked_for_again_by_the_same_key(
    till: Till, payer: Client, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = courier.create

    def created_but_lost(provider: Provider, wanted: PaymentRequest) -> ProviderPayment:
        create(provider, wanted)
        raise NoAnswer("no_answer")

    monkeypatch.setattr(courier, "create", created_but_lost)
    assert payer.post(reverse("pay_by_card", args=[application.reference])).status_code == 503
    monkeypatch.setattr(courier, "create", create)

    play.presses_pay(payer, application)

    assert len(till.payments) == 1


def test_who_comes_back_while_the_provider_is_down_is_told_not_to_pay_again(
    till: Till, payer: Client, application: Application
) -> None:
    card = paid(payer, application)
    till.is_silent = True

    assert "Do not pay a second time" in play.comes_back(payer, card).content.decode()

    till.is_silent = False
    assert "You have paid" in play.comes_back(payer, card).content.decode()


def test_the_worker_goes_on_past_a_provider_that_does_not_answer(
    till: Till, payer: Client, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    paid(payer, application)
    till.is_silent = True

    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=3)) == 0
    assert "says nothing" in caplog.text

    till.is_silent = False
    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=3)) == 1


def test_the_worker_notes_what_does_not_fit(
    till: Till, payer: Client, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    card = paid(payer, application)
    till.payments[str(card.provider_id)]["asked"]["amount"] = 1

    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=3)) == 0

    assert "does not fit" in caplog.text
    assert not Payment.objects.exists()


def test_what_was_never_handed_over_is_given_up_in_the_end(application: Application) -> None:
    card = cards.begin(application, by=stories.holder_of(application.organisation), at=NOW)

    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=119)) == 0
    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=121)) == 1

    card.refresh_from_db()
    assert card.status == "expired"


@pytest.mark.parametrize(
    ("address", "code"), [("http://127.0.0.1:1", "no_connection"), ("http://nowhere.invalid", "no_answer")]
)
def test_a_provider_that_cannot_be_reached_is_said_to_be_silent(address: str, code: str) -> None:
    with pytest.raises(NoAnswer) as silent:
        courier.ask(Provider(address, KEY), "x")

    assert silent.value.code == code


def test_a_wrong_key_and_an_unknown_payment_are_told_apart(till: Till) -> None:
    for key, code in (("wrong", "refused"), (KEY, "unknown")):
        with pytest.raises(NoAnswer) as silent:
            courier.ask(Provider(till.address, key), "nothing")
        assert silent.value.code == code


def test_nobody_is_sent_to_a_page_that_is_not_the_providers(
    till: Till, payer: Client, application: Application, settings: Settings
) -> None:
    settings.CARD_PAYMENTS_PAGES = ["https://elsewhere.example"]

    address = play.presses_pay(payer, application)

    assert address.endswith(reverse("card_payment", args=[application.reference, the_card(application).reference]))


# --- who may, and what is offered


def test_paying_is_for_those_who_act_for_the_organisation(application: Application) -> None:
    with pytest.raises(Application.DoesNotExist):
        cards.begin(application, by=person("applicant"), at=NOW)
    with pytest.raises(PermissionDenied):
        cards.begin(application, by=person("case_officer"), at=NOW)


def test_nothing_is_begun_where_nothing_is_due() -> None:
    application = stories.an_application_paid()

    with pytest.raises(Refused) as refused:
        cards.begin(application, by=stories.holder_of(application.organisation), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["nothing_to_pay"]


def test_without_a_provider_only_a_transfer_is_offered(
    payer: Client, application: Application, settings: Settings
) -> None:
    settings.BANK_ACCOUNT = "Registry, 00-00-00, 12345678"
    page = payer.get(reverse("application_payments", args=[application.reference])).content.decode()

    assert "by card" not in page
    assert "Registry, 00-00-00, 12345678" in page
    response = payer.post(reverse("pay_by_card", args=[application.reference]))
    assert response.status_code == 409
    assert "Paying by card is not offered" in response.content.decode()


def test_to_ask_for_the_address_of_the_button_is_to_see_what_is_to_pay(
    till: Till, payer: Client, application: Application
) -> None:
    response = payer.get(reverse("pay_by_card", args=[application.reference]))

    assert response["Location"] == reverse("application_payments", args=[application.reference])
    assert not application.card_payments.exists()
