"""Messages about an application: written by both sides, read once, changed by nobody, and moving nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from licensing.applications.models import Application
from licensing.messages import actions as messages
from licensing.messages import queries as message_queries
from licensing.messages.models import Message
from registry import signing
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_refusal_proposed,
    decided,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db

TEXT = "Shall we send the lease of the hostel too?"


@pytest.fixture
def application() -> Application:
    return stories.an_application_being_assessed()


@pytest.fixture
def applicant(application: Application) -> User:
    return stories.holder_of(application.organisation)


@pytest.fixture
def officer() -> User:
    return person("case_officer")


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def a_refusal() -> Application:
    decision = notified(a_refusal_proposed())
    assert decision.reply_by
    closed = decided(decision, at=later((decision.reply_by - TODAY).days + 1)).application
    assert closed
    return closed


# --- writing ---


def test_a_message_waits_for_the_other_side_and_moves_nothing(application: Application, applicant: User) -> None:
    message = messages.write(application, text=f"  {TEXT}\n", by=applicant, at=NOW)

    assert (message.text, message.from_authority, message.read_at) == (TEXT, False, None)
    application.refresh_from_db()
    assert application.status == "assessing"
    assert list(Message.objects.unread_by_authority()) == [message]


def test_the_trail_keeps_the_digest_and_not_the_words(application: Application, applicant: User) -> None:
    messages.write(application, text=TEXT, by=applicant, at=NOW)

    event = Event.objects.latest("number")
    assert (event.verb, event.by, event.facts) == (
        "write_message",
        applicant.reference,
        {"digest": signing.digest(TEXT)},
    )


def test_the_applicant_is_told_by_mail_that_there_is_a_message_and_not_what_it_says(
    application: Application, officer: User
) -> None:
    messages.reply(application, text=TEXT, by=officer, at=NOW)

    letter = Letter.objects.about(application.reference).latest("pk")
    said = words.text(letter)
    assert letter.subject == "There is a message about your application"
    assert application.reference in said
    assert TEXT not in said and officer.name not in said


def test_the_applicant_reads_the_officer_as_case_officer(
    application: Application, applicant: User, officer: User
) -> None:
    messages.reply(application, text=TEXT, by=officer, at=NOW)
    messages.write(application, text="Thank you.", by=applicant, at=NOW)

    assert [one.who for one in message_queries.said_to_applicant(application)] == ["Case officer", applicant.name]
    assert [one.who for one in message_queries.said_to_authority(application)] == [officer.name, applicant.name]


def test_a_message_of_the_authority_is_a_to_do_until_it_is_read(
    application: Application, applicant: User, officer: User
) -> None:
    messages.reply(application, text=TEXT, by=officer, at=NOW)
    [duty] = duties_at(applicant)
    assert (duty.text, duty.href, duty.since) == (
        "Read our message",
        f"/apply/{application.reference}/messages/",
        TODAY,
    )

    assert messages.read(application, seen=1, by=applicant, at=NOW) == 1

    assert duties_at(applicant) == []


# --- refused ---


def test_an_empty_message_is_refused(application: Application, applicant: User, officer: User) -> None:
    for write, by in ((messages.write, applicant), (messages.reply, officer)):
        with pytest.raises(Refused) as refused:
            write(application, text=" \n", by=by, at=NOW)
        assert codes(refused) == ["nothing_written"]


def test_a_draft_is_not_written_about() -> None:
    draft = stories.an_application()

    with pytest.raises(Refused) as refused:
        messages.write(draft, text=TEXT, by=stories.holder_of(draft.organisation), at=NOW)

    assert codes(refused) == ["not_handed_in"]


def test_a_closed_application_without_appeal_is_not_written_about() -> None:
    granted = decided(a_grant_proposed()).application
    assert granted

    with pytest.raises(Refused) as refused:
        messages.write(granted, text=TEXT, by=stories.holder_of(granted.organisation), at=NOW)

    assert codes(refused) == ["closed"]


def test_after_a_refusal_it_is_written_about_until_the_last_day_of_appeal() -> None:
    refusal = a_refusal()
    appeal_by = refusal.decisions.get().appeal_by
    assert appeal_by
    by = stories.holder_of(refusal.organisation)

    assert messages.write(refusal, text=TEXT, by=by, at=later((appeal_by - TODAY).days))
    with pytest.raises(Refused) as refused:
        messages.write(refusal, text=TEXT, by=by, at=later((appeal_by - TODAY).days + 1))

    assert codes(refused) == ["closed"]


def test_nobody_writes_for_another_organisation(application: Application) -> None:
    with pytest.raises(Application.DoesNotExist):
        messages.write(application, text=TEXT, by=person("applicant"), at=NOW)


@pytest.mark.parametrize("role", ["manager", "decision_maker", "applicant", "auditor"])
def test_only_case_officers_write_to_applicants(application: Application, role: str) -> None:
    for act in (
        lambda by: messages.reply(application, text=TEXT, by=by, at=NOW),
        lambda by: messages.take_note(application, seen=1, by=by, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act(person(role))


# --- reading ---


def test_what_arrived_after_the_page_was_shown_still_waits(
    application: Application, applicant: User, officer: User
) -> None:
    messages.write(application, text="First.", by=applicant, at=NOW)
    seen = len(message_queries.thread_of(application))
    second = messages.write(application, text="Second.", by=applicant, at=NOW)

    messages.reply(application, text="To your first: yes.", seen=seen, by=officer, at=NOW)

    assert list(Message.objects.unread_by_authority()) == [second]


def test_one_side_cannot_read_for_the_other(application: Application, applicant: User, officer: User) -> None:
    messages.write(application, text=TEXT, by=applicant, at=NOW)

    assert messages.read(application, seen=9, by=applicant, at=NOW) == 0
    assert messages.take_note(application, seen=9, by=officer, at=NOW) == 1
    assert messages.take_note(application, seen=9, by=officer, at=NOW) == 0
