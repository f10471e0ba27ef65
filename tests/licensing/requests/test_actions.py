from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from licensing.applications.models import Application
from licensing.requests import actions as requests
from licensing.requests.models import InformationRequest
from registry.errors import Refused
from registry.letters.models import Letter
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_request, day, later
from tests.people import person

pytestmark = pytest.mark.django_db


def ask(application: Application, **given: Any) -> InformationRequest:
    options = {"question": "Send us your agreement.", "due_on": day(14), "by": person("case_officer"), "at": NOW}
    return requests.ask(application, **{**options, **given})


def refusal_of(step: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


# --- ask


def test_asking_makes_the_case_wait_for_the_applicant_and_tells_it() -> None:
    application = stories.an_application_being_assessed()

    request = ask(application)

    application.refresh_from_db()
    assert application.status == "awaiting_applicant"
    assert (request.question, request.due_on, request.answered_at) == ("Send us your agreement.", day(14), None)
    letter = Letter.objects.get(template="licensing/letters/asked.html")
    assert (letter.reference, letter.organisation) == (application.reference, application.organisation)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"question": " "}, ["nothing_asked"]),
        ({"due_on": TODAY}, ["due_too_early"]),
        ({"question": "", "due_on": day(-1)}, ["nothing_asked", "due_too_early"]),
    ],
)
def test_asking_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    application = stories.an_application_being_assessed()

    assert refusal_of(lambda: ask(application, **given)) == expected


def test_asking_refuses_before_the_case_is_in_hand_and_while_the_applicant_is_asked() -> None:
    assert refusal_of(lambda: ask(stories.an_application_paid())) == ["wrong_state"]
    assert refusal_of(lambda: ask(a_request().application)) == ["asked_already"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager"])
def test_asking_is_for_case_officers(role: str) -> None:
    with pytest.raises(PermissionDenied):
        ask(stories.an_application_being_assessed(), by=person(role))


def test_the_database_keeps_one_open_request_for_each_application() -> None:
    request = a_request()

    with pytest.raises(IntegrityError), transaction.atomic():
        InformationRequest.objects.create(
            reference="R-2",
            application=request.application,
            question="And?",
            asked_by=request.asked_by,
            asked_at=NOW,
            due_on=day(3),
        )


# --- answer


def test_answering_lets_the_case_go_on() -> None:
    request = a_request()
    holder = stories.holder_of(request.application.organisation)

    requests.answer(request, answer="Here it is.", by=holder, at=later(2))

    request.refresh_from_db()
    assert request.application.status == "assessing"
    assert (request.answer, request.answered_by, request.answered_at) == ("Here it is.", holder, later(2))


def test_an_answer_after_the_day_asked_for_is_taken() -> None:
    request = a_request()

    requests.answer(request, answer="Late.", by=stories.holder_of(request.application.organisation), at=later(30))

    request.refresh_from_db()
    assert request.answered_at == later(30)


def test_answering_nothing_is_refused() -> None:
    request = a_request()
    holder = stories.holder_of(request.application.organisation)

    assert refusal_of(lambda: requests.answer(request, answer=" ", by=holder, at=NOW)) == ["nothing_said"]


def test_answering_twice_is_refused() -> None:
    request = a_request()
    holder = stories.holder_of(request.application.organisation)
    requests.answer(request, answer="Here it is.", by=holder, at=NOW)

    found = refusal_of(lambda: requests.answer(request, answer="Again.", by=holder, at=NOW))

    assert found == ["wrong_state", "answered_before"]


def test_only_those_who_act_for_the_applicant_answer() -> None:
    request = a_request()

    for stranger in (person("applicant"), person("case_officer", "applicant")):
        with pytest.raises(Application.DoesNotExist):
            requests.answer(request, answer="It is fine.", by=stranger, at=NOW)
    with pytest.raises(PermissionDenied):
        requests.answer(request, answer="It is fine.", by=person("case_officer"), at=NOW)
