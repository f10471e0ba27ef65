"""An address is found by its postcode among the published lists, and used with one press; nothing is lost by looking."""

import re

import pytest
from django.test import Client

from licensing.applications.models import Application
from registry.premises.models import Premises
from tests.people import signed_in
from tests.registry.stories import a_row, an_edition
from tests.stories import an_application_answered, holder_of

pytestmark = pytest.mark.django_db

HERE, HOME = "steps/address/address/", "steps/principal-authority-contact/address/"


@pytest.fixture(autouse=True)
def listed() -> None:
    an_edition(
        a_row(trading_name="Fen Packers", address_1="Unit 4, Mill Lane", town="Wisbech", postcode="PE13 1AA"),
        a_row(approval_number="E 2", trading_name="Elsewhere", town="Wisbech", postcode="PE13 1AB"),
    )


def a_draft() -> tuple[Client, Application, str]:
    application = an_application_answered()
    return signed_in(holder_of(application.organisation)), application, f"/apply/{application.reference}/"


def test_a_listed_address_is_taken_over_by_a_link_and_kept_when_it_is_saved() -> None:
    place = Premises.objects.get(name="Fen Packers")
    client, application, start = a_draft()
    here = start + HERE
    before = application.answers.get(page="address").data["address"]

    found = client.post(here, {"find_postcode": "pe131aa"}, follow=True)

    words = found.content.decode()
    assert (
        "Use Fen Packers, Unit 4, Mill Lane, Wisbech, PE13 1AA" in " ".join(words.split()) and "Elsewhere" not in words
    )
    assert "pe131aa" not in found.redirect_chain[-1][0].lower()
    assert application.answers.get(page="address").data["address"] == before
    (link,) = re.findall(rf'href="([^"]*use={place.reference})"', words)
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert 'value="Unit 4, Mill Lane"' in page and 'value="PE13 1AA"' in page


def test_a_wrong_or_unknown_postcode_says_what_to_do() -> None:
    client, _application, start = a_draft()
    here = start + HERE

    wrong = client.post(here, {"find_postcode": "nowhere"})
    none = client.post(here, {"find_postcode": "LD1 5AA"}, follow=True)

    assert wrong.status_code == 422 and "There is a problem" in wrong.content.decode()
    assert "The lists that we have name no place with this postcode." in none.content.decode()


def test_homes_of_people_are_looked_for_in_no_list() -> None:
    client, _application, start = a_draft()

    page = client.get(start + HOME).content.decode()

    assert "Address line 1" in page and "Find the address by its postcode" not in page
