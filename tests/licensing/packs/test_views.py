"""Staff read every version of every scheme, and see what applicants and holders will see, before it is in force."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from licensing.letters.letters import TEMPLATES
from licensing.packs.queries import packs as packs_queries
from licensing.packs.queries.packs import PackStanding
from registry import schemes
from registry.schemes import Scheme
from tests.licensing.decisions.test_views import text_of
from tests.people import person, signed_in
from tests.registry.papers.test_pdf import tool
from tests.registry.schemes.drafts import FIRST, PACKS, SECOND
from tests.stories import SCHEME

# What a pack asks and says is read from files.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/staff/packs/"
TO_COME = f"{LIST}car-wash/{FIRST}/"
NEWEST = [schemes.get(name, schemes.versions(name)[-1]) for name in schemes.names()]
LONGEST = max(NEWEST, key=lambda scheme: len(scheme.form.pages))


@pytest.fixture(autouse=True)
def packs() -> Iterator[None]:
    """Beside the packs of the product, a made-up scheme that is in force only in years to come."""
    with schemes.use([*schemes.PACKS, PACKS]):
        yield


@pytest.fixture
def manager() -> Client:
    return signed_in(person("manager"))


def words(client: Client, address: str) -> str:
    """What the page says, without its markup."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    main = text_of(response).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- the list ---


def test_the_list_says_of_every_version_how_it_stands_and_how_much_is_to_be_confirmed(manager: Client) -> None:
    said = words(manager, LIST)

    for row in packs_queries.packs(today=date(2026, 11, 2)):
        assert f"{row.scheme.name} {row.scheme.version}" in said
        assert f"{row.standing.label}" in said
    assert f"car-wash {SECOND} Hand car wash licensing 1 January 2031 Not yet in force" in said
    assert re.search(rf"{SCHEME} 2012-05-01 .{{20,80}} 1 May 2012 Replaced \d+", said)


@pytest.mark.parametrize(
    ("today", "standings"),
    [
        (date(2029, 12, 31), ["to_come", "to_come"]),
        (date(2030, 1, 1), ["to_come", "in_force"]),
        (date(2030, 12, 31), ["to_come", "in_force"]),
        (date(2031, 1, 1), ["in_force", "replaced"]),
    ],
)
def test_a_version_is_in_force_from_its_day_until_the_eve_of_the_next(today: date, standings: list[str]) -> None:
    found = [row.standing for row in packs_queries.packs(today=today) if row.scheme.name == "car-wash"]

    assert found == [PackStanding(one) for one in standings]


def test_a_pack_whose_law_is_still_to_be_made_is_marked_a_draft(manager: Client) -> None:
    said = words(manager, LIST)

    drafts = [row for row in packs_queries.packs(today=date(2026, 11, 2)) if row.scheme.is_draft]
    assert 0 < len(drafts) == said.count(" Draft ")


# --- one version ---


@pytest.mark.parametrize("scheme", NEWEST, ids=str)
def test_a_version_shows_all_that_it_tests_asks_charges_and_says(manager: Client, scheme: Scheme) -> None:
    said = words(manager, f"{LIST}{scheme.name}/{scheme.version}/")

    parts: list[Any] = [*scheme.standards, *scheme.checks, *scheme.triggers, *scheme.letters, *scheme.form.pages]
    for part in parts:
        assert escape(str(part.title)) in said
    for by_band in scheme.fees.amounts.values():
        assert all(f"£{amount:,}" in said for amount in by_band.values())
    for key, why in schemes.to_review(scheme):
        assert key in said and escape(why) in said


def test_conditions_are_in_words(manager: Client) -> None:
    said = words(manager, TO_COME)

    assert "Which basins? Only if “Do you use acid?” is answered “Yes”." in said
    assert "A list, one page for each: basin; at most 5." in said
    assert "At least 1, if the answer to “Turnover” is £50,000 or more." in said
    assert "“Do you use acid?” is answered “Yes” or the answer to “Work” includes “Valeting”" in said
    assert "a check on the application came back adverse" in said


def test_a_version_says_what_is_new_in_it(manager: Client) -> None:
    said = words(manager, f"{LIST}car-wash/{SECOND}/")

    assert "What is new since 1 January 2030" in said
    assert "fees › amounts › application › small 12.50 15.00" in said
    assert "What is new since" not in words(manager, TO_COME), "the first version follows none"


def test_any_two_versions_are_shown_side_by_side(manager: Client) -> None:
    assert "/staff/packs/compare/" in text_of(manager.get(LIST))

    said = words(manager, f"{LIST}compare/?old=car-wash/{FIRST}&new=car-wash/{SECOND}")
    back = words(manager, f"{LIST}compare/?old=car-wash/{SECOND}&new=car-wash/{FIRST}")
    same = words(manager, f"{LIST}compare/?old=car-wash/{FIRST}&new=car-wash/{FIRST}")
    two = words(manager, f"{LIST}compare/?old=car-wash/{FIRST}&new={SCHEME}/2012-05-01")

    assert f"car-wash {FIRST} and car-wash {SECOND} side by side" in said
    assert "fees › amounts › application › small 12.50 15.00" in said
    assert "fees › amounts › application › small 15.00 12.50" in back
    assert "The two versions say the same." in same
    assert "Hand car wash licensing Gangmasters licensing" in two


@pytest.mark.parametrize("asked", ["", "?old=nowhere/2020-01-01", "?old=&new=car-wash"])
def test_without_two_versions_the_newest_two_are_compared(manager: Client, asked: str) -> None:
    first, second = [row.scheme for row in packs_queries.packs(today=date(2026, 11, 2))][:2]

    assert f"{second} and {first} side by side" in words(manager, f"{LIST}compare/{asked}")


# --- how it will look ---


def test_every_page_of_the_form_is_drawn_with_every_question_and_nothing_to_send(manager: Client) -> None:
    for page in LONGEST.form.pages:
        answer = manager.get(reverse("preview_page", args=[LONGEST.name, LONGEST.version, page.slug]))
        drawn = text_of(answer)
        main = drawn.partition("<main")[2]

        assert answer.status_code == 200
        assert escape(str(page.title)) in main and escape(str(page.why)) in main
        named = [f'value="{one.key}"' if one.tick else f'name="{one.key}' for one in page.asked]
        assert all(name in main for name in named), page.slug
        assert all(escape(str(question.tick or question.label)) in main for question in page.questions)
        assert "<form" not in main and 'class="govuk-fieldset" disabled' in main


def test_a_question_says_what_calls_for_it_as_applicants_read_it_and_from_other_pages_too(manager: Client) -> None:
    business, basins = words(manager, f"{TO_COME}form/business/"), words(manager, f"{TO_COME}form/basins/")

    assert "Only if “Status” is answered “Company”." in business
    assert "Only if “Do you use acid?” is answered “Yes”." in basins
    assert "A list, one page for each: basin; at most 5." in basins


def test_a_page_leads_to_the_one_before_and_the_next_whatever_the_answers(manager: Client) -> None:
    page = text_of(manager.get(f"{TO_COME}form/director/"))

    assert f'href="{TO_COME}form/work/"' in page
    assert f'href="{TO_COME}form/basins/"' in page


@pytest.mark.parametrize(("scheme", "language"), list(zip(NEWEST, ["/cy", ""], strict=True)), ids=str)
def test_every_letter_is_shown_with_sample_facts_and_the_wording_of_the_version(
    manager: Client, scheme: Scheme, language: str
) -> None:
    spoken = language.strip("/") or "en"
    for letter in scheme.letters:
        said = words(manager, f"{language}{LIST}{scheme.name}/{scheme.version}/letters/{letter.code}/")

        assert escape(schemes.said(letter.title, spoken)) in said
        assert all(escape(schemes.said(one, spoken)) in said for one in (*letter.paragraphs, *letter.law))
        assert "Sample Labour Ltd" in said
        assert "None" not in said


def test_what_a_letter_says_besides_its_wording_is_filled_with_samples(manager: Client) -> None:
    grant = words(manager, f"{TO_COME}letters/decision_grant_with_conditions/")
    refusal = words(manager, f"{TO_COME}letters/decision_refuse/")
    receipt = words(manager, f"{TO_COME}letters/application_received/")

    assert "Licence number SAMP0000" in grant
    assert "Valid until the end of 30 June 2030" in grant
    assert "This is where the corrective action goes." in grant
    assert "This is where the corrective action goes." not in refusal
    assert "This is where the reasons go." in refusal
    assert "£12.50" in receipt or "£100" in receipt
    assert {"decision_grant_with_conditions", "decision_refuse", "application_received"} <= TEMPLATES.keys()


def test_every_letter_that_the_product_sends_is_drawn_in_the_frame_in_which_it_is_sent() -> None:
    for code, template in TEMPLATES.items():
        path = Path("licensing/templates/licensing/letters") / f"{template}.html"
        assert path.exists(), code


def test_the_certificate_is_a_paper_that_says_that_it_is_none(manager: Client, tmp_path: Path) -> None:
    answer = manager.get(f"{TO_COME}certificate/")
    again = manager.get(f"{TO_COME}certificate/")
    paper = tmp_path / "preview.pdf"
    paper.write_bytes(answer.content)

    said = tool("pdftotext", paper, "-").stdout
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content == again.content
    assert "Preview: this is not a licence" in said
    assert said.count("\f") == 1, "one page"
    assert 'filename="car-wash-2030-01-01-preview.pdf"' in answer.headers["Content-Disposition"]


# --- who, and what is not there ---


@pytest.mark.parametrize("role", ["case_officer", "decision_maker", "manager", "auditor"])
def test_whoever_works_by_a_pack_may_read_it(role: str) -> None:
    client = signed_in(person(role))

    assert client.get(TO_COME).status_code == 200
    assert LIST in text_of(client.get("/staff/"))


@pytest.mark.parametrize("role", ["applicant", "inspector", "partner_agency"])
def test_others_may_not(role: str) -> None:
    assert signed_in(person(role)).get(TO_COME).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "car-wash/2030-01-02/",
        "car-wash/tomorrow/",
        "nail-bars/2030-01-01/",
        f"car-wash/{FIRST}/form/nothing/",
        f"car-wash/{FIRST}/letters/nothing/",
        "car-wash/2030-02-30/certificate/",
    ],
)
def test_what_no_pack_has_is_not_found(manager: Client, address: str) -> None:
    assert manager.get(LIST + address).status_code == 404


def test_a_preview_asks_the_database_only_who_is_looking(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (LIST, TO_COME, f"{TO_COME}form/work/", f"{TO_COME}letters/request/"):
        with django_assert_max_num_queries(5):
            manager.get(address)
