"""A letter that was refused for good is sent again by a person, as it was written."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.organisations import actions as organisations
from registry.outbox import actions
from registry.outbox.queries import undelivered
from registry.papers import words as paper_words
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db

GONE = "gone@provider.example"
WHY = "The business told us of a typing error."


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def refused(settings: Settings) -> Letter:
    settings.EMAIL_BACKEND = "tests.registry.letters.test_letters.Picky"
    by = person("applicant", email="mair@provider.example")
    opened = stories.a_provider(by=by)
    organisation = organisations.update(opened, changes={"email": GONE}, by=by, at=NOW)
    letter = sending.queue(
        "registry/letters/letter.html", to=organisation, subject="About your file", facts={}, about="A-1", at=NOW
    )
    sending.send(letter, at=NOW)
    letter.refresh_from_db()
    mail.outbox.clear()
    return letter


def test_it_goes_to_the_corrected_address_alone_and_leaves_the_list(refused: Letter, officer: User) -> None:
    words = paper_words.render(refused)
    assert undelivered({}, by=officer, at=NOW).how_many() == 1

    letter = actions.send_letter_again(refused, address="new@provider.example", because=WHY, by=officer, at=NOW)
    sending.send(letter, at=NOW)

    [sent] = mail.outbox
    assert sent.to == ["new@provider.example"]
    assert sent.message()["Message-ID"] == refused.message_id
    letter.refresh_from_db()
    assert (letter.address, letter.outbox.sent_at, letter.outbox.failed_at, letter.outbox.repeats) == (
        "new@provider.example",
        NOW,
        None,
        0,
    )
    assert paper_words.render(letter) == words
    assert undelivered({}, by=officer, at=NOW).how_many() == 0


def test_a_copy_that_was_refused_is_corrected_without_the_first_address(settings: Settings, officer: User) -> None:
    settings.EMAIL_BACKEND = "tests.registry.letters.test_letters.Picky"
    by = person("applicant", email=GONE)
    organisation = organisations.update(stories.a_provider(by=by), changes={"email": "office@x.example"}, by=by, at=NOW)
    letter = sending.queue("registry/letters/letter.html", to=organisation, subject="x", facts={}, about="A-1", at=NOW)
    sending.send(letter, at=NOW)
    letter.refresh_from_db()

    letter = actions.send_letter_again(letter, address="by@x.example", because=WHY, by=officer, at=NOW)

    assert letter.addresses == ["office@x.example", "by@x.example"]
    assert letter.left == ["by@x.example"]


def test_the_trail_keeps_that_and_not_the_address(refused: Letter, officer: User) -> None:
    actions.send_letter_again(refused, address="new@provider.example", because=WHY, by=officer, at=NOW)

    event = Event.objects.latest("number")
    assert (event.verb, event.kind, event.reference) == ("send_again", "letter", "A-1")
    assert event.because == WHY
    assert event.facts == {"letter": refused.number, "corrected": True}


def test_what_is_still_tried_by_itself_is_refused(refused: Letter, officer: User) -> None:
    letter = actions.send_letter_again(refused, address=GONE, because=WHY, by=officer, at=NOW)

    with pytest.raises(Refused) as no:
        actions.send_letter_again(letter, address=" ", because=WHY, by=officer, at=NOW)

    assert [reason.code for reason in no.value.reasons] == ["not_refused", "no_address"]


@pytest.mark.parametrize("role", ["manager", "applicant", "decision_maker"])
def test_only_case_officers_send_it_again(refused: Letter, role: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_letter_again(refused, address=GONE, because=WHY, by=person(role), at=NOW)
