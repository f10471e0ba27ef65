"""Feeds of a place, a sector and a list: what is published there, for a reader that gives no address."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from public_lookup.bulk_checks.models import CheckList
from public_lookup.open_data.queries import feeds
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.register.actions import publishing as register
from registry.register.models import Listing
from tests.conftest import NOW, SetClock
from tests.public_lookup.bulk_checks.test_views import checked
from tests.public_lookup.stories import a_holder, rename
from tests.registry.stories import a_decider

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
ELSEWHERE = {"line_1": "2 Quay", "town": "Cardigan", "county": "Ceredigion", "postcode": "SA43 1AA"}


def suspend(licence: Licence, *, at: datetime = LATER) -> None:
    until = at.date() + timedelta(days=30)
    licences.suspend(licence, starts=at.date(), until=until, because="x", by=a_decider(), at=at)


def items(**asked: str) -> list[str]:
    found: list[dict[str, Any]] = Client().get("/follow/feed.json", asked).json()["items"]
    return [one["title"] for one in found]


def test_a_place_has_a_feed_of_what_is_published_there_and_of_nothing_else(set_clock: SetClock) -> None:
    here, there = a_holder("Harvest Hands Ltd"), a_holder("Quay Crew Ltd", address=ELSEWHERE)
    set_clock(LATER)
    suspend(here)
    suspend(there)

    assert items(place="Hereford")[0] == (
        f"Harvest Hands Ltd ({here.number}): Suspended from 3 November 2026 until 3 December 2026."
    )
    assert items(place="hr1") == items(place="Hereford")
    assert not any("Quay" in one for one in items(place="Hereford"))
    assert len(items(sector="horticulture")) == len(items(place="Hereford")) + len(items(place="Cardigan"))
    assert items(place="Hereford", sector="shellfish") == []
    assert items(place="Nowhere") == []


def test_who_leaves_a_place_or_the_register_is_told_of_there(set_clock: SetClock) -> None:
    leaves, goes = a_holder("Harvest Hands Ltd"), a_holder("Orchard Crew Ltd")
    set_clock(LATER)
    rename(leaves.organisation, LATER, address=ELSEWHERE)
    register.hide(Listing.objects.get(pk=goes.listing_id), at=LATER)

    left = f"Harvest Hands Ltd ({leaves.number}): Registered details changed."
    assert set(items(place="Hereford")[:2]) == {left, f"Orchard Crew Ltd ({goes.number}): Taken off the register."}
    assert items(place="Cardigan") == [left]


def test_atom_says_the_same_and_both_are_known_again(set_clock: SetClock) -> None:
    licence = a_holder("Harvest & Hands Ltd")
    set_clock(LATER)
    suspend(licence)

    atom = Client().get("/follow/feed.atom", {"place": "Hereford"})
    feed = Client().get("/follow/feed.json", {"place": "Hereford"})

    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    assert "Suspended from 3 November 2026 until 3 December 2026." in atom.content.decode()
    assert "Harvest &amp; Hands Ltd" in atom.content.decode()
    assert feed.json()["title"] == "Hereford"
    ids = [item["id"] for item in feed.json()["items"]]
    assert len(set(ids)) == len(ids)
    for answer in (atom, feed):
        again = Client().get(answer.wsgi_request.get_full_path(), headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_what_is_long_past_leaves_the_feed_and_it_never_grows_without_end(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Harvest Hands Ltd", "Orchard Crew Ltd", "Meadow Staff Ltd"):
        a_holder(name)
    assert len(items(place="Hereford")) == 3

    monkeypatch.setattr(feeds, "MOST", 2)
    assert len(items(place="Hereford")) == 2
    set_clock(NOW + timedelta(days=61))
    assert items(place="Hereford") == []


@pytest.mark.parametrize(
    "asked", [{}, {"place": ""}, {"sector": "nonsense"}, {"place": "x" * 61}, {"number": "NONE0001"}]
)
def test_what_cannot_be_read_is_a_problem_and_no_empty_feed(asked: dict[str, str]) -> None:
    for kind in ("atom", "json"):
        answer = Client().get(f"/follow/feed.{kind}", asked)

        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems/not-understood"


def test_one_entry_leads_to_the_feed_of_its_own() -> None:
    licence = a_holder("Harvest Hands Ltd")

    answer = Client().get("/follow/feed.atom", {"number": licence.number.lower()})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/feed.atom")


def test_the_feed_costs_the_same_however_many_are_there(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_holder("Harvest Hands Ltd")
    items(place="Hereford")
    with django_assert_num_queries(3):
        items(place="Hereford")
    for number in range(5):
        a_holder(f"Harvest Hands {number} Ltd")
    with django_assert_num_queries(3):
        assert len(items(place="Hereford")) == 6


# --- the way there ---


def test_who_asks_for_a_place_finds_its_feeds_without_giving_an_address() -> None:
    a_holder("Harvest Hands Ltd")
    found = Client().post("/check/", {"place": "Hereford", "sector": "horticulture"}, follow=True).content.decode()
    way = "/follow/?place=Hereford&amp;sector=horticulture"
    assert way in found

    page = Client().get(way.replace("&amp;", "&")).content.decode()

    for kind in ("atom", "json"):
        assert f'href="/follow/feed.{kind}?place=Hereford&amp;sector=horticulture"' in page
    typed = Client().post("/follow/", {"place": "Hereford", "email": ""})
    assert typed.status_code == 422
    assert 'href="/follow/feed.atom?place=Hereford"' in typed.content.decode()
    assert "feed.atom" not in Client().get("/follow/").content.decode()


def test_a_list_has_a_feed_of_its_firms_alone(set_clock: SetClock) -> None:
    mine, other = a_holder("Harvest Hands Ltd"), a_holder("Orchard Crew Ltd")
    checked(Client(), f"Licence number\n{mine.number}\n")
    key = CheckList.objects.get().key
    assert f'href="/check/many/{key}/feed.atom"' in Client().get(f"/check/many/{key}/").content.decode()
    set_clock(LATER)
    suspend(mine)
    suspend(other)

    feed = Client().get(f"/check/many/{key}/feed.json")
    atom = Client().get(f"/check/many/{key}/feed.atom")

    assert feed.json()["title"] == "Labour providers of a list: 1"
    assert feed.json()["items"][0]["title"].startswith(f"Harvest Hands Ltd ({mine.number}): Suspended from")
    assert not any("Orchard" in item["title"] for item in feed.json()["items"])
    assert "Suspended from 3 November 2026" in atom.content.decode()
    again = Client().get(f"/check/many/{key}/feed.json", headers={"if-none-match": feed.headers["ETag"]})
    assert again.status_code == 304
    assert Client().get("/check/many/1-nonsense/feed.atom").status_code == 404


def test_a_place_is_looked_for_before_it_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is published elsewhere, a quiet place has its feed."""
    a_holder("Quay Crew Ltd", address=ELSEWHERE)
    for number in range(3):
        a_holder(f"Harvest Hands {number} Ltd")
    monkeypatch.setattr(feeds, "_MOST_ENTRIES", 2)

    assert [one.startswith("Quay Crew Ltd") for one in items(place="sa43")] == [True]
    assert len(items(place="Hereford")) == 2
