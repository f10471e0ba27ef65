"""A page about one tells it from those with nearly its name; none of them reads as an answer about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import Statements, a_holder, an_applicant, read, rename
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db

TITLE = "Not to be confused with"
ELSEWHERE = {"address": {"town": "Ashford", "county": "Kent", "postcode": "TN23 1AA"}}


def of(client: Client, licence: Licence, **asked: str) -> list[dict[str, Any]]:
    """The others, as the API says them."""
    found: list[dict[str, Any]] = read(client, "api", licence.number, **asked).json["not_to_be_confused_with"]
    return found


def part_of(client: Client, number: str) -> str:
    """What the page says of the others."""
    return read(client, "page", number).text.partition(TITLE)[2].partition("<h2")[0]


def revoked(licence: Licence) -> Licence:
    return licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)


def test_a_page_tells_it_from_others_with_nearly_its_name(client: Client) -> None:
    right = a_holder("Harvest Hands Ltd")
    wrong = revoked(a_holder("Harvest Hands Recruitment Ltd", **ELSEWHERE))
    a_holder("Meadow Staff Ltd")

    said = part_of(client, right.number)

    assert f"<bdi>{wrong.number}</bdi> · <bdi>Ashford</bdi>" in said
    assert 'Harvest Hands <mark class="app-differs">Recruitment</mark> Ltd' in said
    assert "We took the licence away: it has not been licensed since" in said
    assert "Meadow" not in said
    assert of(client, right) == [
        {
            "number": wrong.number,
            "name": "Harvest Hands Recruitment Ltd",
            "alike": "Harvest Hands Recruitment Ltd",
            "standing": "revoked",
            "outcome": "not_licensed",
            "town": "Ashford",
        }
    ]
    assert of(client, wrong)[0]["number"] == right.number


def test_no_other_has_a_tag_that_reads_as_an_answer(client: Client) -> None:
    an_applicant("Harvest Hands Agency Ltd")
    applicant = revoked(a_holder("Harvest Hands Ltd")).number

    page = read(client, "page", applicant).text

    assert "app-outcome" not in page.partition(TITLE)[2]
    assert "It is not licensed" in part_of(client, applicant)


def test_who_trades_under_the_name_is_told_apart_too(client: Client) -> None:
    right = a_holder("Harvest Hands Ltd")
    a_holder("Meadow Staff Ltd", trading_names=["Harvest Hand"])

    assert "Trades as Harvest Hand." in part_of(client, right.number)


def test_nobody_with_another_name_is_named(client: Client) -> None:
    right = a_holder("Harvest Hands Ltd")
    a_holder("Harvest Home Ltd")

    assert TITLE not in read(client, "page", right.number).text


def test_the_names_are_those_of_the_day(client: Client, set_clock: SetClock) -> None:
    right, other = a_holder("Harvest Hands Ltd"), a_holder("Meadow Staff Ltd")
    rename(other.organisation, NOW + timedelta(days=1), legal_name="Harvest Hands UK Ltd")
    rename(right.organisation, NOW + timedelta(days=3), legal_name="Orchard Crew Ltd")
    set_clock(NOW + timedelta(days=4))

    assert [len(of(client, right, at=f"{NOW + timedelta(days=days):%Y-%m-%d}")) for days in (0, 1, 2, 3)] == [
        0,
        1,
        1,
        0,
    ]


def test_a_kept_page_does_not_outlive_what_it_says_of_others(client: Client) -> None:
    """304 would leave "licensed" beside another's name after its licence is gone."""
    right, other = a_holder("Harvest Hands Ltd"), a_holder("Harvest Hands UK Ltd")
    address = f"/check/{right.number}/"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    revoked(other)

    again = client.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "We took the licence away" in again.content.decode()


def test_being_known_already_costs_one_statement(client: Client) -> None:
    right = a_holder("Harvest Hands Ltd")
    address = f"/check/{right.number}/"
    etag = client.get(address).headers["ETag"]
    statements = Statements()

    with connection.execute_wrapper(statements):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    assert statements.count == 1


def test_five_are_told_apart_and_the_search_shows_the_rest(client: Client) -> None:
    right = a_holder("Harvest Hands Ltd")
    for town in ("Kent", "Wales", "Devon", "Fife", "Down", "Antrim"):
        a_holder(f"Harvest Hands {town} Ltd")

    assert len(of(client, right)) == 5
    assert read(client, "page", right.number).text.count("Harvest Hands ") >= 5
