"""Letters: kept as rows in the transaction of the act, said in the receiver's language, mailed once."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pytest_django import Settings

from registry import jobs, schemes
from registry.accounts.models import User
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.memberships.models import Membership
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.outbox import queries as outbox
from registry.outbox.models import OutboxItem
from registry.outbox.states import LEASE, LONGEST_WAIT
from registry.papers import words as paper_words
from registry.register.models import Listing
from registry.trail.actions import events as trail
from registry.trail.queries import chain
from tests.conftest import NOW, SetClock
from tests.people import person

pytestmark = pytest.mark.django_db

PLAIN = "registry/letters/letter.html"
SCHEME = "gla-food"


@pytest.fixture
def applicant() -> User:
    return person("applicant", name="Mair Prys", email="mair@provider.example")


@pytest.fixture
def organisation(applicant: User) -> Organisation:
    opened = organisations.open_file(legal_name="Gwynedd Field Labour Ltd", by=applicant, at=NOW)
    address = {"line_1": "1 Stryd Fawr", "town": "Bangor", "postcode": "LL57 1AA"}
    return organisations.update(opened, changes={"address": address}, by=applicant, at=NOW)


def a_letter(to: sending.Receiver, *, at: datetime = NOW, subject: str = "About your file", **facts: object) -> Letter:
    return sending.queue(PLAIN, to=to, subject=subject, facts=facts, about="A-7KQ2-M9XD", at=at)


# --- writing one down ---


def test_a_letter_is_addressed_to_the_organisation_and_filed_under_what_it_is_about(organisation: Organisation) -> None:
    letter = a_letter(organisation)

    assert letter.organisation == organisation
    assert letter.address == "mair@provider.example"
    assert letter.facts["receiver"] == {
        "name": "Gwynedd Field Labour Ltd",
        "address": ["1 Stryd Fawr", "Bangor", "LL57 1AA"],
    }
    assert list(Letter.objects.about("A-7KQ2-M9XD")) == [letter]


def test_a_letter_to_a_listing_finds_the_holder(organisation: Organisation) -> None:
    listing = Listing.objects.create(organisation=organisation, scheme=SCHEME, code="ABCDEFGH")

    assert a_letter(listing).organisation == organisation


def test_a_letter_to_an_organisation_without_an_address_goes_to_who_acts_for_it(
    organisation: Organisation, applicant: User
) -> None:
    silent = organisations.update(organisation, changes={"email": ""}, by=applicant, at=NOW)

    assert a_letter(silent).address == applicant.email


def test_a_letter_to_a_person_speaks_their_language() -> None:
    letter = sending.queue(
        PLAIN, to=person("inspector", language="cy"), subject=_("Revoked"), facts={}, about="U-1", at=NOW
    )

    assert letter.language == "cy"
    assert '<html lang="cy" dir="ltr">' in paper_words.render(letter)
    assert "2 Tachwedd 2026" in paper_words.text(letter)


def test_a_letter_to_a_bare_address_is_possible() -> None:
    assert a_letter("somebody@elsewhere.example").address == "somebody@elsewhere.example"


def test_a_letter_copies_the_head_of_the_trail_as_its_own_act_left_it(
    organisation: Organisation, applicant: User
) -> None:
    with transaction.atomic():
        event = trail.record(organisation, "inspect_file", by=applicant, at=NOW)
        letter = a_letter(organisation)

    assert (letter.trail_number, letter.trail_hash) == (event.number, event.hash) == chain.head()
    assert f"Trail {event.number}: " in paper_words.text(letter)
    assert event.hash in paper_words.text(letter)


def test_a_letter_of_an_act_that_is_rolled_back_was_never_written(organisation: Organisation) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_letter(organisation)
        raise ZeroDivisionError

    assert not Letter.objects.exists()


def test_numbers_and_message_ids_are_never_the_same_twice(organisation: Organisation) -> None:
    written = [a_letter(organisation) for _each in range(20)]

    assert len({letter.number for letter in written}) == len({letter.message_id for letter in written}) == 20
    assert all(re.fullmatch(r"L-\w{4}-\w{4}", letter.number) for letter in written)


# --- its words ---


@pytest.mark.parametrize(
    ("day", "authority"),
    [("2026-04-06", "Gangmasters and Labour Abuse Authority"), ("2026-04-07", "Fair Work Agency")],
)
def test_a_letter_bears_the_head_of_the_authority_in_force_that_day(
    organisation: Organisation, day: str, authority: str
) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00:00+01:00")

    letter = a_letter(organisation, at=noon, scheme=SCHEME, version="2018-10-01")

    assert paper_words.text(letter).startswith(authority)


def test_a_letter_of_no_scheme_comes_from_whoever_runs_the_service(organisation: Organisation) -> None:
    assert paper_words.text(a_letter(organisation)).startswith("Labour Licensing Registry")


def test_the_legal_wording_comes_from_the_pack(organisation: Organisation) -> None:
    wording = schemes.in_force(SCHEME, NOW.date()).letter("licence_ended")

    words = paper_words.text(a_letter(organisation, scheme=SCHEME, wording="licence_ended"))

    for sentence in (*wording.law, *wording.paragraphs):
        assert sentence["en"] in words


def test_what_a_person_typed_stays_text(organisation: Organisation, applicant: User) -> None:
    renamed = organisations.update(
        organisation, changes={"legal_name": '<img src="file:///etc/passwd">&amp; Sons'}, by=applicant, at=NOW
    )
    letter = a_letter(renamed)

    assert "<img" not in paper_words.render(letter)
    assert '<img src="file:///etc/passwd">&amp; Sons' in paper_words.text(letter)


def test_mail_and_page_say_the_same_words(organisation: Organisation) -> None:
    letter = a_letter(organisation, scheme=SCHEME, wording="revocation")

    page, document = paper_words.fragment(letter), paper_words.render(letter)

    assert page.strip() in document
    assert "<html" not in page
    assert "<h1>About your file</h1>" in page


def test_no_letter_carries_a_link(organisation: Organisation) -> None:
    # T3: whoever is used to signing in from a mail is easily caught by another's.
    assert "href=" not in paper_words.render(a_letter(organisation, scheme=SCHEME, wording="revocation"))


# --- mailing it ---


def test_a_letter_is_mailed_as_text_and_html(organisation: Organisation) -> None:
    letter = a_letter(organisation, scheme=SCHEME)

    assert sending.send(letter, at=NOW + timedelta(seconds=3))

    [sent] = mail.outbox
    assert sent.to == ["mair@provider.example"]
    assert sent.reply_to == ["licensing@fairworkagency.gov.uk"]
    assert sent.body == paper_words.text(letter)
    assert sent.alternatives == [(paper_words.render(letter), "text/html")]  # type: ignore[attr-defined]
    assert sent.message()["Message-ID"] == letter.message_id
    letter.refresh_from_db()
    assert (letter.outbox.sent_at, letter.outbox.attempts, letter.outbox.next_try) == (
        NOW + timedelta(seconds=3),
        1,
        None,
    )


def test_a_letter_that_was_sent_is_not_sent_again(organisation: Organisation) -> None:
    letter = a_letter(organisation)
    sending.send(letter, at=NOW)

    letter.refresh_from_db()
    again = sending.send(letter, at=NOW)

    assert not again
    assert len(mail.outbox) == 1


def test_of_two_workers_with_the_same_letter_one_sends_it(organisation: Organisation) -> None:
    letter = a_letter(organisation)
    one, other = Letter.objects.get(pk=letter.pk), Letter.objects.get(pk=letter.pk)

    assert [sending.send(one, at=NOW), sending.send(other, at=NOW)] == [True, False]
    assert len(mail.outbox) == 1


class Refuses(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("450 try again later")


def test_a_refused_letter_is_tried_again_ever_later(organisation: Organisation, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    letter = a_letter(organisation)
    waits = []

    at = NOW
    for _each in range(12):
        at = letter.outbox.next_try or at
        sending.send(letter, at=at)
        assert letter.outbox.next_try is not None
        waits.append(letter.outbox.next_try - at)

    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert waits[-1] == LONGEST_WAIT
    assert (letter.outbox.attempts, letter.outbox.sent_at) == (12, None)
    assert letter.outbox.last_error == "ConnectionRefusedError: 450 try again later"


def test_a_letter_that_cannot_be_written_is_kept_with_the_reason(organisation: Organisation) -> None:
    letter = sending.queue("registry/letters/no.html", to=organisation, subject="x", facts={}, about="A-1", at=NOW)

    assert not sending.send(letter, at=NOW)

    letter.refresh_from_db()
    assert letter.outbox.last_error.startswith("TemplateDoesNotExist")


# --- handing over what is due ---


def test_what_is_due_is_handed_over_and_mailed(organisation: Organisation) -> None:
    a_letter(organisation)

    assert jobs.send_mail(at=NOW) == 1
    assert len(mail.outbox) == 1
    assert jobs.send_mail(at=NOW) == 0


def test_what_is_not_due_waits(organisation: Organisation, settings: Settings, set_clock: SetClock) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    a_letter(organisation)
    jobs.send_mail(at=NOW)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert jobs.send_mail(at=NOW + timedelta(seconds=59)) == 0
    set_clock(NOW + timedelta(seconds=60))
    assert jobs.send_mail(at=timezone.now()) == 1
    assert Letter.objects.get().outbox.sent_at == NOW + timedelta(seconds=60)


def test_a_letter_without_an_address_is_only_kept(organisation: Organisation) -> None:
    organisation.memberships.all().delete()
    organisation.email = ""
    a_letter(organisation)

    assert jobs.send_mail(at=NOW) == 0


def test_letters_that_wait_too_long_are_reported(
    organisation: Organisation, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    a_letter(organisation)
    jobs.send_mail(at=NOW)

    assert jobs.warn_of_waiting(at=NOW + timedelta(minutes=59)) == 0
    assert jobs.warn_of_waiting(at=NOW + timedelta(minutes=61)) == 1
    assert "waited for over an hour to be mailed: 1" in caplog.text


# --- to several, refused for good, and repeated ---


class Picky(BaseEmailBackend):
    """A mail server that knows some addresses for ever not, and others not yet; what it takes is in the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            [address] = message.to
            if address.startswith("gone"):
                raise SMTPRecipientsRefused({address: (550, b"no such mailbox")})
            if address.startswith("later"):
                raise SMTPRecipientsRefused({address: (451, b"try again later")})
            if address.startswith("spam"):
                raise SMTPDataError(554, b"not wanted")
            mail.outbox.append(message)
        return len(email_messages)


@pytest.fixture
def picky(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"


def a_letter_to(organisation: Organisation, address: str, by: User) -> Letter:
    return a_letter(organisations.update(organisation, changes={"email": address}, by=by, at=NOW))


def test_a_letter_to_an_organisation_is_copied_to_everybody_who_acts_for_it(
    organisation: Organisation, applicant: User
) -> None:
    colleague, former, gone = (person("applicant", email=f"{name}@provider.example") for name in ("ann", "bo", "cy"))
    for user in (colleague, former, gone):
        Membership.objects.create(organisation=organisation, user=user, since=NOW)
    Membership.objects.filter(user=former).update(until=NOW)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    letter = a_letter_to(organisation, "office@provider.example", applicant)
    sending.send(letter, at=NOW)

    assert letter.copies == [applicant.email, colleague.email]
    assert [one.to for one in mail.outbox] == [["office@provider.example"], [applicant.email], [colleague.email]]
    assert {one.message()["Message-ID"] for one in mail.outbox} == {letter.message_id}


def test_one_address_that_must_wait_keeps_no_other_waiting_and_nobody_gets_it_twice(
    picky: None, organisation: Organisation, applicant: User, settings: Settings
) -> None:
    letter = a_letter_to(organisation, "later@provider.example", applicant)

    assert not sending.send(letter, at=NOW)
    assert [one.to for one in mail.outbox] == [[applicant.email]]
    letter.refresh_from_db()
    assert (letter.reached, letter.outbox.sent_at, letter.outbox.repeats) == ([applicant.email], None, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send(letter, at=NOW + timedelta(minutes=1))

    assert [one.to for one in mail.outbox] == [[applicant.email], ["later@provider.example"]]
    letter.refresh_from_db()
    assert (letter.outbox.sent_at, letter.outbox.repeats) == (NOW + timedelta(minutes=1), 0)


@pytest.mark.parametrize(("address", "said"), [("gone@x.example", "550"), ("spam@x.example", "554")])
def test_what_is_refused_for_good_is_not_tried_again_and_waits_for_a_person(
    picky: None, organisation: Organisation, applicant: User, address: str, said: str
) -> None:
    letter = a_letter_to(organisation, address, applicant)

    assert not sending.send(letter, at=NOW)

    letter.refresh_from_db()
    assert (letter.outbox.failed_at, letter.outbox.sent_at, letter.outbox.next_try) == (NOW, None, None)
    assert said in letter.refused[address] and letter.reached == [applicant.email]
    assert jobs.send_mail(at=NOW + timedelta(days=9)) == 0
    assert jobs.warn_of_waiting(at=NOW + timedelta(days=9)) == 0
    assert list(outbox.undelivered({}, by=person("case_officer"), at=NOW).found()) == [letter.outbox]


def test_an_attempt_of_which_nobody_knows_the_end_is_counted_as_a_repeat(organisation: Organisation) -> None:
    letter = a_letter(organisation)
    sending.send(letter, at=NOW)
    # As after a kill between mailing and writing it down.
    Letter.objects.filter(pk=letter.pk).update(reached=[])
    OutboxItem.objects.update(sent_at=None, next_try=NOW, leased_until=NOW + LEASE)
    letter = Letter.objects.get()

    assert not sending.send(letter, at=NOW + LEASE / 2)
    sending.send(letter, at=NOW + LEASE)

    letter.outbox.refresh_from_db()
    assert (letter.outbox.attempts, letter.outbox.repeats) == (2, 1)
    assert len({one.message()["Message-ID"] for one in mail.outbox}) == 1


def test_an_attempt_that_failed_is_no_repeat(organisation: Organisation, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    letter = a_letter(organisation)
    for _each in range(3):
        sending.send(letter, at=letter.outbox.next_try or NOW)

    letter.outbox.refresh_from_db()
    assert (letter.outbox.attempts, letter.outbox.repeats) == (3, 0)
