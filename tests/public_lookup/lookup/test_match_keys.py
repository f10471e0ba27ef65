"""The register is asked by anything that is known of somebody; only a number, or the same name, answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from public_lookup.lookup.queries import findings
from public_lookup.lookup.queries.rows import AnswerReason, LookupRow
from tests.conftest import NOW
from tests.public_lookup.stories import FACES, a_holder, ask, rename

pytestmark = pytest.mark.django_db

COMPANY = "01234567"


def rows(q: str, **asked: Any) -> list[LookupRow]:
    return list(findings.search({"q": q}, at=asked.get("at", NOW + timedelta(days=20))).found().rows)


def whys(q: str, **asked: Any) -> list[tuple[bool, AnswerReason]]:
    return [(row.exact, row.why) for row in rows(q, **asked)]


def a_known_holder() -> None:
    a_holder(
        "Harvest Hands Ltd",
        company_number=COMPANY,
        email="office@harvest.example",
        website="https://www.harvest-hands.example/en",
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("01632 960123", AnswerReason.TELEPHONE),
        ("01632960123", AnswerReason.TELEPHONE),
        ("+44 1632 960123", AnswerReason.TELEPHONE),
        ("0044 (0)1632 960-123", AnswerReason.TELEPHONE),
        ("(01632) 960.123", AnswerReason.TELEPHONE),
        ("tel. 01632 960 123", AnswerReason.TELEPHONE),
        ("01632 960123 ext 4", AnswerReason.TELEPHONE),
        ("1234567", AnswerReason.COMPANY_NUMBER),
        ("0123 4567", AnswerReason.COMPANY_NUMBER),
        ("harvest-hands.example", AnswerReason.WEBSITE),
        ("https://HARVEST-HANDS.example/contact?x=1", AnswerReason.WEBSITE),
        ("www.harvest-hands.example", AnswerReason.WEBSITE),
        ("somebody@harvest-hands.example", AnswerReason.WEBSITE),
    ],
)
def test_a_number_or_an_address_answers_in_any_form(typed: str, why: AnswerReason) -> None:
    a_known_holder()
    a_holder("Meadow Staff Ltd", telephone="+441632960124", website="https://meadow.example")

    assert whys(typed) == [(True, why)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("HR1 1AA", AnswerReason.POSTCODE),
        ("hr11aa", AnswerReason.POSTCODE),
        ("HR1", AnswerReason.POSTCODE),
        ("Hereford", AnswerReason.PLACE),
        ("herefordshire", AnswerReason.PLACE),
    ],
)
def test_a_place_finds_who_is_there_and_answers_nothing(typed: str, why: AnswerReason) -> None:
    a_known_holder()
    a_holder("Kent Hands", address={"town": "Ashford", "county": "Kent", "postcode": "TN23 1AA"})

    assert whys(typed) == [(False, why)]


@pytest.mark.parametrize("typed", ["01632 960124", "96012", "HR1 1AB", "example", "other.example", "01234568", "0"])
def test_another_number_finds_nobody(typed: str) -> None:
    a_known_holder()

    assert rows(typed) == []


def test_what_is_shown_no_more_answers_nothing_and_says_which_entry_showed_it() -> None:
    licence = a_holder("Harvest Hands Ltd")
    rename(licence.organisation, NOW + timedelta(days=1), telephone="+441632960199")

    (row,) = rows("01632 960123")
    assert (row.exact, row.why, row.name) == (False, AnswerReason.TELEPHONE, "+441632960123")
    assert row.carried_by is not None
    assert row.carried_by.entry_number < row.entry.entry_number
    assert whys("01632 960199") == [(True, AnswerReason.TELEPHONE)]


def test_a_past_day_answers_by_the_numbers_of_that_day_only() -> None:
    licence = a_holder("Harvest Hands Ltd")
    rename(licence.organisation, NOW + timedelta(days=1), telephone="+441632960199")

    assert whys("01632 960123", at=NOW) == [(True, AnswerReason.TELEPHONE)]
    assert whys("01632 960199", at=NOW) == []


def test_what_a_scheme_does_not_show_cannot_be_found() -> None:
    a_holder("Harvest Hands Ltd", utr="1234567890", vat_number="123456782", email="a.person@private.example")

    for typed in ("123456782", "1234567890", "a.person@private.example", "private.example"):
        assert rows(typed) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Harvest Hands", AnswerReason.NAME),
        ("Orchard Crew", AnswerReason.TRADING_NAME),
        ("Meadow Help", AnswerReason.FORMER_NAME),
        ("Harv", AnswerReason.BEGINNING),
        ("hands harvest", AnswerReason.WORDS),
        ("Charvest Hands", AnswerReason.SIMILAR),
        ("Harwest Hends", AnswerReason.SOUNDS_LIKE),
        ("Харвест Хандс", AnswerReason.SOUNDS_LIKE),
        ("هارفست هاندز", AnswerReason.SIMILAR),
    ],
)
def test_each_row_says_why_it_was_found(typed: str, why: AnswerReason) -> None:
    a_holder("Harvest Hands Ltd", trading_names=["Orchard Crew"], former_names=["Meadow Help Ltd"])

    (row,) = rows(typed)

    assert (row.why, row.exact) == (why, why in (AnswerReason.NAME, AnswerReason.TRADING_NAME))


@pytest.mark.parametrize("face", FACES)
def test_similar_names_are_told_apart_from_the_one_that_was_meant(client: Client, face: str) -> None:
    number = a_holder("Harvest Hands Ltd").number
    other = a_holder("Harvest Hand Ltd", address={"town": "Ashford", "postcode": "TN23 1AA"}).number

    answer = ask(client, face, q="Harvest Hands")

    if face == "api":
        assert [(item["number"], item["exact"]) for item in answer.json["items"]] == [(number, True), (other, False)]
        assert answer.json["items"][1]["contact"]["address"]["town"] == "Ashford"
    else:
        exact, near = answer.text.split("Not to be confused with")
        assert number in exact
        assert "app-answer--yes" in exact
        assert other in near
        assert "Ashford" in near
        assert "app-outcome--yes" not in near


@pytest.mark.parametrize("face", FACES)
def test_page_and_api_say_why(client: Client, face: str) -> None:
    licence = a_holder("Harvest Hands Ltd", company_number=COMPANY)
    rename(licence.organisation, NOW, website="https://new.example")

    def said(q: str, words: str, why: str) -> bool:
        answer = ask(client, face, q=q)
        if face == "api":
            return [item["matched_by"] or item["near_by"] for item in answer.json["items"]] == [why]
        return (words or "No exact match. Is it one of these?") in answer.text

    assert said("01632960123", "Has this telephone number.", "telephone")
    assert said(COMPANY, "Has the company number 01234567.", "company_number")
    assert said("new.example", "Has this website or email address.", "website")
    assert said("harvest.example", "Was registered with “https://harvest.example” until 2 November 2026", "website")
    assert said("HR1 1AA", "Registered at HR1 1AA.", "postcode")
    assert said("hereford", "Registered in Hereford.", "place")
    assert said("harvest", "", "beginning")
    assert said("hands harvest", "", "words")
    assert said("Harwest Hends", "", "sounds_like")
    assert said("Charvest Hands", "", "similar")
