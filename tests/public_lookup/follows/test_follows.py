"""Being told of changes: only after a confirmation, of everything once, and never by the way of the holder."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from public_lookup import jobs
from public_lookup.follows.actions import follows
from public_lookup.follows.models.follows import Follow, Told
from public_lookup.follows.views import texts as views
from public_lookup.lookup.queries import entries
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.papers import words as paper_words
from registry.register.actions import publishing as register
from registry.register.models import Listing
from registry.web import limits
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder, rename
from tests.registry.stories import a_condition, a_decider, an_organisation

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def no_limit_left_over() -> None:
    limits.counts.clear()


def a_follow(licence: Licence | None = None, *, confirmed: bool = True, place: str = "", sector: str = "") -> Follow:
    listing = licence.listing if licence else None
    follow = follows.ask(
        listing=listing, place=place, sector=sector, address="Worker@Mail.example", language="en-gb", by=None, at=NOW
    )
    if confirmed:
        follows.confirm(follow, by=None, at=NOW)
    follow.refresh_from_db()
    return follow


def told() -> list[str]:
    return [
        paper_words.text(letter) for letter in Letter.objects.filter(template__endswith="changed.html").order_by("pk")
    ]


def suspend(licence: Licence) -> None:
    licences.suspend(
        licence,
        starts=LATER.date(),
        until=LATER.date() + timedelta(days=30),
        because="Findings of an inspection.",
        by=a_decider(),
        at=LATER,
    )


def test_nothing_is_sent_before_whoever_reads_the_mail_has_confirmed() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence, confirmed=False)

    suspend(licence)
    jobs.tell_followers(at=LATER)

    assert [letter.template for letter in Letter.objects.filter(address="worker@mail.example")] == [
        "public_lookup/letters/confirm.html"
    ]


def test_a_suspension_is_told_at_the_next_run_and_once() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)

    suspend(licence)

    assert jobs.tell_followers(at=LATER) == 1
    assert jobs.tell_followers(at=LATER) == 0
    (text,) = told()
    assert "Harvest Hands Ltd" in text
    assert "Not licensed" in text
    assert "Suspended from 3 November 2026 until 3 December 2026." in text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en-gb",
            ["If you work for them", "Keep your payslips", "Stop using workers", "Who can help", "0300 123 1100"],
        ),
        ("cy", ["Os ydych yn gweithio iddynt", "Cadwch eich slipiau cyflog"]),
        ("pl", ["0300 123 1100"]),
    ],
)
def test_who_loses_a_licence_is_told_with_what_workers_and_users_can_do(language: str, says: list[str]) -> None:
    licence = a_holder("Harvest Hands Ltd")
    Follow.objects.filter(pk=a_follow(licence).pk).update(language=language)

    suspend(licence)
    jobs.tell_followers(at=LATER)

    (text,) = told()
    assert [words for words in says if words not in text] == []
    with override(language):
        assert [line for line in entries.entry(licence.number, at=LATER).advice.workers if line not in text] == []
    if language == "pl":
        assert "Keep your payslips" not in text
        assert "If you work for them" not in text


def test_the_advice_is_said_once_however_many_have_lost_theirs() -> None:
    first, second = a_holder("Harvest Hands Ltd"), a_holder("Meadow Staff Ltd")
    a_follow(place="Hereford")

    suspend(first)
    suspend(second)
    jobs.tell_followers(at=LATER)

    (text,) = told()
    assert "Harvest Hands Ltd" in text
    assert "Meadow Staff Ltd" in text
    assert text.count("Keep your payslips") == 1


def test_who_is_licensed_still_is_told_without_advice_for_the_end() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)

    a_condition(licence)
    jobs.tell_followers(at=LATER)

    assert "Keep your payslips" not in told()[0]


def test_what_was_so_when_it_was_confirmed_is_no_news() -> None:
    a_follow(a_holder("Harvest Hands Ltd"))

    assert jobs.tell_followers(at=LATER) == 0


def test_an_end_that_comes_by_date_is_told_without_a_new_entry() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)
    jobs.tell_followers(at=LATER)

    assert jobs.tell_followers(at=NOW.replace(year=2027, month=10, day=1)) == 0
    assert licence.valid_until
    after = NOW + (licence.valid_until - NOW.date()) + timedelta(days=1)
    assert jobs.tell_followers(at=after) == 1
    assert "Not licensed" in told()[0]


def test_what_was_taken_off_the_register_is_told() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)

    register.hide(Listing.objects.get(), at=LATER)

    assert jobs.tell_followers(at=LATER) == 1
    assert "Not on the register" in told()[0]


@pytest.mark.parametrize(
    ("wish", "count"),
    [
        ({"place": "Hereford"}, 1),
        ({"place": "hr1"}, 1),
        ({"place": "Hereford", "sector": "horticulture"}, 1),
        ({"place": "Truro"}, 0),
        ({"place": "Hereford", "sector": "shellfish"}, 0),
    ],
)
def test_a_place_and_a_sector_are_told_of_what_lies_in_them(wish: dict[str, str], count: int) -> None:
    a_follow(place=wish.get("place", ""), sector=wish.get("sector", ""))

    a_holder("New Hands Ltd")

    assert jobs.tell_followers(at=LATER) == count


def test_who_leaves_a_place_or_a_sector_is_told_of_there() -> None:
    licence = a_holder("New Hands Ltd")
    a_follow(place="Hereford")
    a_follow(place="Truro")

    rename(licence.organisation, LATER, address={"town": "Cardigan", "postcode": "SA43 1AA"})

    assert jobs.tell_followers(at=LATER) == 1
    assert "New Hands Ltd" in told()[0]


def test_who_stops_is_sent_nothing_more() -> None:
    licence = a_holder("Harvest Hands Ltd")
    follow = a_follow(licence)

    follows.stop(follow, by=None, at=NOW)
    suspend(licence)

    assert jobs.tell_followers(at=LATER) == 0


def test_asking_twice_is_following_once_and_after_a_stop_anew() -> None:
    licence = a_holder("Harvest Hands Ltd")
    first = a_follow(licence)

    assert a_follow(licence) == first
    follows.stop(first, by=None, at=NOW)
    assert a_follow(licence) != first


def test_the_holder_and_staff_learn_nothing_of_followers() -> None:
    licence = a_holder("Harvest Hands Ltd")

    a_follow(licence)
    suspend(licence)
    jobs.tell_followers(at=LATER)

    holder = licence.organisation
    assert not Letter.objects.filter(organisation=holder, template__startswith="public_lookup/").exists()
    assert not Letter.objects.about(licence.number).filter(template__startswith="public_lookup/").exists()


def test_a_run_that_fails_in_the_middle_tells_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)
    suspend(licence)
    with monkeypatch.context() as broken:
        broken.setattr(Told, "save", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.tell_followers(at=LATER)
    assert told() == []

    assert jobs.tell_followers(at=LATER) == 1


def test_telling_costs_the_same_with_many_follows_of_others() -> None:
    followed, others = a_holder("Harvest Hands Ltd"), a_holder("Other Hands Ltd")
    a_follow(followed)
    Follow.objects.bulk_create(
        Follow(
            listing=others.listing,
            address=f"{number}@mail.example",
            language="en-gb",
            asked_at=NOW,
            confirmed_at=NOW,
        )
        for number in range(500)
    )
    suspend(followed)

    with CaptureQueriesContext(connection) as captured:
        assert jobs.tell_followers(at=LATER) == 1

    assert len(captured) < 40


def test_who_never_confirmed_is_forgotten_in_a_week_and_who_stopped_in_a_month() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence, confirmed=False)
    assert follows.forget(by=None, at=NOW + timedelta(days=6)) == 0
    assert follows.forget(by=None, at=NOW + timedelta(days=8)) == 1
    assert not Letter.objects.filter(address="worker@mail.example").exists()

    follow = a_follow(licence)
    follows.stop(follow, by=None, at=NOW)
    assert follows.forget(by=None, at=NOW + timedelta(days=29)) == 0
    assert follows.forget(by=None, at=NOW + timedelta(days=31)) == 1


# --- the pages ---


def test_the_way_by_pages_from_asking_to_stopping() -> None:
    licence = a_holder("Harvest Hands Ltd")
    client = Client()
    asked = client.post("/cy/follow/", {"number": licence.number, "email": "worker@mail.example"})
    send_mail(at=NOW)
    (message,) = mail.outbox
    address = re.search(r"http://[^/]+(/\S+/follow/\S+)", str(message.body))

    assert asked.status_code == 200
    assert address
    assert address[1].startswith("/cy/")
    assert client.get(address[1]).status_code == 200
    assert Follow.objects.get().confirmed_at is None, "a program that opens every address confirms nothing"
    client.post(address[1])
    assert Follow.objects.get().confirmed_at == NOW
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(re.sub(r"^http://[^/]+", "", stop), {"List-Unsubscribe": "One-Click"})
    assert Follow.objects.get().stopped_at == NOW
    assert not client.cookies


def test_the_answer_does_not_tell_whether_an_address_is_known() -> None:
    licence = a_holder("Harvest Hands Ltd")
    wish = {"number": licence.number, "email": "worker@mail.example"}
    first = Client().post("/follow/", wish).content

    assert Client().post("/follow/", wish).content == first
    follows.confirm(Follow.objects.get(), by=None, at=NOW)
    assert Client().post("/follow/", wish).content == first


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter a licence number, a place or a sector."),
        ({"number": "NONE0001", "email": "a@b.example"}, "This number is not on the register."),
        ({"place": "Hereford", "email": "nonsense"}, "Enter an email address like name@example.com."),
        ({"place": "x" * 61, "email": "a@b.example"}, "Enter at most 60 characters."),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(typed: dict[str, str], says: str) -> None:
    answer = Client().post("/follow/", typed)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()
    assert not Follow.objects.exists()


def test_nobody_can_have_mails_sent_to_others_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_SENT", 1)
    licence = a_holder("Harvest Hands Ltd")
    wish = {"number": licence.number, "email": "worker@mail.example"}

    assert Client().post("/follow/", wish).status_code == 200
    assert Client().post("/follow/", wish).status_code == 429
    assert Letter.objects.filter(address="worker@mail.example").count() == 1


@pytest.mark.parametrize("key", ["1", "1-", "x-y", "1-00000000000000000000000000000000", "9" * 30 + "-a"])
def test_a_key_that_was_not_given_out_opens_nothing(key: str) -> None:
    a_follow(a_holder("Harvest Hands Ltd"))

    assert Client().get(f"/follow/{key}/").status_code == 404
    assert Client().post(f"/follow/{key}/stop/").status_code == 404
    assert Follow.objects.get().stopped_at is None


# --- feeds ---


def test_each_entry_has_a_feed_for_readers_and_one_for_programs(set_clock: SetClock) -> None:
    licence = a_holder("Harvest & Hands Ltd")
    suspend(licence)
    set_clock(LATER)
    client = Client()

    atom = client.get(f"/check/{licence.number}/feed.atom")
    feed = client.get(f"/check/{licence.number}/feed.json")

    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    assert "Suspended from 3 November 2026 until 3 December 2026." in atom.content.decode()
    assert "Harvest &amp; Hands Ltd" in atom.content.decode()
    assert feed.json()["items"][0]["content_text"] == "Suspended from 3 November 2026 until 3 December 2026."
    assert len({item["id"] for item in feed.json()["items"]}) == len(feed.json()["items"])
    for answer in (atom, feed):
        again = client.get(answer.wsgi_request.path, headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/check/NONE0001/feed.atom").status_code == 404


def test_the_clock_of_the_last_run_never_goes_back() -> None:
    licence = a_holder("Harvest Hands Ltd")
    a_follow(licence)
    jobs.tell_followers(at=LATER)

    jobs.tell_followers(at=NOW)

    assert Told.objects.get().at == LATER


def test_an_applicant_that_is_shown_can_be_followed_too() -> None:
    applicant = an_organisation("Hopeful Ltd")
    entry = register.publish(register.listing_of(applicant, "gla-food"), at=NOW)

    answer = Client().post("/follow/", {"number": entry.number, "email": "worker@mail.example"})

    assert answer.status_code == 200
    assert Follow.objects.get().listing.organisation == applicant  # type: ignore[union-attr]
