"""Naming places of supply: found in the published list or typed by hand, on one page, without a script."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from licensing.applications.actions import applications
from licensing.applications.models import Application
from registry.premises import actions as premises
from registry.premises.actions import GivenPlace
from registry.premises.models import PlaceOfSupply
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import LONDON, NOW, SetClock
from tests.people import person, signed_in
from tests.registry.stories import a_row, an_edition

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# The form asks for the places themselves from 16 November 2026 on.
LATER = datetime(2026, 11, 20, 10, 0, tzinfo=LONDON)
BY_HAND = {
    "user_places_name": "Hill Farm",
    "user_places_address_line_1": "Hill Lane",
    "user_places_address_town": "Llandeilo",
    "user_places_address_postcode": "sa19 6aa",
    "user_places_address_country": "wales",
}


@pytest.fixture(autouse=True)
def later(set_clock: SetClock) -> None:
    set_clock(LATER)
    an_edition(
        a_row(),
        a_row(approval_number="HF 002", trading_name="Hafod Cold Store", postcode="SA31 2AB"),
        a_row(approval_number="SE 001", trading_name="Selsea Ltd", town="Barry", postcode="CF62 5AA"),
    )


@pytest.fixture
def draft() -> Application:
    return stories.an_application(at=LATER)


@pytest.fixture
def employer(draft: Application) -> Client:
    return signed_in(stories.holder_of(draft.organisation))


def address(draft: Application, item: str = "one") -> str:
    return f"/apply/{draft.reference}/labour-users/{item}/"


def post(client: Client, draft: Application, query: str = "", **typed: Any) -> Any:
    return client.post(address(draft) + query, {"user_name": "Hafod", **typed})


def kept(draft: Application) -> dict[str, Any]:
    data: dict[str, Any] = draft.answers.get(page="labour-users").data
    return data


def boxes(client: Client, draft: Application, find: str = "") -> dict[str, str]:
    """What can be ticked: the name of each place, and what its box stands for."""
    widget = client.get(address(draft), looking(client, find) if find else {}).context["form"]["user_places"]
    parts = widget.field.widget.get_context(widget.html_name, widget.value(), {"id": "x"})["widget"]
    return {box["name"]: box["value"] for box in [*parts["kept"], *parts["found"]]}


def looking(client: Client, words: str) -> dict[str, str]:
    """What is in the address of a browser that has looked for these words."""
    session = client.session
    session["looked_for"] = {"it": {"words": words, "typed": {}}}
    session.save()
    return {"found": "it"}


@pytest.mark.both
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("hafod", {"Hafod Packing Ltd", "Hafod Cold Store"}),
        ("cf62", {"Selsea Ltd"}),
        ("SA31 1AB", {"Hafod Packing Ltd"}),
        ("se001", {"Selsea Ltd"}),
        ("selsee", {"Selsea Ltd"}),
        ("nothing like it", set()),
    ],
)
def test_a_place_is_found_by_part_of_its_name_its_postcode_or_its_number(
    employer: Client, draft: Application, typed: str, names: set[str]
) -> None:
    found = post(employer, draft, user_places_find=typed)

    assert found.status_code == 302
    assert set(boxes(employer, draft, typed)) == names
    assert employer.get(found.headers["Location"]).status_code == 200


def test_what_is_found_says_whose_list_it_is(employer: Client, draft: Application) -> None:
    assert "Open licence" in employer.get(address(draft), looking(employer, "selsea")).content.decode()


def test_what_else_was_typed_is_kept_while_looking(employer: Client, draft: Application) -> None:
    half = {name: text for name, text in BY_HAND.items() if "postcode" not in name}

    post(employer, draft, user_work="Packing", user_places_find="selsea", **half)

    page = employer.get(address(draft), looking(employer, "selsea")).content.decode()
    for text in ("Hafod", "Packing", "Hill Farm", "Hill Lane", "Llandeilo"):
        assert f'value="{text}"' in page
    assert not draft.answers.get(page="labour-users").is_complete


def test_who_only_looks_adds_nothing_to_the_list_and_finds_again_what_was_typed(
    employer: Client, draft: Application
) -> None:
    found = post(employer, draft, user_work="Packing", user_places_find="selsea")

    assert not re.search("selsea|Hafod|Packing", found.headers["Location"])  # no name is in an address
    page = employer.get(found.headers["Location"]).content.decode()
    assert 'value="Hafod"' in page and 'value="Packing"' in page
    assert not draft.answers.filter(page="labour-users").exists()


def test_looking_changes_nothing_that_was_complete(employer: Client, draft: Application) -> None:
    post(employer, draft, **BY_HAND)
    (own,) = boxes(employer, draft).values()
    before = Event.objects.count()

    post(employer, draft, user_places_chosen=[own], user_places_find="selsea")

    assert draft.answers.get(page="labour-users").is_complete
    assert Event.objects.count() == before


def test_several_places_are_named_and_kept_as_they_are_today(employer: Client, draft: Application) -> None:
    found = boxes(employer, draft, "hafod")

    saved = post(
        employer, draft, f"?{urlencode(looking(employer, 'hafod'))}", user_places_chosen=list(found.values()), **BY_HAND
    )

    assert saved.headers["Location"] == f"/apply/{draft.reference}/labour-users/"
    places = kept(draft)["user_places"]
    assert {place["name"] for place in places} == {"Hafod Packing Ltd", "Hafod Cold Store", "Hill Farm"}
    assert places[-1] == {
        "name": "Hill Farm",
        "address": {
            "line_1": "Hill Lane",
            "line_2": "",
            "town": "Llandeilo",
            "county": "",
            "postcode": "SA19 6AA",
            "country": "wales",
        },
    }
    first = next(place for place in places if place["name"] == "Hafod Packing Ltd")
    assert (first["approval_number"], first["address"]["town"]) == ("HF 001", "Carmarthen")
    assert draft.answers.get(page="labour-users").is_complete
    assert "Hafod Packing Ltd, Unit 4, Carmarthen, SA31 1AB (HF 001)" in (
        employer.get(f"/apply/{draft.reference}/check-answers/").content.decode()
    )


def test_one_more_by_hand_comes_back_to_the_page(employer: Client, draft: Application) -> None:
    added = post(employer, draft, another="1", **BY_HAND)

    assert added.headers["Location"] == address(draft)
    assert set(boxes(employer, draft)) == {"Hill Farm"}


def test_a_place_is_taken_off_by_unticking_it(employer: Client, draft: Application) -> None:
    found = boxes(employer, draft, "hafod")
    post(employer, draft, user_places_chosen=list(found.values()), **BY_HAND)
    chosen = boxes(employer, draft)

    post(employer, draft, user_places_chosen=[chosen["Hill Farm"], chosen["Hafod Cold Store"]])

    assert {place["name"] for place in kept(draft)["user_places"]} == {"Hill Farm", "Hafod Cold Store"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Find the place and tick it, or type its name and address."),
        ({"user_places_name": "Hill Farm"}, "Enter the address."),
        ({**BY_HAND, "user_places_name": ""}, "Enter the name of the place."),
        ({**BY_HAND, "user_places_address_postcode": "nowhere"}, "postcode"),
        ({**BY_HAND, "user_places_address_country": "atlantis"}, "Choose the nation."),
        ({"user_places_chosen": ["P-0000-0000"]}, "A place that you ticked is not in the list any more."),
        ({"user_places_chosen": ["own-123456789abc"]}, "A place that you ticked is not in the list any more."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_shown(
    employer: Client, draft: Application, typed: dict[str, Any], says: str
) -> None:
    refused = post(employer, draft, **typed)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert says in page
    shown = [text for name, text in typed.items() if text and not name.endswith(("_chosen", "_country"))]
    assert all(f'value="{text}"' in page for text in shown)


@pytest.mark.both
def test_a_place_of_somebody_elses_file_cannot_be_ticked(employer: Client, draft: Application) -> None:
    place = GivenPlace("Glan Hostel", {"town": "Barry"})
    (own,) = premises.name_places_of_supply(
        stories.a_provider("Somebody Ltd"), places=[place], source="a test", by=None, at=LATER
    )

    refused = post(employer, draft, user_places_chosen=[own.premises.reference])

    assert refused.status_code == 422
    assert "Glan Hostel" not in refused.content.decode()
    assert boxes(employer, draft, "glan hostel") == {}


def test_handed_in_the_places_are_linked_and_the_officer_is_led_to_them(employer: Client, draft: Application) -> None:
    stories.an_application_answered(draft, at=LATER)
    draft.answers.filter(page="labour-users").delete()
    found = boxes(employer, draft, "selsea")
    post(employer, draft, user_places_chosen=list(found.values()), **BY_HAND)

    applications.submit(draft, by=stories.holder_of(draft.organisation), at=LATER)

    named = PlaceOfSupply.objects.select_related("premises").order_by("pk")
    assert [(one.premises.name, one.premises.source, one.labour_user, one.source) for one in named] == [
        ("Selsea Ltd", "a-list", "Hafod", f"application {draft.reference}"),
        ("Hill Farm", "", "Hafod", f"application {draft.reference}"),
    ]
    case = signed_in(person("case_officer")).get(f"/staff/applications/{draft.reference}/")
    assert [(place.name, place.labour_user, bool(place.href)) for place in case.context["file"].places] == [
        ("Selsea Ltd", "Hafod", True),
        ("Hill Farm", "Hafod", False),
    ]
    assert f"/staff/premises/{named[0].premises.reference}/" in case.content.decode()


def test_a_form_that_does_not_ask_says_nothing_of_the_places_named_before() -> None:
    made = stories.an_application_submitted(at=NOW.replace(year=2025))

    assert not made.organisation.places_of_supply.exists()
    assert not Event.objects.filter(verb="name_places_of_supply").exists()
