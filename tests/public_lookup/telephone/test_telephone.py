"""Looking up by text and by keys: the answers of the page, to the provider alone, each post once."""

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings as product
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from public_lookup.telephone import queries, rules
from registry.clients.texts import parts_of
from registry.register.states import OUTCOMES, Standing
from registry.search.keyed import keys_of
from tests.conftest import NOW, SetClock
from tests.public_lookup.pasted.world import the_register
from tests.public_lookup.stories import a_holder, an_instant, one_of_each_standing
from tests.public_lookup.telephone.provider import CALLER, Call, post, text
from tests.registry.stories import day

pytestmark = [pytest.mark.django_db, pytest.mark.once]
POLISH = "+441632960777"
#: Drivers write what was asked into their messages.
FAULT = "cannot select Harvest Hands"


@pytest.fixture(autouse=True)
def is_on(settings: Settings) -> None:
    settings.TELEPHONE_SECRET = "a secret of the provider"
    settings.TELEPHONE_LANGUAGES = {POLISH: "pl"}


# --- who may post ---


@pytest.mark.parametrize("signed", ["", "nonsense", "žluť"])
def test_a_post_that_the_provider_did_not_sign_is_refused(signed: str) -> None:
    for path in ("/telephone/texts/", "/telephone/calls/"):
        assert post(path, signed=signed.encode().decode("latin-1"), From=CALLER, Body="x").status_code == 403


def test_a_post_is_taken_once_also_in_the_next_hour(set_clock: SetClock) -> None:
    fields = {"From": CALLER, "Body": "Harvest", "MessageSid": "SM"}

    first = post("/telephone/texts/", **fields)
    again = post("/telephone/texts/", **fields)
    set_clock(NOW.replace(hour=11))

    assert [first.status_code, again.status_code] == [200, 403]
    assert post("/telephone/texts/", **fields).status_code == 403


def test_without_a_secret_there_is_no_telephone(settings: Settings) -> None:
    settings.TELEPHONE_SECRET = ""

    assert post("/telephone/texts/", Body="Harvest").status_code == 404


def test_a_step_of_one_call_cannot_be_taken_in_another() -> None:
    call, other = Call().press("01"), Call()
    other.answer = call.answer

    assert "menu-" not in other.press("1").words


def test_a_call_that_is_left_alone_ends(set_clock: SetClock) -> None:
    call = Call().press("01")
    set_clock(NOW.replace(minute=20))

    assert call.press("1").heard == [f"{product.SITE_ADDRESS}/static/recordings/en/not-understood.mp3"]


def test_what_it_can_cost_is_capped_for_a_caller_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(product.LIMITS, "telephone", (2, 3600))
    monkeypatch.setitem(product.LIMITS, "telephone_all", (3, 86400))

    assert [bool(text("Harvest")) for _message in range(3)] == [True, True, False]
    assert Call().answer.find("Reject") is not None
    assert text("Harvest", From="+447700900999")
    assert not text("Harvest", From="+447700900998")


# --- text messages ---


def test_each_standing_is_answered_with_the_word_and_the_day_of_the_page() -> None:
    for standing, number in one_of_each_standing().items():
        answer = text(number)
        row = queries.only(number, NOW)

        assert row is not None
        assert answer.startswith(str(OUTCOMES[Standing(standing)].label))
        assert row.entry.name in answer and number in answer
        assert ("Ring for help now: 0345 161 6000" in answer) is (not standing.startswith("licensed"))
        assert parts_of(answer) <= rules.MOST_PARTS


@pytest.mark.parametrize("body", ["PL {number}", "pl  {number}\n", "{number}"])
def test_the_language_is_asked_for_or_that_of_the_number(body: str) -> None:
    number = one_of_each_standing()["revoked"]

    answer = text(body.format(number=number), To=POLISH if body.startswith("{") else "")

    assert answer.startswith("Nie ma licencji. ")
    assert parts_of(answer) <= rules.MOST_PARTS


def test_a_name_that_begins_like_a_language_is_still_a_name() -> None:
    a_holder("UK Pickers Ltd")

    assert text("UK Pickers Ltd").startswith("Licensed. ")


def test_a_near_name_is_offered_and_never_answered() -> None:
    a_holder("Orchard Crew Ltd")

    answer = text("Orchard Crow")

    assert "No exact match. Is it one of these?" in answer and "Orchard Crew Ltd" in answer
    assert "icensed" not in answer


@pytest.mark.parametrize("body", ["STOP", "stop", "Stop all.", "UNSUBSCRIBE"])
def test_who_wants_no_more_messages_is_not_answered_with_a_name(body: str) -> None:
    a_holder("Stopps Labour Ltd")

    assert text(body).startswith("We send no more messages to this number.")


def test_who_asks_for_help_is_told_what_to_send_and_whom_to_call() -> None:
    answer = text("HELP")

    assert answer.startswith("Send us a name or a licence number.")
    assert "Police: 999." in answer and "0345 161 6000" in answer
    assert parts_of(answer) <= rules.MOST_PARTS


def test_a_pasted_message_with_a_borrowed_number_names_both_the_worse_first() -> None:
    the_register()

    answer = text("Hello! We are Dunnock Shellfish Ltd, GLAA licence FENL0001. Call Steve 07700 900555")

    assert answer.startswith("This number is not theirs. It may be borrowed: report it.")
    assert answer.index("Dunnock Shellfish Ltd (DUNN0001): Not licensed") < answer.index("FENL0001")
    assert parts_of(answer) <= rules.MOST_PARTS


def test_a_number_is_read_with_the_words_beside_it() -> None:
    the_register()

    assert text("URN LUKO0001").startswith("Licensed. ")
    assert text("MAAR0001").startswith("No exact match. Is it one of these?")


def test_who_is_not_found_is_told_so_and_nothing_typed_is_sent_back() -> None:
    assert text("Visit evil.example").startswith("Not found. Ring for help now")


@pytest.mark.parametrize("body", ["x" * 10_000, "😀" * 30, "", "\0\ud7ff", "</Message><Dial>1</Dial>", "PL", "हार्वेस्ट"])
def test_whatever_is_sent_is_answered_in_words(body: str) -> None:
    answer = text(body)

    assert answer and "icensed." not in answer and parts_of(answer) <= rules.MOST_PARTS


def test_a_fault_says_that_we_cannot_tell_and_no_log_says_of_whom(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise DatabaseError(FAULT)

    monkeypatch.setattr(queries, "search", fails)

    assert text("Harvest Hands", To=POLISH) == "Teraz nie możemy powiedzieć"
    assert "cannot tell" in caplog.text and FAULT not in caplog.text


# --- calls ---


def spelled(number: str, call: Call) -> Call:
    return call.press("1").press(keys_of(number))


def test_a_number_is_spelled_by_keys_chosen_and_answered_outcome_first() -> None:
    for standing, number in one_of_each_standing().items():
        call = spelled(number, Call().press("01"))
        assert " ".join(number) in call.words and "outcome-" not in call.words

        call.press("1")

        assert call.heard[0].endswith(f"/recordings/en/outcome-{OUTCOMES[Standing(standing)].value}.mp3")
        assert number in call.words.replace(" ", "")


def test_keys_that_fit_several_numbers_offer_each_and_say_nothing_before_one_is_chosen() -> None:
    numbers = [a_holder(name).number for name in ("Dale Crew Ltd", "Fale Crew Ltd")]
    assert keys_of(numbers[0]) == keys_of(numbers[1])

    call = spelled(numbers[0], Call().press("01"))

    assert all(" ".join(number) in call.words for number in numbers)
    assert "outcome-" not in call.words
    assert call.press("9").heard[0].endswith("outcome-not_found.mp3")


def test_a_name_is_found_by_the_keys_of_its_beginning() -> None:
    a_holder("Żebrowski Harvest Ltd")
    call = Call(to=POLISH)
    assert "pl/menu-number.mp3" in call.words and "menu-vehicle" not in call.words

    call.press("3").press(keys_of("zebrow"))

    assert "Żebrowski Harvest Ltd" in call.words
    assert call.press("1").heard[0].endswith("pl/outcome-licensed.mp3")


@pytest.mark.parametrize("digits", ["ABC", "*", "12", "1" * 10_000, "١٢٣٤", "2;3", ""])
def test_keys_that_mean_nothing_are_asked_for_again(digits: str) -> None:
    call = Call().press("01").press("3").press(digits)

    assert "not-understood" in call.words and call.answer.find("Gather") is not None


def test_who_is_not_on_the_register_is_not_found() -> None:
    assert Call().press("01").press("3").press("999999").heard[0].endswith("outcome-not_found.mp3")


def test_no_language_has_fewer_than_two_keys_and_each_is_spoken() -> None:
    call = Call()

    said = {verb.get("language") for verb in call.answer.iter("Say")}
    assert said == {code for code, _name in product.LANGUAGES}
    assert "polski: 0 7." in call.heard
    assert "uz/menu-number" in call.press("06").words


def test_an_index_that_lags_is_no_proof_that_someone_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.search.keyed.holds_last_entry", lambda: False)

    assert Call().press("01").press("3").press("999999").heard[0].endswith("outcome-cannot_tell.mp3")


def test_the_same_call_may_begin_again_and_a_reply_is_no_cache() -> None:
    first = post("/telephone/calls/", From=CALLER, CallSid="CA", CallStatus="ringing")
    again = post("/telephone/calls/", From=CALLER, CallSid="CA", CallStatus="in-progress")

    assert fromstring(again.content).find("Gather") is not None
    assert first.headers["Cache-Control"] == "no-store" and not first.cookies


def test_tomorrow_it_says_what_the_register_says_tomorrow(set_clock: SetClock) -> None:
    number = one_of_each_standing()["revocation_to_come"]
    assert text(number).startswith("Losing its licence")

    set_clock(an_instant(day(31)))

    assert text(number).startswith("Not licensed")


def test_the_look_up_says_which_number_to_ring_in_the_language_of_the_page(settings: Settings) -> None:
    settings.TELEPHONE_NUMBER = "+441632960700"

    assert f'href="tel:{POLISH}"' in Client().get("/pl/check/").content.decode()
    assert 'href="tel:+441632960700"' in Client().get("/check/").content.decode()
    settings.TELEPHONE_SECRET = ""
    assert "tel:+4416329607" not in Client().get("/pl/check/").content.decode()
