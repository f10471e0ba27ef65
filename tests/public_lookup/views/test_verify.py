"""From a certificate to the register: a number or code that is right leads on, one that was altered is told apart."""

import pytest
from django.db import connection
from django.test import Client

from registry.identifiers import code_is_valid
from registry.models import Licence
from tests.conftest import NOW
from tests.public_lookup.stories import Statements, a_holder, an_applicant
from tests.registry.stories import a_licence

pytestmark = pytest.mark.django_db

CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd")


def test_the_code_of_a_certificate_leads_to_its_entry(client: Client, licence: Licence) -> None:
    code = licence.listing.code

    for address in (f"/c/{code}/", f"/c/{code.lower()}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/")


def test_the_code_leads_in_the_language_of_the_address(client: Client, licence: Licence) -> None:
    assert client.get(f"/cy/c/{licence.listing.code}/").headers["Location"] == f"/cy/check/{licence.number}/"


def test_an_applicants_code_follows_it_to_its_licence(client: Client) -> None:
    entry = an_applicant("Meadow Staff")
    number = a_licence(entry.listing.organisation, at=NOW).number

    assert client.get(f"/c/{entry.listing.code}/").headers["Location"] == f"/check/{number}/"


def test_a_typed_number_or_code_leads_on(client: Client, licence: Licence) -> None:
    code = licence.listing.code

    for typed in (licence.number, licence.number.lower(), f"{code[:4]} {code[4:]}", code.lower()):
        answer = client.post("/verify/", {"code": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/"), typed


def test_a_code_with_one_altered_character_is_told_apart(client: Client, licence: Licence) -> None:
    code = licence.listing.code
    altered = [code[:n] + other + code[n + 1 :] for n in range(8) for other in CHARACTERS if other != code[n]]
    assert not any(map(code_is_valid, altered))

    # One that reads as a licence number is answered as one: nobody has had it.
    for typed in altered[::9]:
        answer = client.get(f"/c/{typed}/")
        assert answer.status_code == 404
        assert (
            "not a licence number or code" in answer.content.decode()
            or "Not on the register" in answer.content.decode()
        )


def test_a_code_that_is_none_of_ours_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/verify/", {"code": "Q1W2E3R4"})

    assert answer.status_code == 422
    assert 'value="Q1W2E3R4"' in answer.content.decode()
    assert answer.content.decode().count("This is not a licence number or code of this register.") == 2


def test_a_number_or_code_that_nobody_has_had_is_not_on_the_register(client: Client, licence: Licence) -> None:
    for typed in ("WXYZ0009", "00000000"):
        answer = client.post("/verify/", {"code": typed})
        assert answer.status_code == 404
        assert "is not one of ours" in answer.content.decode()


def test_nothing_typed_is_said_plainly(client: Client) -> None:
    assert client.post("/verify/", {"code": " "}).status_code == 422
    assert client.get("/verify/").status_code == 200


@pytest.mark.parametrize("fail_at", [1, 2])
def test_a_fault_never_says_that_a_code_is_false(client: Client, licence: Licence, fail_at: int) -> None:
    with connection.execute_wrapper(Statements(fail_at)):
        answer = client.get(f"/c/{licence.listing.code}/")

    assert answer.status_code in (503, 303)
    assert fail_at != 1 or answer.status_code == 503
