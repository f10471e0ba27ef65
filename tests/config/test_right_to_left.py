"""Arabic: every page of a worker runs from right to left, and the numbers and addresses on it do not."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve, reverse

from public_lookup import jobs
from public_lookup.follows.actions import follows
from registry import web
from registry.languages import direction
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.papers import words as paper_words
from tests.config.walker import routes
from tests.conftest import NOW
from tests.public_lookup.receipts.world import a_proof
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider, day

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NUMBER = re.compile(r"(?<!\d)0\d{2,4} \d{3}")
ADDRESS = re.compile(r"https?://\S")
# What keeps its own direction: an element, or two invisible signs around it; a script is no text.
ISOLATED = re.compile(r"<(bdi|code|script|textarea)\b.*?</\1>|[\u2066-\u2068][^\u2069]*\u2069", re.DOTALL)


def worker_addresses() -> Iterator[str]:
    for route in routes():
        if route.name and not route.parameters:
            address = reverse(f"{route.namespace}{route.name}")
            if address.endswith("/") and "ar" in web.speaks(resolve(address).func):
                yield address


def turned(page: str) -> list[str]:
    """The telephone numbers and addresses of a page that stand unprotected among words from right to left."""
    body = page[page.index("<body") :]
    words = re.sub(r"<[^>]*>", " ", ISOLATED.sub(" ", body))
    return NUMBER.findall(words) + ADDRESS.findall(words)


def test_every_page_of_a_worker_is_mirrored_and_no_number_is_turned_round(client: Client) -> None:
    number = a_holder("Harvest Hands Ltd").number
    proof = a_proof(client, number)
    pages = [
        *worker_addresses(), "/check/?q=harvest", f"/check/{number}/", f"/check/{number}/poster/", "/help/pay/england/",
        f"/proofs/{proof.number}/{proof.key}/", f"/verify/{proof.number}/", "/no-such-page/",
    ]  # fmt: skip
    shown = 0

    for address in pages:
        answer = client.get(f"/ar{address}")
        page = answer.content.decode(errors="replace")
        if "<html" in page:
            shown += 1
            assert '<html lang="ar" dir="rtl"' in page, address
            assert re.search(r'href="[^"]*vendor/(public|registry)\.rtl[^"]*\.css"', page), address
            assert turned(page) == [], address

    assert shown >= 25


def test_a_planted_number_is_found() -> None:
    assert turned("<body><p>الهاتف: 0345 161 6000, https://register.example/</p>") == ["0345 161", "https://r"]
    assert turned("<body><p>الهاتف: <bdi>0345 161 6000</bdi>, \u20680345 161 6000\u2069</p>") == []


@pytest.mark.parametrize(("address", "language"), [("/check/", "en-gb"), ("/pl/check/", "pl")])
def test_other_languages_run_from_left_to_right(client: Client, address: str, language: str) -> None:
    page = client.get(address).content.decode()

    assert f'<html lang="{language}" dir="ltr"' in page
    assert ".rtl" not in page
    assert '<a class="govuk-language-navigation__link" href="/ar/check/" rel="alternate" lang="ar" dir="rtl"' in page


def test_a_mail_runs_from_right_to_left_too_and_its_links_stay_whole() -> None:
    licence = a_holder("Harvest Hands Ltd")
    asked = follows.ask(listing=licence.listing, address="worker@mail.example", language="ar", by=None, at=NOW)
    follows.confirm(asked, by=None, at=NOW)
    licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    jobs.tell_followers(at=NOW)

    letter = Letter.objects.get(template__endswith="changed.html")

    assert '<html lang="ar" dir="rtl">' in paper_words.render(letter)
    said = paper_words.text(letter)
    assert f"\u2068Harvest Hands Ltd\u2069 (\u2068{licence.number}\u2069)" in said
    assert NUMBER.search(said) and not NUMBER.search(ISOLATED.sub("", said))
    assert all("\u2069" not in address for address in re.findall(r"https?://\S+", said))


def test_a_badge_stands_the_other_way_round(client: Client) -> None:
    number = a_holder("Harvest Hands Ltd").number

    arabic, english = (client.get(f"{prefix}/badge/{number}.svg").content.decode() for prefix in ("/ar", ""))

    assert 'direction="rtl"' in arabic and '<text x="318"' in arabic
    assert 'direction="ltr"' in english and '<text x="82"' in english


def test_what_is_typed_may_run_either_way(client: Client) -> None:
    page = client.get("/check/").content.decode()

    assert re.search(r'<input type="text" name="q"[^>]* dir="auto"', page)


def test_the_direction_belongs_to_the_language() -> None:
    assert [direction(code) for code in ("ar", "ur", "en-gb", "cy")] == ["rtl", "rtl", "ltr", "ltr"]
