"""The page and the endpoint of deciding are two faces of one action: they answer alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_refusal_proposed,
    a_revocation_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: a status in words, and everything that was said."""

    outcome: str
    said: str


def numbers(decision: Decision) -> list[int]:
    return list(decision.grounds.values_list("number", flat=True)) if decision.pk else []


def by_page(client: Client, decision: Decision, from_day: date | None) -> Answer:
    typed = {f"from_day_{part}": str(getattr(from_day, part)) for part in ("day", "month", "year")} if from_day else {}
    typed |= {"because": "For these reasons."}
    for number in numbers(decision):
        typed |= {f"upheld_{number}": "yes", f"concluded_{number}": "It holds."}
    response = client.post(f"/staff/decisions/{decision.reference}/decide/", typed)
    outcome = {302: "done", 422: "refused", 403: "forbidden", 404: "not found"}[response.status_code]
    return Answer(outcome, response.content.decode())


def by_api(client: Client, decision: Decision, from_day: date | None) -> Answer:
    body = {
        "because": "For these reasons.",
        "conclusions": [{"number": one, "upheld": True, "because": "It holds."} for one in numbers(decision)],
        "from_day": from_day.isoformat() if from_day else None,
    }
    response = client.post(
        f"/api/v1/staff/decisions/{decision.reference}/decide", body, content_type="application/json"
    )
    outcome = {200: "done", 409: "refused", 403: "forbidden", 404: "not found"}[response.status_code]
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == "application/problem+json"
    return Answer(outcome, " ".join(reason["text"] for reason in response.json().get("reasons", [])))


FACES: dict[str, Callable[[Client, Decision, date | None], Answer]] = {"page": by_page, "api": by_api}


@pytest.fixture(params=sorted(FACES))
def decide(request: pytest.FixtureRequest) -> Callable[..., Answer]:
    def through(decision: Decision, *, by: User, from_day: date | None = None) -> Answer:
        return FACES[request.param](signed_in(by), decision, from_day)

    return through


def test_a_grant_is_taken(decide: Callable[..., Answer]) -> None:
    decision, decider = a_grant_proposed(), person("decision_maker")

    assert decide(decision, by=decider, from_day=day(3)).outcome == "done"

    decision.refresh_from_db()
    assert (decision.status, decision.decided_by, decision.starts) == ("decided", decider, day(3))


def test_a_refusal_is_taken_and_has_no_day(decide: Callable[..., Answer], set_clock: SetClock) -> None:
    decision = notified(a_refusal_proposed())
    decider = person("decision_maker")
    set_clock(later(15))

    assert decide(decision, by=decider).outcome == "done"

    decision.refresh_from_db()
    assert decision.application and decision.application.status == "refused"


def proposed_by_the_decider(decider: User) -> Decision:
    return a_grant_proposed(by=decider)


def assessed_by_the_decider(decider: User) -> Decision:
    return a_grant_proposed(an_application_checked(stories.an_application_being_assessed(case_officer=decider)))


def inspected_by_the_decider(decider: User) -> Decision:
    application = an_application_checked()
    return a_grant_proposed(application, inspections=[an_inspection_of(application, inspector=decider)])


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (proposed_by_the_decider, "You proposed this decision, so someone else must take it."),
        (assessed_by_the_decider, "You assessed this application, so someone else must take this decision."),
        (inspected_by_the_decider, "You inspected this business, so someone else must take this decision."),
        (lambda decider: a_refusal_proposed(), "The subject has not been notified"),
        (lambda decider: notified(a_refusal_proposed()), "The subject may still reply."),
        (lambda decider: decided(a_grant_proposed()), "something else has happened in the meantime"),
    ],
)
def test_the_same_is_refused_in_the_same_words(
    decide: Callable[..., Answer], story: Callable[[User], Decision], said: str
) -> None:
    decider = person("decision_maker", "case_officer", "inspector")
    decision = story(decider)
    status = decision.status

    answer = decide(decision, by=decider, from_day=None if decision.kind == "refuse" else TODAY)

    assert answer.outcome == "refused"
    assert said in answer.said
    decision.refresh_from_db()
    assert decision.status == status


@pytest.mark.parametrize(
    ("from_day", "said"), [(day(-1), "at the earliest"), (day(30), "at the latest"), (day(400), "at the latest")]
)
def test_a_day_that_cannot_be_is_refused(decide: Callable[..., Answer], from_day: date, said: str) -> None:
    decision = notified(a_revocation_proposed())

    answer = decide(decision, by=person("decision_maker"), from_day=from_day)

    assert answer.outcome == "refused"
    assert said in answer.said


@pytest.mark.parametrize("role", ["applicant", "case_officer", "inspector", "manager", "auditor"])
def test_others_may_not(decide: Callable[..., Answer], role: str) -> None:
    decision = a_grant_proposed()

    assert decide(decision, by=person(role), from_day=TODAY).outcome == "forbidden"


def test_a_decision_that_is_not_there_is_not_found(decide: Callable[..., Answer]) -> None:
    assert decide(Decision(reference="D-0000-0000"), by=person("decision_maker"), from_day=TODAY).outcome == "not found"


# --- the endpoints alone


def moves_of(decision: Decision, by: User) -> dict[str, Any]:
    response = signed_in(by).get(f"/api/v1/staff/decisions/{decision.reference}/moves")
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return {move["name"]: [reason["code"] for reason in move["reasons"]] for move in body["moves"]}


def test_the_moves_are_those_of_the_person_with_the_reasons_of_the_rule() -> None:
    decision = a_refusal_proposed()

    assert moves_of(decision, person("decision_maker")) == {
        "notify": [],
        "decide": ["not_notified"],
        "decide_otherwise": [],
        "return": [],
        "ask_advice": [],
        "disagree": [],
        "add_to_file": [],
    }
    assert moves_of(decision, person("case_officer")) == {"notify": [], "supplement": [], "drop": [], "add_to_file": []}
    assert moves_of(decision, person("auditor")) == {}


def test_the_moves_are_for_those_who_see_decisions() -> None:
    decision = notified(a_refusal_proposed())
    holder = stories.holder_of(decision.organisation)

    response = signed_in(holder).get(f"/api/v1/staff/decisions/{decision.reference}/moves")

    assert response.status_code == 403


def test_deciding_needs_the_token_against_forgery() -> None:
    decision, decider = a_grant_proposed(), person("decision_maker")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = signed_in(decider).cookies

    response = forged.post(
        f"/api/v1/staff/decisions/{decision.reference}/decide", {"from_day": None}, content_type="application/json"
    )

    assert response.status_code == 403
    decision.refresh_from_db()
    assert decision.status == "proposed"


def test_signed_out_nothing_is_decided() -> None:
    decision = a_grant_proposed()

    response = Client().post(
        f"/api/v1/staff/decisions/{decision.reference}/decide", {"from_day": None}, content_type="application/json"
    )

    assert response.status_code in (302, 401)
    decision.refresh_from_db()
    assert (decision.status, decision.proposed_at) == ("proposed", NOW)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"from_day": "soon"}', '{"from_day": "2026-02-30"}', "{"])
def test_what_cannot_be_read_is_a_problem(body: str) -> None:
    decision = a_grant_proposed()

    response = signed_in(person("decision_maker")).post(
        f"/api/v1/staff/decisions/{decision.reference}/decide", body, content_type="application/json"
    )

    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"
    decision.refresh_from_db()
    assert decision.status == "proposed"
