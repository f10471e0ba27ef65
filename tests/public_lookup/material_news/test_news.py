"""What is new to pass on: confirmed by mail, told at most once a week by sector, place and language, stopped by one click."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from public_lookup.material_news import jobs
from public_lookup.material_news.models import NewsReader
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.web import limits
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder
from tests.registry.campaigns.world import STARTS, an_approved_campaign
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db
TYPED = {"email": "Union@Mail.example", "who": "organisation", "place": "Hereford", "languages": ["pl", "uk"]}


@pytest.fixture(autouse=True)
def fresh() -> None:
    limits.counts.clear()


def a_reader(**typed: object) -> NewsReader:
    """As it is asked for, and confirmed from the mail."""
    assert Client().post("/materials/news/", {**TYPED, **typed}).status_code == 200
    reader = NewsReader.objects.latest("pk")
    address = f"/materials/news/by/{reader.key}/"
    assert Client().get(address).status_code == 200
    reader.refresh_from_db()
    assert reader.confirmed_at is None  # opening the page confirms nothing
    assert Client().post(address).status_code == 200
    return reader


def revoked(name: str, days: int, **told: object) -> str:
    licence = a_holder(name, **told)
    licences.revoke(licence, takes_effect=day(days), because="Test.", by=a_decider(), at=NOW)
    return licence.number


@pytest.fixture
def digests(set_clock: SetClock) -> Callable[[], list[str]]:
    def sent() -> list[str]:
        set_clock(NOW + timedelta(days=8))
        send_mail(at=NOW + timedelta(days=8))
        return [str(one.body) for one in mail.outbox if one.subject == "What is new to pass on to workers"]

    return sent


def test_what_was_taken_away_where_the_reader_is_comes_once_a_week_with_texts_to_pass_on(
    digests: Callable[[], list[str]],
) -> None:
    reader = a_reader()
    number = revoked("Gone Hands Ltd", 3)
    revoked(
        "Far Hands Ltd", 3, address={"line_1": "1 Quay", "town": "Truro", "county": "Cornwall", "postcode": "TR1 1AA"}
    )
    a_holder("Fine Hands Ltd")

    assert jobs.tell_of_news(at=NOW + timedelta(days=5)) == 0  # a week is not over
    assert jobs.tell_of_news(at=NOW + timedelta(days=8)) == 1
    assert jobs.tell_of_news(at=NOW + timedelta(days=9)) == 0
    assert jobs.tell_of_news(at=NOW + timedelta(days=30)) == 0  # nothing is new

    (body,) = digests()
    assert "Gone Hands Ltd" in body and number in body and "Far Hands" not in body and "Fine Hands" not in body
    assert f"/pl/check/{number}/" in body and f"/uk/check/{number}/" in body
    assert f"/materials/news/by/{reader.key}/stop/" in body


def test_a_campaign_is_told_to_those_of_its_place_and_language(digests: Callable[[], list[str]]) -> None:
    a_reader(place="Wisbech")
    a_reader(place="Truro")
    a_reader(place="wisbech ", languages=["bg"], email="bg@mail.example")
    an_approved_campaign()

    assert jobs.tell_of_news(at=NOW + timedelta(days=(STARTS - NOW.date()).days + 1)) == 1

    (body,) = digests()
    assert "Cards in packing houses" in body and "/materials/?campaign=harvest" in body and "/c/harvest/" in body


def test_one_click_deletes_the_address_and_what_no_one_confirms_goes_in_a_week() -> None:
    reader = a_reader()
    a_reader(place="Truro")
    assert Client().post(f"/materials/news/by/{reader.key}/stop/").status_code == 200
    assert not NewsReader.objects.exists() and not Letter.objects.filter(reference=reader.reference).exists()
    assert Client().get(f"/materials/news/by/{reader.key}/").status_code == 404

    Client().post("/materials/news/", TYPED)
    jobs.tell_of_news(at=NOW + timedelta(days=8))
    assert not NewsReader.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays() -> None:
    answer = Client().post("/materials/news/", {**TYPED, "email": "union"})

    page = answer.content.decode()
    assert answer.status_code == 422 and not NewsReader.objects.exists()
    assert "Enter an email address like name@example.com." in page and 'value="Hereford"' in page
