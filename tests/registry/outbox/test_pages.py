"""The page of what could not be delivered, and sending it again with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.outbox import actions
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/staff/letters/"
WHY = "Their server is back since this morning."


@pytest.fixture
def officer() -> User:
    return person("case_officer")


def given_up(kind: OutboxKind, reference: str, fault: str = "no_connection") -> OutboxItem:
    item = OutboxItem.objects.add(kind, reference, at=NOW)
    item.claim(NOW)
    item.fail(fault, at=NOW, for_good=True)
    return item


def a_refused_letter(to: sending.Receiver, settings: Settings) -> Letter:
    settings.EMAIL_BACKEND = "tests.registry.letters.test_letters.Picky"
    letter = sending.queue(
        "registry/letters/letter.html", to=to, subject="About your file", facts={}, about="A-1", at=NOW
    )
    sending.send(letter, at=NOW)
    return letter


def test_one_page_lists_every_kind_with_why_and_since_when(officer: User, settings: Settings) -> None:
    given_up(OutboxKind.WEBHOOK, "D-1"), given_up(OutboxKind.TEXT, "S-1", "too_late")
    letter = a_refused_letter("gone@reporter.example", settings)
    client = signed_in(officer)

    every = client.get(PAGE).content.decode()
    only = client.get(PAGE, {"kind": "webhook"}).content.decode()

    (count,) = client.get("/staff/").context["beside"]
    assert (count.href, count.number) == (PAGE, 3)
    for words in ("D-1", "No connection", "S-1", "It was too late to send it", letter.number, "2 November 2026"):
        assert words in every
    assert "D-1" in only and "S-1" not in only and letter.number not in only


def test_only_letters_to_businesses_show_what_they_are_about(officer: User, settings: Settings) -> None:
    a_refused_letter("gone@reporter.example", settings)

    shown = signed_in(officer).get(PAGE).content.decode()

    for canary in ("gone@reporter.example", "About your file", "no such mailbox"):
        assert canary not in shown


def test_letters_of_a_conflict_of_interest_are_not_listed(officer: User, settings: Settings) -> None:
    organisation = stories.a_provider(by=person("applicant", email="gone@provider.example"))
    letter = a_refused_letter(organisation, settings)
    assert letter.number in signed_in(officer).get(PAGE).content.decode()
    conflicts.declare(
        officer, organisation=organisation, because="A cousin of mine.", since=NOW.date(), by=officer, at=NOW
    )

    assert letter.number not in signed_in(officer).get(PAGE).content.decode()


@pytest.mark.parametrize("role", ["applicant", "labour_user", "partner_agency"])
def test_who_does_not_work_for_the_authority_sees_nothing(role: str) -> None:
    assert signed_in(person(role)).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_what_was_given_up_is_sent_again_with_a_reason(officer: User) -> None:
    item = given_up(OutboxKind.WEBHOOK, "D-1")
    client, page = signed_in(officer), "/staff/undelivered/D-1/send-again/"
    without = client.post(page, {"because": ""})
    assert without.status_code == 422
    assert "Enter the reason." in without.content.decode()

    assert client.post(page, {"because": WHY}).status_code == 302

    item.refresh_from_db()
    assert (item.failed_at, item.failures) == (None, 0)
    assert OutboxItem.objects.due(item.next_try or NOW).get() == item
    event = Event.objects.latest("number")
    assert (event.verb, event.kind, event.reference, event.because) == ("send_again", "outboxitem", "D-1", WHY)


def test_a_mail_to_a_follower_is_sent_again_to_the_same_address(officer: User, settings: Settings) -> None:
    letter = a_refused_letter("gone@reporter.example", settings)

    actions.send_again(letter.outbox, because=WHY, by=officer, at=NOW)

    letter.refresh_from_db()
    assert letter.left == ["gone@reporter.example"]
    assert OutboxItem.objects.due(NOW).get() == letter.outbox


def test_a_letter_to_a_business_is_sent_again_on_its_own_page(officer: User, settings: Settings) -> None:
    letter = a_refused_letter(stories.a_provider(by=person("applicant", email="gone@provider.example")), settings)
    client = signed_in(officer)

    assert client.get(f"/staff/undelivered/{letter.number}/send-again/").status_code == 404
    assert client.get(f"/staff/letters/{letter.number}/send-again/").status_code == 200


def test_what_is_sent_or_still_tried_or_stopped_or_too_late_is_refused(officer: User) -> None:
    tried = OutboxItem.objects.add(OutboxKind.WEBHOOK, "D-1", at=NOW)
    stopped = OutboxItem.objects.add(OutboxKind.WEBHOOK, "D-2", at=NOW)
    OutboxItem.objects.filter(pk=stopped.pk).withdraw()
    late = OutboxItem.objects.add(OutboxKind.TEXT, "S-1", useful_until=NOW, at=NOW)
    sent = OutboxItem.objects.add(OutboxKind.TEXT, "S-2", at=NOW)
    sent.claim(NOW)
    sent.succeed(NOW)

    for item, code in ((tried, "not_refused"), (stopped, "withdrawn"), (sent, "not_refused"), (late, "too_late")):
        if item == late:
            late.claim(NOW.replace(year=2027))
        with pytest.raises(Refused) as refused:
            actions.send_again(item, because=WHY, by=officer, at=NOW.replace(year=2027))
        assert [reason.code for reason in refused.value.reasons] == [code]


@pytest.mark.parametrize("role", ["manager", "auditor", "applicant"])
def test_only_case_officers_send_it_again(role: str) -> None:
    item = given_up(OutboxKind.WEBHOOK, "D-1")

    with pytest.raises(PermissionDenied):
        actions.send_again(item, because=WHY, by=person(role), at=NOW)
