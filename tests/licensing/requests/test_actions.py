"""What officers do with requests to applicants, and how each of them ends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from licensing import jobs
from licensing.applications.models import Application
from licensing.requests.actions import answering, asking
from licensing.requests.models import InformationRequest
from licensing.requests.rules import GivenItem
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_request, a_request_lapsed, answered, day, later
from tests.people import person

pytestmark = pytest.mark.django_db
QUESTION = GivenItem(text="Send us your agreement.")
AGREEMENT = GivenItem(document="agreement", text="The one that you signed in May.")


def ask(application: Application, **given: Any) -> InformationRequest:
    options = {"items": [QUESTION], "due_on": day(14), "by": person("case_officer"), "at": NOW}
    return asking.ask(application, **{**options, **given})


def refusal_of(step: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def status_of(request: InformationRequest) -> tuple[str, str]:
    """Of the request, and of its application."""
    fresh = InformationRequest.objects.select_related("application").get(pk=request.pk)
    return fresh.status, fresh.application.status


def holder(request: InformationRequest) -> User:
    return stories.holder_of(request.application.organisation)


def newest() -> Letter:
    return Letter.objects.latest("pk")


# --- ask


def test_asking_makes_the_case_wait_for_the_applicant_and_tells_it() -> None:
    application = stories.an_application_being_assessed()

    request = ask(application, items=[QUESTION, AGREEMENT])

    assert status_of(request) == ("open", "awaiting_applicant")
    assert list(request.items.values_list("number", "document", "text").order_by("number")) == [
        (1, "", "Send us your agreement."),
        (2, "agreement", "The one that you signed in May."),
    ]
    letter = Letter.objects.get(template="licensing/letters/asked.html")
    assert (letter.reference, letter.organisation) == (application.reference, application.organisation)
    assert "Send us your agreement." in words.text(letter)
    assert "The one that you signed in May." in words.text(letter)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"items": [GivenItem(text=" ")]}, ["nothing_asked"]),
        ({"items": []}, ["nothing_asked"]),
        ({"items": [QUESTION] * 21}, ["too_many"]),
        ({"items": [GivenItem(document="moonstone")]}, ["unknown_document"]),
        ({"items": [AGREEMENT, AGREEMENT]}, ["asked_already"]),
        ({"due_on": TODAY}, ["due_too_early"]),
        ({"due_on": day(61)}, ["due_too_late"]),
        ({"due_on": TODAY.replace(year=9999)}, ["due_too_late"]),
        ({"items": [], "due_on": day(-1)}, ["nothing_asked", "due_too_early"]),
    ],
)
def test_asking_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    application = stories.an_application_being_assessed()

    assert refusal_of(lambda: ask(application, **given)) == expected


def test_asking_refuses_before_the_case_is_in_hand_and_once_it_is_over() -> None:
    assert refusal_of(lambda: ask(stories.an_application_paid())) == ["wrong_state"]


def test_more_can_be_asked_while_a_request_is_open_but_not_for_the_same_document() -> None:
    application = ask(stories.an_application_being_assessed(), items=[AGREEMENT]).application

    second = ask(application)

    assert status_of(second) == ("open", "awaiting_applicant")
    assert refusal_of(lambda: ask(application, items=[AGREEMENT])) == ["asked_already"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager"])
def test_asking_is_for_case_officers(role: str) -> None:
    with pytest.raises(PermissionDenied):
        ask(stories.an_application_being_assessed(), by=person(role))


# --- remind, extend, withdraw


def test_an_officer_reminds_the_applicant_at_any_time() -> None:
    request = asking.remind(a_request(), by=person("case_officer"), at=later(1))

    assert request.reminded_at == later(1)
    assert newest().subject == "Reminder: we need something from you"


def test_more_time_moves_the_day_and_the_applicant_is_told() -> None:
    request = asking.extend(a_request(), due_on=day(30), by=person("case_officer"), at=later(1))

    assert (request.due_on, status_of(request)) == (day(30), ("open", "awaiting_applicant"))
    assert newest().subject == "You have more time to answer our request"
    assert Event.objects.get(kind="informationrequest", verb="extend").facts["due_on"] == day(30).isoformat()


@pytest.mark.parametrize(("offset", "expected"), [(14, "not_later"), (0, "due_too_early"), (400, "due_too_late")])
def test_more_time_is_a_later_day_that_comes(offset: int, expected: str) -> None:
    request = a_request()

    given = refusal_of(lambda: asking.extend(request, due_on=day(offset), by=person("case_officer"), at=NOW))

    assert given == [expected]


def test_withdrawing_lets_the_case_go_on_and_says_why() -> None:
    request = a_request()

    asking.withdraw_request(request, because="We have it from the register.", by=person("case_officer"), at=NOW)

    assert status_of(request) == ("withdrawn", "assessing")
    assert "We have it from the register." in words.text(newest())
    assert refusal_of(lambda: answered(request)) == ["wrong_state"]


def test_the_case_waits_as_long_as_one_request_is_open() -> None:
    first = a_request()
    second = a_request(first.application)

    asking.withdraw_request(first, because="Not needed.", by=person("case_officer"), at=NOW)
    assert status_of(second) == ("open", "awaiting_applicant")

    answered(second)
    assert status_of(second) == ("answered", "assessing")


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager"])
def test_what_is_done_with_a_request_is_for_case_officers(role: str) -> None:
    request, by = a_request(), person(role)

    steps: list[Callable[[], object]] = [
        lambda: asking.remind(request, by=by, at=NOW),
        lambda: asking.extend(request, due_on=day(30), by=by, at=NOW),
        lambda: asking.withdraw_request(request, because="No.", by=by, at=NOW),
        lambda: asking.refuse_time(request, because="No.", by=by, at=NOW),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


# --- the clock


def test_the_applicant_is_reminded_once_on_the_day_of_the_scheme() -> None:
    request = a_request()
    days = request.terms.remind_days

    assert jobs.remind_of_requests(at=later(14 - days - 1)) == 0
    assert jobs.remind_of_requests(at=later(14 - days)) == 1
    assert jobs.remind_of_requests(at=later(14 - days)) == 0


def test_who_was_asked_for_something_soon_is_not_reminded_of_it() -> None:
    a_request(due_on=day(3))

    assert [jobs.remind_of_requests(at=later(offset)) for offset in range(4)] == [0, 0, 0, 0]


def test_after_more_time_the_reminder_comes_before_the_new_day() -> None:
    request = a_request()
    jobs.remind_of_requests(at=later(10))
    asking.extend(request, due_on=day(30), by=person("case_officer"), at=later(11))

    assert [jobs.remind_of_requests(at=later(offset)) for offset in (12, 24, 25, 26)] == [0, 0, 1, 0]


def test_on_the_day_after_the_request_lapses_and_the_case_goes_on() -> None:
    request = a_request()

    assert jobs.let_requests_lapse(at=later(14)) == 0
    assert jobs.let_requests_lapse(at=later(15)) == 1
    assert jobs.let_requests_lapse(at=later(15)) == 0

    assert status_of(request) == ("lapsed", "assessing")
    assert newest().subject == "You did not answer our request in time"
    assert "We may refuse the application" in words.text(newest())


def test_what_was_not_answered_can_still_be_withdrawn() -> None:
    request = a_request_lapsed()

    asking.withdraw_request(request, because="We have it now.", by=person("case_officer"), at=later(3))

    assert status_of(request) == ("withdrawn", "assessing")


# --- answer


def test_answering_lets_the_case_go_on() -> None:
    request = a_request()

    answered(request, "Here it is.", at=later(2))

    request.refresh_from_db()
    assert status_of(request) == ("answered", "assessing")
    assert (request.items.get().answer, request.answered_by, request.answered_at) == (
        "Here it is.",
        holder(request),
        later(2),
    )


def test_a_part_is_saved_and_the_rest_sent_later() -> None:
    request = a_request(None, QUESTION, GivenItem(text="Who signs it?"))

    answering.save(request, answers={1: "Here it is.", 2: ""}, by=holder(request), at=NOW)
    assert status_of(request) == ("open", "awaiting_applicant")
    assert refusal_of(lambda: answering.answer(request, answers={2: " "}, by=holder(request), at=NOW)) == [
        "nothing_said"
    ]

    answering.answer(request, answers={2: "Our director."}, by=holder(request), at=NOW)

    assert status_of(request) == ("answered", "assessing")
    assert list(request.items.order_by("number").values_list("answer", flat=True)) == ["Here it is.", "Our director."]


def test_what_was_saved_and_emptied_again_is_no_answer() -> None:
    request = a_request()
    answering.save(request, answers={1: "Here it is."}, by=holder(request), at=NOW)

    assert refusal_of(lambda: answered(request, "")) == ["nothing_said"]


def test_a_late_answer_is_taken_until_the_application_is_decided() -> None:
    request = a_request_lapsed()

    answered(request, "Late.", at=later(30))

    request.refresh_from_db()
    assert (request.status, request.answered_at, request.application.status) == ("answered", later(30), "assessing")


def test_answering_nothing_or_twice_is_refused() -> None:
    request = a_request()

    assert refusal_of(lambda: answered(request, " ")) == ["nothing_said"]
    answered(request)
    assert refusal_of(lambda: answered(request, "Again.")) == ["wrong_state"]


def test_only_those_who_act_for_the_applicant_answer() -> None:
    request = a_request()

    for stranger in (person("applicant"), person("case_officer", "applicant")):
        with pytest.raises(Application.DoesNotExist):
            answered(request, by=stranger)
    with pytest.raises(PermissionDenied):
        answered(request, by=person("case_officer"))


# --- more time


def wish(request: InformationRequest, **given: Any) -> InformationRequest:
    options = {"wanted_on": day(30), "because": "Our solicitor is away.", "by": holder(request), "at": NOW}
    return answering.ask_time(request, **{**options, **given})


def test_who_asks_for_more_time_gets_an_answer() -> None:
    request = wish(a_request())
    assert (request.due_on, request.wanted_on) == (day(14), day(30))

    asking.extend(request, due_on=day(21), by=person("case_officer"), at=NOW)

    request.refresh_from_db()
    assert (request.due_on, request.wanted_on, request.wanted_because) == (day(21), None, "")


def test_more_time_can_be_refused_with_a_reason_that_the_applicant_reads() -> None:
    request = wish(a_request())

    asking.refuse_time(request, because="Your licence ends before that.", by=person("case_officer"), at=NOW)

    request.refresh_from_db()
    assert (request.due_on, request.wanted_on, request.status) == (day(14), None, "open")
    assert newest().subject == "We cannot give you more time to answer our request"
    assert "Your licence ends before that." in words.text(newest())
    assert refusal_of(lambda: asking.refuse_time(request, because="No.", by=person("case_officer"), at=NOW)) == [
        "no_wish"
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"wanted_on": day(14)}, ["not_later"]),
        ({"wanted_on": TODAY.replace(year=9999)}, ["due_too_late"]),
        ({"because": " "}, ["no_reason"]),
    ],
)
def test_asking_for_time_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    request = a_request()

    assert refusal_of(lambda: wish(request, **given)) == expected


def test_time_is_asked_for_once_until_it_is_answered() -> None:
    request = wish(a_request())

    assert refusal_of(lambda: wish(request)) == ["wished_already"]


def test_time_is_not_asked_for_once_the_day_has_passed() -> None:
    request = a_request_lapsed()

    assert refusal_of(lambda: wish(request, at=later(2), wanted_on=timezone.localdate(later(30)))) == ["wrong_state"]
