"""What a stranger sends is said back to correct it, and never at length: an address stood in a page forty times."""

from typing import Any

import pytest
from django.test import Client

from registry.web import limits

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LONG = "Zq" * 200_000
#: The longest address that the server takes (64 kB with all that stands around it).
LONG_ADDRESS = "Zq" * 25_000


@pytest.fixture(autouse=True)
def no_limit_left_over() -> None:
    limits.counts.clear()


def size(answer: Any) -> int:
    return len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)


FORMS = (
    ("/check/", "q"),
    ("/verify/", "number"),
    ("/verify/", "code"),
    ("/report/mailbox/", "passphrase"),
    ("/reconcile/", "queries"),
    ("/reconcile/", "extend"),
    ("/follow/", "email"),
    ("/complain/", "text"),
    ("/materials/order/", "name"),
    ("/account/login/", "email"),
    ("/account/signup/", "email"),
)


@pytest.mark.parametrize(("path", "field"), FORMS)
def test_of_what_no_one_can_have_typed_a_form_shows_the_beginning(path: str, field: str) -> None:
    plain = size(Client().post(path, {field: "Zq"}))

    assert size(Client().post(path, {field: LONG})) - plain < 120_000


#: What is chosen, said in figures, or carried from step to step: each was said back whole, or twice.
NOT_WRITTEN = (
    ("/check/", "sector"),
    ("/check/", "at_day"),
    ("/follow/", "sector"),
    ("/materials/order/", "sheets"),
    ("/materials/order/", "languages"),
    ("/account/login/", "next"),
    ("/account/signup/", "purpose"),
    ("/report/", "ticket"),
    ("/report/", "called"),
    ("/report/", "text"),
    ("/verify/file/", "text"),
)


@pytest.mark.parametrize(("path", "field"), NOT_WRITTEN)
def test_nothing_is_said_back_whole(path: str, field: str) -> None:
    plain = size(Client().post(path, {field: "Zq"}))

    assert size(Client().post(path, {field: LONG})) - plain < 0.55 * len(LONG)


def test_a_choice_that_there_is_not_is_still_named() -> None:
    assert "Select a valid choice. no-such is not" in Client().post("/follow/", {"sector": "no-such"}).content.decode()


def test_a_pasted_list_is_there_whole_to_be_corrected() -> None:
    pasted = "Harvest Hands Ltd\n" * 20_000

    assert Client().post("/check/many/", {"text": pasted}).content.decode().count("Harvest Hands Ltd") >= 20_000


def test_a_program_reads_the_beginning_of_a_field_that_there_is_not() -> None:
    said = Client().post("/api/v1/check-many", {LONG: 1}, content_type="application/json")

    assert said.status_code == 422
    assert size(said) < 1_000


ASKED = (
    "/check/?q=",
    "/check/?at=",
    "/verify/?number=",
    "/help/?postcode=",
    "/report/?about=",
    "/check/HARV0001/?at=",
    "/statistics/?x=",
    "/materials/?sector=",
    "/reconcile/?queries=",
    "/api/v1/register?q=",
    "/nosuch/",
    "/c/",
)


@pytest.mark.parametrize("path", ASKED)
def test_a_long_address_stands_in_its_page_once_at_the_most(path: str) -> None:
    plain = size(Client().get(f"{path}Zq"))

    assert size(Client().get(path + LONG_ADDRESS)) - plain < 1.2 * len(LONG_ADDRESS)


def test_what_somebody_typed_that_is_too_long_is_still_there_to_be_cut() -> None:
    typed = "What happened. " * 2_000

    page = Client().post("/report/", {"danger": "no", "step": "what", "text": typed}).content.decode()

    assert typed in page


def test_the_links_to_other_languages_keep_an_ordinary_question() -> None:
    assert 'href="/cy/check/?q=harvest"' in Client().get("/check/?q=harvest").content.decode()
