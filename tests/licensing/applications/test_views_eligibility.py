"""Do I need a licence: asked of anyone, kept by nobody, carried into an application."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from licensing.applications.forms.applicant import as_query
from licensing.applications.models import Application
from licensing.applications.queries import eligibility as eligibility_queries
from registry import schemes
from registry.schemes import paths
from registry.schemes.eligibility import EligibilityResult
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.schemes.test_eligibility import TO_SUPPLY, asked_of
from tests.stories import SCHEME, a_provider

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HERE = f"/do-i-need-a-licence/{SCHEME}/"
ANSWERS = {
    key: TO_SUPPLY[key]
    for key in (
        "covered_work", "sectors", "work_in_uk", "countries_supplied", "acts_as", "legal_status", "farmer_case", "agriculture_case",
    )
}  # fmt: skip


def address(page: str, answers: Mapping[str, Any]) -> str:
    return f"{HERE}{page}/?{urlencode(list(as_query(answers)))}"


def each_ending(scheme: str) -> Iterator[tuple[EligibilityResult, Mapping[str, Any]]]:
    """For every ending of the version of today, answers that lead there."""
    eligibility = asked_of(schemes.in_force(scheme, NOW.date()))
    reached = paths.reach(eligibility)
    yield from ((ending, reached.endings[ending.code]) for ending in eligibility.endings)


def test_it_is_found_from_the_start_page_and_from_the_door_of_applicants(client: Client) -> None:
    assert 'href="/do-i-need-a-licence/"' in client.get("/").content.decode()
    assert 'href="/do-i-need-a-licence/"' in client.get("/apply/").content.decode()
    assert f'href="{HERE}"' in client.get("/do-i-need-a-licence/").content.decode()


def test_answering_page_by_page_leads_to_the_check_and_the_result(client: Client) -> None:
    page = client.get(client.get(HERE).context["start"])
    for key, value in ANSWERS.items():
        assert page.status_code == 200
        assert page.context["form"].asked.name == key
        page = client.get(page.request["PATH_INFO"], typed(page, key, value), follow=True)

    assert page.request["PATH_INFO"] == f"{HERE}check-answers/"
    assert len(page.context["rows"]) == len(ANSWERS)
    words = client.get(page.context["result"]).content.decode()
    assert "You need a licence" in words
    assert "Answered on 2 November 2026 at 10am, by the rules of 7 April 2026" in words
    assert not client.cookies


def typed(page: Any, key: str, value: Any) -> dict[str, Any]:
    """What a browser sends: the hidden inputs, the answer, and the button."""
    sent: dict[str, Any] = {"answer": "1"}
    for name, text in [*page.context["others"], *as_query({key: value})]:
        sent.setdefault(name, []).append(text)
    return sent


@pytest.mark.parametrize("scheme", schemes.names())
def test_every_ending_says_why_and_on_what_it_rests_in_both_languages(client: Client, scheme: str) -> None:
    for ending, answers in each_ending(scheme):
        for prefix, language in (("", "en"), ("/cy", "cy")):
            query = urlencode(list(as_query(answers)))
            page = client.get(f"{prefix}/do-i-need-a-licence/{scheme}/result/?{query}")
            assert page.context["says"] == ending.says
            assert page.context["because"] == ending.because[language]
            assert page.context["law"] == ending.law[language]
            assert ("/apply/start/" in page.context["apply"]) and (f"scheme={scheme}" in page.context["apply"])


def test_a_draft_says_that_no_law_asks_for_it(client: Client) -> None:
    draft = next(name for name in schemes.names() if schemes.in_force(name, NOW.date()).is_draft)
    _ending, answers = next((one, how) for one, how in each_ending(draft) if one.says == "needed")

    words = client.get(f"/do-i-need-a-licence/{draft}/result/?{urlencode(list(as_query(answers)))}").content.decode()

    assert "You would need a licence" in words
    assert "no law asks for this licence yet" in words


def test_nothing_chosen_is_told_and_what_was_answered_before_is_kept(client: Client) -> None:
    page = client.get(address("sectors", {"covered_work": "covered"}) + "&answer=1")

    words = page.content.decode()
    assert page.status_code == 422
    assert "There is a problem" in words
    assert '<input type="hidden" name="covered_work" value="covered">' in words


@pytest.mark.parametrize(
    "nonsense", ["covered_work=<script>", "sectors=nowhere", "work_in_uk=maybe", "x=%00", "answer=1"]
)
def test_nonsense_in_the_address_is_no_answer(client: Client, nonsense: str) -> None:
    page = client.get(f"{HERE}result/?{nonsense}", follow=True)

    assert page.request["PATH_INFO"] == f"{HERE}work/"
    assert "<script>" not in page.content.decode()


def test_a_page_that_the_answers_do_not_call_for_leads_to_the_one_that_they_do(client: Client) -> None:
    assert client.get(address("specialists", {"covered_work": "covered"}))["Location"] == address(
        "sectors", {"covered_work": "covered"}
    )
    assert client.get(address("result", {"covered_work": "covered"}))["Location"] == address(
        "sectors", {"covered_work": "covered"}
    )


def test_back_leads_to_the_question_before_and_keeps_every_answer(client: Client) -> None:
    page = client.get(address("where", ANSWERS))

    assert page.context["back"] == address("sectors", ANSWERS)
    assert client.get(address("work", ANSWERS)).context["back"].startswith(f"{HERE}?")


def test_changing_an_answer_leads_back_to_the_check_unless_something_new_is_asked(client: Client) -> None:
    page = client.get(address("who", ANSWERS))

    same = client.get(page.request["PATH_INFO"], typed(page, "legal_status", "other"))
    asked_more = client.get(page.request["PATH_INFO"], typed(page, "legal_status", "company"))

    assert same["Location"].startswith(f"{HERE}check-answers/")
    assert asked_more["Location"].startswith(f"{HERE}group/")


def test_a_scheme_that_does_not_say_who_needs_its_licence_is_not_there(client: Client) -> None:
    assert client.get("/do-i-need-a-licence/nowhere/").status_code == 404


def test_asking_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    for page in ("work", "check-answers", "result"):
        with django_assert_num_queries(0):
            client.get(address(page, ANSWERS))


# --- into the application ---


def test_who_is_signed_out_comes_back_to_the_application_with_the_answers(client: Client) -> None:
    way = client.get(address("result", ANSWERS)).context["apply"]

    answer = client.get(way)

    assert answer.status_code == 302
    assert "%26sectors%3Dagriculture" in answer["Location"]


def test_what_the_form_asks_too_is_filled_in_and_waits_to_be_saved() -> None:
    applicant = person("applicant")
    client = signed_in(applicant)
    way = f"/apply/start/?{urlencode([('scheme', SCHEME), *as_query(ANSWERS)])}"

    assert "will be filled in" in client.get(way).content.decode()
    client.post(way, {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": "Dyffryn Labour Ltd"})

    application = Application.objects.get()
    begun = {key: value for answer in application.answers.all() for key, value in answer.data.items()}
    assert begun == {"sectors": ["agriculture"], "countries_supplied": ["england"], "legal_status": "sole_trader"}
    assert not any(application.answers.values_list("is_complete", flat=True))
    page = client.get(f"/apply/{application.reference}/legal-status/").content.decode()
    assert 'value="sole_trader" ' in page
    assert "checked" in page


def test_what_the_file_of_the_organisation_says_goes_before_what_was_answered() -> None:
    applicant = person("applicant")
    organisation = a_provider("Dyffryn Labour Ltd", by=applicant)
    organisation.legal_status = "company"
    organisation.save(update_fields=["legal_status"])
    way = f"/apply/start/?{urlencode([('scheme', SCHEME), *as_query(ANSWERS)])}"

    signed_in(applicant).post(way, {"scheme": SCHEME, "organisation": organisation.reference})

    answers = Application.objects.get().answers.order_by("page")
    assert {"legal_status": "company"} in [answer.data for answer in answers]


def test_nonsense_is_not_carried_into_an_application() -> None:
    client = signed_in(person("applicant"))

    client.post(
        "/apply/start/?scheme=nowhere&sectors=agriculture",
        {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": "Dyffryn Labour Ltd"},
    )

    assert Application.objects.get().answers.count() == 0


def test_the_rules_of_the_day_are_asked(client: Client) -> None:
    assert timezone.localdate() == NOW.date()
    assert client.get(HERE).context["version"] == schemes.in_force(SCHEME, NOW.date()).version


def test_rules_that_a_later_version_has_not_changed_are_said_to_be_as_old_as_they_are() -> None:
    assert eligibility_queries.asked_since(schemes.get("construction", date(2027, 4, 6))) == date(2026, 10, 1)
    assert eligibility_queries.asked_since(schemes.get(SCHEME, date(2026, 4, 7))) > date(2012, 5, 1)
