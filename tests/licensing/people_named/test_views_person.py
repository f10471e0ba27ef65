"""The pages behind a link: they open for whoever holds the second fact, and show that person's part alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from licensing.applications.actions import applications
from licensing.people_named import actions as parts
from licensing.people_named import letters as people_named_letters
from licensing.people_named.models import Part
from registry import web
from registry.letters.models import Letter
from registry.tasks import queries as task_queries
from registry.web import limits
from tests.config.walker import Visitor, ask, is_refusal, routes
from tests.conftest import NOW, SetClock
from tests.licensing.duties.stories import duties_at
from tests.people import person, signed_in
from tests.stories import (
    TYPED_OF_A_PERSON,
    a_part_answered,
    a_part_sent,
    a_part_signed,
    an_application_answered,
    director_of,
    holder_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET = "Pentre Celyn"


def opened(sent: parts.PartInvitation, client: Client | None = None) -> Client:
    """A browser that has shown the number which was told with the paper."""
    client = client or Client()
    answer = client.post(reverse("part", args=(sent.code,)), {"pin": sent.pin})
    assert answer.status_code == 302, answer.content.decode()
    return client


def typed(**changes: str) -> dict[str, str]:
    return {
        "full_name": "Gethin Parry",
        "date_of_birth_day": "3",
        "date_of_birth_month": "2",
        "date_of_birth_year": "1971",
        "address_line_1": "1 Heol Fawr",
        "address_town": SECRET,
        "address_postcode": "SY23 1AB",
        "address_country": "wales",
        **TYPED_OF_A_PERSON,
        **changes,
    }


def page_of(code: str) -> str:
    return reverse("part_page", args=(code, "directors"))


def test_says_nothing_of_anybody_before_the_second_fact() -> None:
    sent = a_part_sent(address="")

    said = Client().get(reverse("part", args=(sent.code,))).content.decode()

    assert "Dyffryn" not in said
    assert "Gethin" not in said


@pytest.mark.parametrize("name", ["part_page", "sign_part"])
def test_sends_a_browser_that_was_not_let_in_to_the_door(name: str) -> None:
    sent = a_part_sent(address="")
    more = ["directors"] if name == "part_page" else []

    for method in ("get", "post"):
        answer = getattr(Client(), method)(reverse(name, args=(sent.code, *more)))
        assert answer.headers["Location"] == reverse("part", args=(sent.code,))


def test_a_mailed_link_is_opened_by_the_number_mailed_to_the_same_address() -> None:
    part = a_part_sent().part
    code = people_named_letters.part_code(Letter.objects.get(reference=part.reference).facts["seed"])
    client = Client()

    asked = client.post(reverse("part_pin", args=(code,)), follow=True)
    assert "We have mailed the number" in asked.content.decode()
    letter = Letter.objects.filter(reference=part.reference).latest("pk")
    assert letter.address == "gethin@people.example"
    let_in = client.post(reverse("part", args=(code,)), {"pin": letter.facts["pin"]}, follow=True)

    assert "Your part of the application of Dyffryn Labour Ltd" in let_in.content.decode()


def test_says_who_asks_and_why_and_what_becomes_of_it() -> None:
    sent = a_part_sent(address="")

    said = opened(sent).get(reverse("part", args=(sent.code,))).content.decode()

    for words in ("Dyffryn Labour Ltd", "Director", "Fair Work Agency", "goes to the licensing authority"):
        assert words in said
    assert "Angharad" not in said


def test_is_filled_in_over_several_visits_from_several_browsers() -> None:
    sent = a_part_sent(address="")
    half = {"full_name": "Gethin Parry", "address_town": SECRET, "later": "1"}

    assert opened(sent).post(page_of(sent.code), half).status_code == 302
    elsewhere = opened(sent).get(page_of(sent.code)).content.decode()

    assert SECRET in elsewhere
    assert not director_of(sent.part.application).is_complete


def test_what_is_wrong_is_told_and_kept() -> None:
    sent = a_part_sent(address="")

    answer = opened(sent).post(page_of(sent.code), typed(date_of_birth_year="2021"))

    assert answer.status_code == 422
    assert SECRET in answer.content.decode()


@pytest.mark.both
def test_is_signed_with_the_words_of_the_pack_and_signing_twice_is_once() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)
    client.post(page_of(sent.code), typed())
    sign = reverse("sign_part", args=(sent.code,))

    assert "true and complete" in client.get(sign).content.decode()
    assert client.post(sign, {"name": "Somebody Else"}).status_code == 422
    for _press in range(2):
        assert client.post(sign, {"name": "Gethin Parry"}).status_code == 302

    assert Part.objects.get(pk=sent.part.pk).signed_name == "Gethin Parry"
    assert "You signed on 2 November 2026" in client.get(reverse("part", args=(sent.code,))).content.decode()


def test_says_that_a_change_voids_the_signature() -> None:
    sent = a_part_sent(address="")
    a_part_signed(sent.part)
    client = opened(sent)

    assert "your signature is void" in client.get(page_of(sent.code)).content.decode()
    client.post(page_of(sent.code), typed(nationality="Welsh"))

    assert Part.objects.get(pk=sent.part.pk).signed_at is None


def test_who_refuses_is_no_dead_end_for_the_business_nor_for_themselves() -> None:
    sent = a_part_sent(address="")
    client, application = opened(sent), sent.part.application
    client.post(page_of(sent.code), typed())
    refuse = reverse("refuse_part", args=(sent.code,))

    assert "can remove you from the application" in client.get(refuse).content.decode()
    for _press in range(2):
        assert client.post(refuse).status_code == 302

    said = client.get(reverse("part", args=(sent.code,))).content.decode()
    assert "You refused to answer on 2 November 2026" in said and "I do not want to answer" not in said
    letter = Letter.objects.get(subject="A person you named does not answer")
    assert sent.part.name in str(letter.facts)
    employer = signed_in(holder_of(application.organisation))
    assert (
        "remove them, send the link again"
        in employer.get(reverse("parts", args=(application.reference,))).content.decode()
    )
    page = employer.post(reverse("check_answers", args=(application.reference,)).replace("check-answers", "submit"))
    assert "refuses to answer. Remove them from the list" in page.content.decode()
    # They change their mind.
    assert client.post(reverse("sign_part", args=(sent.code,)), {"name": "Gethin Parry"}).status_code == 302
    part = Part.objects.get(pk=sent.part.pk)
    assert part.signed_at and part.refused_at is None


def test_can_be_closed_on_a_device_of_somebody_else() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)

    client.post(reverse("leave_part", args=(sent.code,)))

    assert client.get(page_of(sent.code)).status_code == 302


def test_a_link_sent_anew_asks_anew() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)

    by = holder_of(sent.part.application.organisation)
    again = parts.send_again(sent.part, address="", by=by, at=NOW)

    assert client.get(page_of(sent.code)).status_code == 404
    assert client.get(page_of(again.code)).status_code == 302


@pytest.mark.both
def test_wrong_expired_and_withdrawn_links_look_alike(set_clock: SetClock) -> None:
    withdrawn, expired = a_part_sent(address=""), a_part_sent(an_application_answered(), address="")
    parts.withdraw(withdrawn.part, by=holder_of(withdrawn.part.application.organisation), at=NOW)
    set_clock(NOW + timedelta(days=28))

    found = {}
    for name, code in {"wrong": "WRONG-WRONG", "withdrawn": withdrawn.code, "expired": expired.code}.items():
        answer = Client().get(reverse("part", args=(code,)))
        assert answer.status_code == 404
        found[name] = answer.content.decode().replace(code, "")

    assert len(set(found.values())) == 1
    assert "ask the person who named you to send you a new link" in found["wrong"]


def test_a_link_of_somebody_else_is_not_opened_by_ones_own() -> None:
    mine, other = a_part_sent(address=""), a_part_sent(an_application_answered(), address="")

    client = opened(mine)

    assert client.get(page_of(other.code)).status_code == 302
    assert client.post(reverse("part", args=(other.code,)), {"pin": mine.pin}).status_code in (302, 422)
    assert client.get(page_of(other.code)).status_code == 302 or mine.pin == other.pin


@pytest.mark.both
def test_guesses_are_counted_and_then_refused() -> None:
    sent = a_part_sent(address="")
    client = Client()

    tried = [client.get(reverse("part", args=(f"guess-{number}",))).status_code for number in range(31)]

    assert tried == [404] * 30 + [429]
    assert client.get(reverse("part", args=(sent.code,))).status_code == 429
    limits.counts.clear()
    assert client.get(reverse("part", args=(sent.code,))).status_code == 200


def test_numbers_are_not_mailed_without_end() -> None:
    part = a_part_sent().part
    code = people_named_letters.part_code(Letter.objects.get(reference=part.reference).facts["seed"])
    client = Client()

    asked = [client.post(reverse("part_pin", args=(code,))).status_code for _time in range(11)]

    assert asked == [302] * 10 + [429]


def test_the_person_removed_while_they_type_is_told_that_the_link_is_no_good_any_more() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)
    application = sent.part.application
    by = holder_of(application.organisation)
    applications.remove_item(application, page="directors", item=sent.part.item, by=by, at=NOW)

    answer = client.post(page_of(sent.code), typed())

    assert answer.status_code == 404
    assert not application.answers.filter(page="directors").exists()


@pytest.mark.both
def test_is_kept_by_nobody_and_found_by_nobody() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)

    for address in (reverse("part", args=(sent.code,)), page_of(sent.code), reverse("part", args=("0000",))):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_exists_in_welsh() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)

    said = client.get(f"/cy{reverse('part', args=(sent.code,))}").content.decode()

    assert 'lang="cy"' in said
    assert "awdurdod trwyddedu" in said


@pytest.mark.once
def test_somebody_with_a_link_alone_sees_nothing_else() -> None:
    sent = a_part_sent(address="")
    visitor = Visitor("named_person", opened(sent))
    application = sent.part.application
    stands_for = {
        "reference": application.reference,
        "part": sent.part.reference,
        "page": "directors",
        "item": sent.part.item,
        "number": "AAAA0001",
        "section": 1,
    }

    for route in routes():
        if not route.is_guarded:
            continue
        given = {name: stands_for.get(name, "1") for name in route.parameters}
        try:
            address = reverse(route.name, kwargs=given)
        except Exception:  # an address of another shape: nothing of this application can stand in it
            continue
        for method in ("get", "post"):
            assert is_refusal(ask(visitor, method, address).response), (method, address)


# --- what whoever applies sees ---


class TestWhoeverApplies:
    def test_names_somebody_and_sends_the_link(self) -> None:
        application = an_application_answered()
        client = signed_in(holder_of(application.organisation))
        to = client.get(reverse("send_part", args=(application.reference, "directors"))).headers["Location"]
        given = {"name": "Mair Owen", "how": "email", "email": "mair@people.example"}

        for _press in range(2):  # twice is once
            answer = client.post(to, given, follow=True)

        assert "The link was emailed to mair@people.example" in answer.content.decode()
        assert application.parts.count() == 1

    def test_is_told_what_is_missing_and_what_was_typed_is_kept(self) -> None:
        application = an_application_answered()
        client = signed_in(holder_of(application.organisation))

        address = reverse("send_part_of", args=(application.reference, "directors", "new"))
        answer = client.post(address, {"name": "Mair Owen", "how": "email", "email": ""})

        assert answer.status_code == 422
        assert "Mair Owen" in answer.content.decode()
        assert not application.parts.exists()

    def test_is_shown_a_printed_link_once(self) -> None:
        application = an_application_answered()
        client = signed_in(holder_of(application.organisation))
        address = reverse("send_part_of", args=(application.reference, "directors", "new"))

        shown = client.post(address, {"name": "Mair Owen", "how": "print"}).content.decode()
        part = application.parts.get()
        later = client.get(reverse("part_sent", args=(application.reference, part.reference))).content.decode()

        assert "/part/" in shown
        assert "/part/" not in later

    @pytest.mark.parametrize("story", [a_part_answered, a_part_signed])
    def test_reads_the_name_and_nothing_else(self, story: object) -> None:
        sent = a_part_sent(address="")
        client = signed_in(holder_of(sent.part.application.organisation))
        opened(sent).post(page_of(sent.code), typed())
        if story is a_part_signed:
            parts.sign(sent.part, name="Gethin Parry", by=None, at=NOW)
        reference = sent.part.application.reference

        for address in (
            reverse("check_answers", args=(reference,)),
            reverse("question_page", args=(reference, "directors")),
            reverse("item_page", args=(reference, "directors", sent.part.item)),
            reverse("application_tasks", args=(reference,)),
            reverse("parts", args=(reference,)),
            reverse("part_sent", args=(reference, sent.part.reference)),
        ):
            said = client.get(address, follow=True).content.decode()
            assert "Gethin Parry" in said, address
            assert SECRET not in said, address

    def test_sees_when_it_was_signed(self) -> None:
        part = a_part_signed()
        client = signed_in(holder_of(part.application.organisation))

        said = client.get(reverse("parts", args=(part.application.reference,))).content.decode()

        assert "Signed" in said
        assert "2 November 2026" in said

    def test_withdraws_after_being_asked_and_answers_again(self) -> None:
        part = a_part_signed()
        client = signed_in(holder_of(part.application.organisation))
        address = reverse("withdraw_part", args=(part.application.reference, part.reference))

        assert "a signature is void" in client.get(address).content.decode()
        assert Part.objects.standing().filter(pk=part.pk).exists()
        client.post(address)

        own = client.get(reverse("item_page", args=(part.application.reference, "directors", part.item)))
        assert own.status_code == 200

    def test_of_another_organisation_finds_no_such_link(self) -> None:
        part = a_part_sent().part
        stranger = signed_in(holder_of(an_application_answered().organisation))

        for name in ("part_sent", "send_part_again", "withdraw_part"):
            address = reverse(name, args=(part.application.reference, part.reference))
            assert stranger.get(address).status_code == 404
            assert stranger.post(address).status_code == (405 if name == "part_sent" else 404)


def sealed(client: Client, code: str, **changes: str) -> dict[str, str]:
    """The form as it was opened, filled in."""
    page = client.get(page_of(code)).content.decode()
    found = re.search(r'name="seal" value="([^"]*)"', page)
    assert found
    return typed(seal=found[1], **changes)


def a_form_sent_after_the_session_ended(sent: parts.PartInvitation, client: Client) -> str:
    form = sealed(client, sent.code)
    client.cookies.pop("session")
    return str(client.post(page_of(sent.code), form).headers["Location"])


def test_what_was_typed_when_the_session_ended_is_there_once_the_number_is_shown_again() -> None:
    sent = a_part_sent(address="")
    client = opened(sent)

    where = a_form_sent_after_the_session_ended(sent, client)
    answer = client.post(where, {"pin": sent.pin})
    words = client.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == page_of(sent.code)
    assert SECRET in words
    assert "You were signed out before this could be saved." in words
    assert not sent.part.application.answers.filter(part=sent.part).exclude(saved_by=None).exists()

    client.post(page_of(sent.code), sealed(client, sent.code))
    assert "You were signed out" not in client.get(page_of(sent.code)).content.decode()


def test_what_was_typed_is_not_shown_before_the_number_and_not_to_another_person() -> None:
    application = an_application_answered()
    sent = a_part_sent(application, address="")
    to = {"page": "directors", "item": "second", "name": "Mair Rees", "address": ""}
    other = parts.send(application, **to, by=holder_of(application.organisation), at=NOW)
    client = opened(sent)
    a_form_sent_after_the_session_ended(sent, client)

    assert SECRET not in client.get(page_of(sent.code), follow=True).content.decode()
    answer = client.post(reverse("part", args=(other.code,)), {"pin": other.pin})
    assert answer.headers["Location"] == reverse("part", args=(other.code,))
    assert SECRET not in client.get(page_of(other.code)).content.decode()


def test_without_a_seal_nothing_is_held() -> None:
    sent = a_part_sent(address="")
    client = Client()

    client.post(page_of(sent.code), typed())

    assert web.HELD not in client.session


def test_a_link_that_has_run_out_unsigned_is_a_to_do_of_whoever_sent_it() -> None:
    part = a_part_sent().part
    holder = holder_of(part.application.organisation)

    assert not duties_at(holder, LINK, at=part.expires_at)
    (duty,) = duties_at(holder, LINK, at=part.expires_at + timedelta(days=1))

    assert duty.text == "Send the link to a person again: it has run out"
    assert duty.href == reverse("part_sent", args=(part.application.reference, part.reference))
    assert not duties_at(person("applicant"), LINK, at=part.expires_at + timedelta(days=1))


@pytest.mark.parametrize("end", ["signed", "withdrawn", "sent again"])
def test_a_link_that_nobody_waits_for_is_no_to_do(end: str) -> None:
    part = a_part_sent().part
    holder, later = holder_of(part.application.organisation), part.expires_at + timedelta(days=1)
    assert duties_at(holder, LINK, at=later) or end == "signed"
    if end == "signed":
        a_part_signed(part)
    elif end == "withdrawn":
        parts.withdraw(part, by=holder, at=later)
    else:
        parts.send_again(part, address=part.address, by=holder, at=later)

    assert not duties_at(holder, LINK, at=later)
    assert list(task_queries.faults(later)) == []


LINK = "part.send_again"
