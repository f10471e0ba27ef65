"""What a page says of a text that was pasted."""

import html

import pytest
from django.test import Client

from tests.conftest import NOW
from tests.public_lookup.pasted.world import the_register
from tests.public_lookup.stories import a_holder, rename

pytestmark = pytest.mark.django_db


def page(client: Client, text: str) -> str:
    return html.unescape(client.post("/check/", {"q": text}, follow=True).content.decode())


def test_a_name_and_the_number_of_another_are_both_shown_the_worse_first(client: Client) -> None:
    the_register()

    text = page(client, "Harnworth Dyke Growers' Labour Limited FESC0001")

    assert "<title>This number is not theirs. It may be borrowed: report it." in text
    assert text.index("/check/HARN0001/") < text.index("/check/FESC0001/")
    assert "app-answer--yes" not in text


def test_a_former_name_finds_the_business_and_says_so(client: Client) -> None:
    the_register()

    text = page(client, "Eastlode Harvest Services Ltd")

    assert "Had the name Eastlode Harvest Services Ltd before." in text
    assert "No exact match. Is it one of these?" in text


def test_a_trading_name_with_a_legal_form_may_be_the_same_business(client: Client) -> None:
    the_register()

    text = page(client, "Quarrenholt Staffing Ltd")

    assert "it may be the same business: compare the company number" in text
    assert "It is another business" not in text


def test_who_is_not_found_is_told_what_to_do_and_the_offence_is_named_only_then(client: Client) -> None:
    the_register()

    nobody, near = page(client, "zzyzx qwv"), page(client, "vennmarsh vegtable")

    assert "It is an offence to supply workers without a licence" in nobody
    assert "offence" not in near
    for text in (nobody, near):
        assert "Do not pay anyone for work." in text
        assert "Keep your passport and your papers yourself." in text
        assert 'href="tel:03451616000">' in text


def test_a_message_is_in_no_address_and_its_next_page_is_posted(client: Client) -> None:
    the_register()

    answer = client.post(
        "/check/", {"q": "they say that they are Toma & Sons Ltd and want £50 for the van each week from us"}
    )

    assert answer.status_code == 200
    assert "?q=" not in answer.content.decode()


def test_a_word_that_could_be_a_code_by_chance_is_still_a_word(client: Client) -> None:
    a_holder("Keyboard Hands Ltd")

    assert "Keyboard Hands Ltd is licensed" in page(client, "keyboard hands")


def test_a_telephone_number_that_a_business_gave_up_answers_for_nobody(client: Client) -> None:
    organisation = a_holder("Harvest Hands Ltd", telephone="+441632960123").organisation
    rename(organisation, NOW, telephone="+441632960124")

    assert "Harvest Hands Ltd" not in page(client, "Job picking plums, start Monday, call 01632 960123")
    assert "Harvest Hands Ltd" in page(client, "Job picking plums, start Monday, call 01632 960124")


def test_a_text_that_is_too_long_is_refused_in_words_and_never_cut(client: Client) -> None:
    """A browser that cuts what is pasted would cut off the number at its end."""
    a_holder("Harvest Hands Ltd")
    long = f"{'Plums to pick near Hereford. ' * 12}Licence HARV0001"

    answer = client.post("/check/", {"q": long})

    assert answer.status_code == 422 and "Enter at most 300 characters." in answer.content.decode()
    assert long in html.unescape(answer.content.decode())
    assert not any(
        "maxlength" in client.get(address).content.decode() for address in ("/", "/check/", "/check/?q=plums")
    )
