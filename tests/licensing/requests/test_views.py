"""The pages of a request: officers ask, remind, give time and withdraw; applicants answer item by item and ask for time."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from licensing.decisions.models.decisions import Decision
from licensing.messages import actions as messages
from licensing.messages.models import Message
from licensing.requests.actions import answering, asking
from licensing.requests.models import InformationRequest
from licensing.requests.rules import GivenItem
from registry.errors import Refused
from registry.letters.models import Letter
from tests import stories
from tests.conftest import NOW
from tests.licensing.applications.test_views_documents import chosen
from tests.licensing.stories import TODAY, a_request, a_request_lapsed, an_application_checked, answered, day
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def officer() -> Client:
    return signed_in(person("case_officer"))


def applicant(request: InformationRequest) -> Client:
    return signed_in(stories.holder_of(request.application.organisation))


def a_day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def case_page(request: InformationRequest, by: Client | None = None) -> str:
    return text_of((by or officer()).get(reverse("application", args=[request.application.reference])))


def answer_address(request: InformationRequest, name: str = "answer_request") -> str:
    return reverse(name, args=[request.application.reference, request.reference])


# --- the officer


def test_items_are_added_one_by_one_without_losing_what_was_typed() -> None:
    address = reverse("ask_applicant", args=[stories.an_application_being_assessed().reference])
    by, first = officer(), {"rows": "1", "item-0-text": "Who signs?", **a_day("due_on", day(7))}

    more = text_of(by.post(address, {**first, "more": "1"}))
    assert "Who signs?</textarea>" in more and 'name="item-1-text"' in more
    assert not InformationRequest.objects.exists()

    by.post(address, {**first, "rows": "2", "item-1-document": "agreement"})

    request = InformationRequest.objects.get()
    assert list(request.items.order_by("number").values_list("text", "document")) == [
        ("Who signs?", ""),
        ("", "agreement"),
    ]


def test_the_page_offers_the_usual_day_and_names_the_longest() -> None:
    page = text_of(officer().get(reverse("ask_applicant", args=[stories.an_application_being_assessed().reference])))

    assert "The usual time is 14 days, the longest 60." in page
    assert f'value="{day(14).day}"' in page


def test_each_request_on_the_case_page_has_what_may_be_done_with_it() -> None:
    request = a_request()

    page = case_page(request)

    for name in ("remind_request", "extend_request", "withdraw_request"):
        assert reverse(name, args=[request.reference]) in page
    assert reverse("refuse_time_request", args=[request.reference]) not in page
    answering.ask_time(
        request, wanted_on=day(30), because="Away.", by=stories.holder_of(request.application.organisation), at=NOW
    )
    assert reverse("refuse_time_request", args=[request.reference]) in case_page(request)
    assert "the applicant asked for time until 2 December 2026" in case_page(request)


def test_an_officer_gives_the_day_that_the_applicant_asks_for() -> None:
    request = a_request()
    by = stories.holder_of(request.application.organisation)
    answering.ask_time(request, wanted_on=day(30), because="Our solicitor is away.", by=by, at=NOW)
    address = reverse("extend_request", args=[request.reference])

    page = text_of(officer().get(address))
    assert "Our solicitor is away." in page and f'value="{day(30).day}"' in page
    assert officer().post(address, a_day("due_on", day(30))).status_code == 302

    request.refresh_from_db()
    assert request.due_on == day(30)


def test_who_sends_a_step_from_an_old_page_is_told_what_has_changed() -> None:
    request = a_request()
    address = reverse("withdraw_request", args=[request.reference])
    by = officer()
    old = by.get(address).context["form"].page_version
    asking.extend(request, due_on=day(30), by=person("case_officer", name="Other Officer"), at=NOW)

    page = by.post(address, {"because": "Not needed.", "version": old})

    assert page.status_code == 409
    assert "More time given" in text_of(page) and "Other Officer" in text_of(page)
    request.refresh_from_db()
    assert request.status == "open"


def test_what_is_saved_and_not_sent_is_the_applicants_own() -> None:
    request = a_request()
    by = stories.holder_of(request.application.organisation)
    answering.save(request, answers={1: "Half of it."}, by=by, at=NOW)

    assert "Half of it." not in case_page(request)

    answered(request, "All of it.")
    assert "All of it." in case_page(request)


def test_other_roles_see_requests_and_can_do_nothing_with_them() -> None:
    request = a_request()

    page = case_page(request, signed_in(person("decision_maker")))

    assert request.reference in page
    assert reverse("remind_request", args=[request.reference]) not in page


# --- a refusal for want of reply


def test_an_unanswered_request_is_the_evidence_of_a_refusal() -> None:
    request = a_request_lapsed(an_application_checked())
    offered = reverse("propose_refuse", args=[request.application.reference]) + f"?unanswered={request.reference}"
    assert offered in case_page(request)
    assert f"did not answer {request.reference} in time" in case_page(request)
    by = officer()

    form = by.get(offered).context["form"]
    filled = {
        "rows": "1",
        "because": "We cannot decide without it.",
        "ground-0-standard": form["ground-0-standard"].value(),
        "ground-0-text": form["ground-0-text"].value(),
        "ground-0-exhibits": form["ground-0-exhibits"].value(),
    }
    assert by.post(offered, filled).status_code == 302

    ground = Decision.objects.get().grounds.get()
    assert ground.standard == "1.1"
    exhibit = ground.exhibits.get()
    assert (exhibit.kind, exhibit.request) == ("request", request)
    assert "Send us your agreement with the farms." in exhibit.text


def test_what_was_answered_late_is_no_evidence_of_silence() -> None:
    request = answered(a_request_lapsed(an_application_checked()))
    offered = reverse("propose_refuse", args=[request.application.reference]) + f"?unanswered={request.reference}"

    form = officer().get(offered).context["form"]

    assert offered not in case_page(request)
    assert form["ground-0-text"].value() is None


def test_while_a_request_is_open_a_refusal_is_proposed_and_a_grant_is_not() -> None:
    page = case_page(a_request(an_application_checked()))

    request = InformationRequest.objects.get()
    assert f'href="{reverse("propose_refuse", args=[request.application.reference])}"' in page
    assert f'href="{reverse("propose_grant", args=[request.application.reference])}"' not in page


# --- a promise in a message


def test_a_message_that_gives_more_time_moves_the_day() -> None:
    request = a_request()
    address = reverse("write_to_applicant", args=[request.application.reference])

    officer().post(address, {"text": "Monday is in time.", "extends": request.reference, **a_day("until", day(21))})

    request.refresh_from_db()
    assert request.due_on == day(21)
    assert Message.objects.get().text == "Monday is in time."
    assert {str(one.subject) for one in Letter.objects.order_by("-pk")[:2]} == {
        "You have more time to answer our request",
        "There is a message about your application",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"until": day(21)}, "no_request"),
        ({"extends": "request"}, "no_day"),
        ({"extends": "R-0000-0000", "until": day(21)}, "unknown_request"),
        ({"extends": "request", "until": day(7)}, "not_later"),
        ({"extends": "request", "until": TODAY.replace(year=9999)}, "due_too_late"),
    ],
)
def test_half_a_promise_sends_nothing(given: dict[str, Any], expected: str) -> None:
    request = a_request()
    given = {key: request.reference if value == "request" else value for key, value in given.items()}

    with pytest.raises(Refused) as refused:
        messages.reply(request.application, text="Yes.", **given, by=person("case_officer"), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == [expected]
    assert not Message.objects.exists()


def test_nothing_is_said_of_more_time_where_nothing_is_asked() -> None:
    address = reverse("write_to_applicant", args=[stories.an_application_being_assessed().reference])

    assert 'name="extends"' not in text_of(officer().get(address))


# --- the applicant


def test_the_applicant_reads_what_is_asked_by_when_and_what_follows() -> None:
    request = a_request(None, GivenItem(text="Who signs?"), GivenItem(document="agreement"))

    page = text_of(applicant(request).get(answer_address(request)))

    assert "Who signs?" in page and "16 November 2026" in page
    assert "If you do not answer in time, we decide on what we have." in page
    assert "2 answers are missing." in page
    assert answer_address(request, "ask_more_time") in page


def test_the_applicant_saves_a_part_with_its_file_and_sends_the_rest_later() -> None:
    request = a_request(None, GivenItem(text="Who signs?"), GivenItem(document="agreement"))
    by, address = applicant(request), answer_address(request)

    saved = by.post(address, {"answer_1": "", "files_2": [chosen("lease.jpg")], "save": "1"})
    assert (saved.status_code, saved["Location"]) == (302, address)
    page = text_of(by.get(address))
    assert "1 answer is missing." in page and "lease.jpg" in page

    assert by.post(address, {"answer_1": "Our director.", "answer_2": ""}).status_code == 302
    request.refresh_from_db()
    assert request.status == "answered"


def test_what_is_missing_is_said_beside_the_item() -> None:
    request = a_request(None, GivenItem(text="Who signs?"), GivenItem(text="Since when?"))

    page = applicant(request).post(answer_address(request), {"answer_1": "Our director.", "answer_2": ""})

    assert page.status_code == 422
    assert page.context["form"].errors == {"answer_2": ["Write your answer, or upload a file."]}


def test_the_applicant_asks_for_more_time_and_sees_that_it_waits() -> None:
    request = a_request()
    by = applicant(request)

    by.post(answer_address(request, "ask_more_time"), {"because": "Away.", **a_day("wanted_on", day(30))})

    page = text_of(by.get(answer_address(request)))
    assert "You have asked for time until 2 December 2026." in page
    assert answer_address(request, "ask_more_time") not in page


def test_after_the_day_the_applicant_reads_what_happens_now_and_can_still_answer() -> None:
    request = a_request_lapsed()
    by = applicant(request)

    status = text_of(by.get(reverse("application_tasks", args=[request.application.reference])))
    assert "You did not answer by 3 November 2026." in status
    page = text_of(by.get(answer_address(request)))
    assert "You can still answer until we decide." in page
    assert by.post(answer_address(request), {"answer_1": "Late."}).status_code == 302


def test_a_request_of_another_applicant_is_not_found() -> None:
    request, other = a_request(), signed_in(person("applicant"))

    for name in ("answer_request", "ask_more_time"):
        assert other.get(answer_address(request, name)).status_code == 404
