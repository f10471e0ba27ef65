"""Being told by text message: only after a code, at most a few a day, in the follower's language, and never the holder."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from public_lookup import jobs
from public_lookup.follows.actions import codes, follows
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.models.texts import TextCode, TextMessage
from public_lookup.follows.views import texts as views
from registry.clients.texts import TextUndelivered
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
MINUTE = timedelta(minutes=1)
NUMBER = "+447700900123"


@pytest.fixture(autouse=True)
def recorded(settings: Settings, tmp_path: Path) -> Path:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path
    return tmp_path


class BrokenSender:
    """A provider that takes nothing."""

    def send(self, *, number: str, words: str, reference: str) -> None:
        raise TextUndelivered


def a_follow(licence: Licence | None = None, *, place: str = "", language: str = "en-gb") -> Follow:
    listing = licence.listing if licence else None
    follow = follows.ask(
        listing=listing, place=place, address=NUMBER, channel=FollowChannel.TEXT, language=language, by=None, at=NOW
    )
    follows.confirm(follow, by=None, at=NOW)
    return follow


def suspend(licence: Licence, at: datetime = LATER) -> None:
    licences.suspend(
        licence, starts=at.date(), until=at.date() + timedelta(days=9), because="Test.", by=a_decider(), at=at
    )


def sent(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.json"), key=lambda file: int(file.stem.removeprefix("T-")))
    return [json.loads(file.read_text())["words"] for file in files]


def code_in(folder: Path) -> str:
    jobs.send_texts(at=NOW)
    found = re.match(r"\d{6}", sent(folder)[-1])
    assert found
    return found[0]


def test_a_suspension_is_told_by_one_message_in_the_followers_language(recorded: Path, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence, language="pl")
    suspend(licence)
    set_clock(LATER)

    for _run in range(2):
        jobs.tell_followers(at=LATER)
        jobs.send_texts(at=LATER)

    assert sent(recorded) == [f"Harvest Hands Ltd ({licence.number}): Nie ma licencji"]


def test_no_message_holds_a_link(recorded: Path, set_clock: SetClock) -> None:
    """Workers are not taught to open what a text message offers (docs/rules.md T3)."""
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)
    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    suspend(licence)
    set_clock(LATER)
    jobs.tell_followers(at=LATER)
    jobs.send_texts(at=NOW)
    jobs.send_texts(at=LATER)

    assert len(sent(recorded)) == 1, "a code of yesterday is not sent"
    assert not any("://" in words or "www." in words for words in sent(recorded))


def test_a_telephone_is_sent_five_a_day_and_the_last_says_that_there_is_more(
    recorded: Path, set_clock: SetClock
) -> None:
    a_follow(place="Hereford")
    for number in range(8):
        a_holder(f"Hands {number} Ltd")
    set_clock(LATER)
    jobs.tell_followers(at=LATER)
    jobs.send_texts(at=LATER)

    assert len(sent(recorded)) == 5
    assert [words.endswith("Licensed") for words in sent(recorded)] == [True] * 4 + [False]
    assert sent(recorded)[-1] == "More has changed on the register today. Look it up there."

    a_holder("Yet Other Hands Ltd")
    jobs.tell_followers(at=LATER + MINUTE)
    assert TextMessage.objects.count() == 5
    a_holder("Hands of another day Ltd")
    jobs.tell_followers(at=LATER + timedelta(days=1, minutes=1))
    assert TextMessage.objects.filter(words__startswith="Hands of another day").exists()


def test_what_cannot_be_sent_is_tried_for_a_day(settings: Settings, set_clock: SetClock) -> None:
    settings.TEXT_SENDER = f"{__name__}.BrokenSender"
    licence = a_holder()
    a_follow(licence)
    suspend(licence)
    jobs.tell_followers(at=LATER)
    for minutes in range(0, 25 * 60, 10):
        set_clock(LATER + minutes * MINUTE)
        jobs.send_texts(at=LATER + minutes * MINUTE)

    item = TextMessage.objects.get().outbox
    assert (item.next_try, item.fault) == (None, "The provider of text messages did not take it")
    assert item.failed_at and LATER + timedelta(hours=19) < item.failed_at <= LATER + timedelta(days=1)


def test_a_code_that_comes_too_late_is_given_up_and_its_words_are_gone(set_clock: SetClock) -> None:
    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    late = NOW + 16 * MINUTE
    set_clock(late)

    jobs.send_texts(at=late)
    jobs.tell_followers(at=late)

    message = TextMessage.objects.get()
    assert (message.words, message.outbox.failed_at, message.outbox.attempts) == ("", late, 0)


def test_the_words_are_gone_once_they_are_sent_and_all_of_it_after_two_days(recorded: Path) -> None:
    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    code = code_in(recorded)
    assert code not in str(TextMessage.objects.values_list("words", "outbox__last_error"))
    assert code not in str(TextCode.objects.values())

    jobs.tell_followers(at=NOW + timedelta(days=2, minutes=1))
    assert not TextMessage.objects.exists()
    assert not TextCode.objects.exists()


# --- codes ---


def test_a_code_confirms_what_was_asked_for_its_telephone_and_only_once(recorded: Path) -> None:
    licence = a_holder("Harvest Hands Ltd")
    follow = follows.ask(
        listing=licence.listing, address=NUMBER, channel=FollowChannel.TEXT, language="en-gb", by=None, at=NOW
    )
    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    code = code_in(recorded)

    assert not codes.use("+447700900124", code=code, by=None, at=NOW)
    assert codes.use(NUMBER, code=code, by=None, at=NOW)
    follow.refresh_from_db()
    assert follow.confirmed_at == NOW
    assert not codes.use(NUMBER, code=code, by=None, at=NOW)
    assert not Letter.objects.filter(address=NUMBER).exists()


def test_after_five_tries_or_ten_minutes_the_right_code_is_wrong_too(recorded: Path) -> None:
    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    code = code_in(recorded)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _try in range(5):
        assert not codes.use(NUMBER, code=wrong, by=None, at=NOW)
    assert not codes.use(NUMBER, code=code, by=None, at=NOW)

    codes.send(NUMBER, language="en-gb", by=None, at=NOW)
    code = code_in(recorded)
    assert not codes.use(NUMBER, code=code, by=None, at=NOW + 11 * MINUTE)
    assert codes.use(NUMBER, code=code, by=None, at=NOW + 9 * MINUTE)


def test_a_telephone_is_sent_three_codes_a_day(recorded: Path) -> None:
    for _request in range(5):
        codes.send(NUMBER, language="en-gb", by=None, at=NOW)

    assert TextMessage.objects.filter(is_code=True).count() == 3


# --- the pages ---


def test_the_way_by_pages_from_asking_to_stopping(recorded: Path) -> None:
    licence = a_holder("Harvest Hands Ltd")
    client = Client()
    asked = client.post("/pl/follow/", {"number": licence.number, "telephone": "07700 900 123"})
    assert asked.status_code == 200
    assert 'autocomplete="one-time-code"' in asked.content.decode()
    assert Follow.objects.get().confirmed_at is None
    code = code_in(recorded)
    wrong = client.post("/pl/follow/texts/", {"telephone": NUMBER, "code": "12345x"})
    assert wrong.status_code == 422
    assert 'value="12345x"' in wrong.content.decode()

    told = client.post("/pl/follow/texts/", {"telephone": NUMBER, "code": code})

    assert "Harvest Hands Ltd" in told.content.decode()
    assert Follow.objects.get().confirmed_at == NOW
    address = re.search(r'action="(/pl/follow/[^"]+/stop/)"', told.content.decode())
    assert address
    assert client.post(address[1]).status_code == 200
    assert Follow.objects.get().stopped_at == NOW
    assert not client.cookies


def test_who_has_the_telephone_sees_later_what_it_is_told_of(recorded: Path) -> None:
    a_follow(a_holder("Harvest Hands Ltd"))
    client = Client()
    client.post("/follow/texts/", {"telephone": "07700 900 123"})

    told = client.post("/follow/texts/", {"telephone": NUMBER, "code": code_in(recorded)})

    assert "Harvest Hands Ltd" in told.content.decode()


def test_the_answer_does_not_tell_whether_a_number_is_known() -> None:
    unknown = Client().post("/follow/texts/", {"telephone": NUMBER}).content
    a_follow(a_holder("Harvest Hands Ltd"))

    assert Client().post("/follow/texts/", {"telephone": NUMBER}).content == unknown


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"telephone": "nonsense"}, "We cannot send text messages to this number."),
        ({"telephone": "01632 960 001"}, "We cannot send text messages to this number."),  # no mobile
        ({"telephone": "+48 512 345 678"}, "We cannot send text messages to this number."),  # far
        ({"telephone": "07797 712 345"}, "We cannot send text messages to this number."),  # Jersey
        ({}, "Enter your email address, or your mobile telephone number."),
        ({"email": "a@b.example", "telephone": "07700 900 123"}, "Enter an email address or a telephone number, not both."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_kept(typed: dict[str, str], says: str) -> None:
    answer = Client().post("/follow/", {"place": "Hereford", **typed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()
    assert not Follow.objects.exists()
    assert not TextMessage.objects.exists()


def test_where_no_text_messages_are_sent_none_are_offered(settings: Settings) -> None:
    settings.TEXT_SENDER = ""

    assert 'name="telephone"' not in Client().get("/follow/").content.decode()
    assert Client().get("/follow/texts/").status_code == 404
    assert Client().post("/follow/", {"place": "Hereford", "telephone": NUMBER}).status_code == 422


def test_nobody_can_try_codes_or_have_them_sent_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_TRIED", 1)
    wrong = {"telephone": NUMBER, "code": "000000"}
    for number in range(10):
        assert Client().post("/follow/texts/", {"telephone": f"0770090012{number}"}).status_code == 200
    assert Client().post("/follow/texts/", {"telephone": "07700900130"}).status_code == 429

    assert Client().post("/follow/texts/", wrong).status_code == 422
    assert Client().post("/follow/texts/", wrong).status_code == 429


def test_the_holder_and_staff_learn_nothing_of_telephones(recorded: Path, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)
    suspend(licence)
    set_clock(LATER)
    jobs.tell_followers(at=LATER)

    for role, page in (
        ("case_officer", f"/staff/licences/{licence.number}/"),
        ("case_officer", f"/staff/organisations/{licence.organisation.reference}/"),
        ("auditor", "/staff/trail/"),
    ):
        words = signed_in(person(role)).get(page).content.decode()
        assert NUMBER not in words and NUMBER.removeprefix("+44") not in words
