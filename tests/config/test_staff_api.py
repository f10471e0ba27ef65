"""The API for programs of the authority: what a key may do, whom it acts as, and that it ends at once."""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from openapi_spec_validator import validate

from config.api import staff
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.actions import accounts, keys
from registry.accounts.models import ApiKey, Scope, User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words
from registry.roles import ROLES
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.phoenix_matches.world import a_look_alike
from tests.licensing.stories import a_refusal_proposed, notified
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/api/staff/v1"
SNAPSHOT = Path(__file__).parent / "staff-openapi.json"
LISTS = {
    "applications": "licensing.view_applications",
    "checks": "licensing.view_applications",
    "decisions": "licensing.view_decisions",
    "transfers": "licensing.view_decisions",
    "dates": ("licensing.view_decisions", "compliance.handle_reports"),
    "look-alikes": "licensing.view_look_alikes",
    "appeals": "licensing.view_appeals",
    "changes": "licensing.view_changes",
    "licences": "registry.view_licences",
    "conditions": "licensing.view_decisions",
    "organisations": "registry.view_organisations",
    "case-officers": "licensing.view_applications",
}
EVERY = [scope for scope in Scope.values if scope != Scope.SUPPLIERS]


class Program:
    """Something that asks by a key, and by nothing else."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"{ADDRESS}/{path}")

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"{ADDRESS}/{path}", body, content_type="application/json")


def a_program(by: User, *scopes: str) -> Program:
    return Program(keys.make(name="Test", scopes=scopes or EVERY, days=30, by=by, at=NOW).secret)


def test_the_document_is_the_one_that_was_agreed(client: Client) -> None:
    """A change of the contract shows in the diff: write it anew with `json.dumps(document, indent=2)`."""
    document = client.get(f"{ADDRESS}/openapi.json").json()

    assert document == json.loads(SNAPSHOT.read_text())
    validate(document)


def test_nothing_is_answered_without_a_key_whoever_is_signed_in() -> None:
    """Each endpoint there is: one that forgot to ask would be found here."""
    browser = signed_in(person("case_officer"))
    for route in staff.urls()[0]:
        if route.name != "api-root":
            path = "/api/staff/v1/" + re.sub("<[a-z]+>", "A-0000-0000", str(route.pattern))
            answers = {browser.get(path).status_code, browser.post(path, {}, "application/json").status_code}
            assert answers <= {401, 405}, path
            assert 401 in answers, path


@pytest.mark.parametrize("role", sorted(name for name, role in ROLES.items() if role.is_staff))
def test_a_key_reads_what_its_person_may_read_and_nothing_else(role: str) -> None:
    program = a_program(person(role), Scope.READ)

    for path, named in LISTS.items():
        one_is_enough = {named} if isinstance(named, str) else {*named}
        assert program.get(path).status_code == (200 if one_is_enough & ROLES[role].permissions else 403), path


def test_a_key_of_a_business_opens_nothing_here() -> None:
    program = a_program(person("labour_user"), Scope.SUPPLIERS)

    for path in LISTS:
        answer = program.get(path)
        assert answer.status_code == 403 and "may not be used for this" in answer.json()["detail"], path
    with pytest.raises(Refused):
        keys.make(name="Test", scopes=[Scope.READ], days=30, by=person("applicant"), at=NOW)


def test_a_body_that_no_database_keeps_is_refused_and_is_no_fault() -> None:
    case = stories.an_application_submitted()
    program = a_program(person("manager"), Scope.ASSIGN)

    for officer in ("\ud800", "U-0\0"):
        assert program.post(f"applications/{case.reference}/assign", case_officer=officer).status_code == 400


def test_a_key_does_only_what_its_scopes_say() -> None:
    case = stories.an_application_submitted()
    program = a_program(person("manager"), Scope.READ)

    refused = program.post(f"applications/{case.reference}/assign", case_officer="U-0000-0000")

    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"] == "This key may not be used for this: Give cases to officers."
    for scope, path, body in (
        (Scope.ASK, f"applications/{case.reference}/ask", {"items": [{"text": "?"}], "due_on": "2026-12-01"}),
        (Scope.RECORD, "checks/C-0/record", {"result": "nil", "replied_on": "2026-11-02"}),
        (Scope.PROPOSE, f"applications/{case.reference}/propose", {"kind": "grant", "because": "Fine."}),
        (Scope.JUDGE, "look-alikes/Y-0/judge", {"verdict": "confirm", "because": "So."}),
        (Scope.DECIDE, "decisions/D-0/decide", {"because": "So.", "from_day": None}),
    ):
        answer = program.post(path, **body)
        assert answer.status_code == 403 and str(scope.label) in answer.json()["detail"], path


def test_a_case_is_given_by_the_same_action_and_the_trail_says_who() -> None:
    case, officer, manager = stories.an_application_submitted(), person("case_officer"), person("manager")

    answer = a_program(manager, Scope.ASSIGN).post(
        f"applications/{case.reference}/assign", case_officer=officer.reference
    )

    assert answer.status_code == 200, answer.content
    case.refresh_from_db()
    assert case.case_officer == officer
    assert Event.objects.filter(verb="assign", by=manager.reference).exists()


def test_a_list_has_the_filters_of_its_page_and_refuses_what_it_cannot_read() -> None:
    case = stories.an_application_submitted()
    program = a_program(person("case_officer"), Scope.READ)

    found = program.get("applications?status=submitted&status=assessing").json()
    assert [one["reference"] for one in found["items"]] == [case.reference]
    assert found["count"] == 1 and found["count_is_exact"] and found["following"] == ""
    assert program.get("applications?status=refused").json()["items"] == []
    wrong = program.get("applications?status=splendid")
    assert wrong.status_code == 422
    assert [reason["where"] for reason in wrong.json()["reasons"]] == ["status"]


def test_a_case_says_what_may_be_done_and_why_not() -> None:
    case = stories.an_application_submitted()

    found = a_program(person("case_officer"), Scope.READ).get(f"applications/{case.reference}").json()

    assert found["organisation"]["reference"] == case.organisation.reference
    assert {"begin_assessment"} <= {move["name"] for move in found["moves"]}
    assert found["checks"]


def test_a_look_alike_is_judged_and_a_refusal_says_what_the_page_says() -> None:
    found = a_look_alike()
    program = a_program(person("case_officer"), Scope.READ, Scope.JUDGE)
    (row,) = program.get("look-alikes?status=open").json()["items"]

    refused = program.post(f"look-alikes/{row['reference']}/judge", verdict="confirm", because=" ")
    assert refused.status_code == 409
    assert [one["text"] for one in refused.json()["reasons"]] == ["Say what shows that they are the same people."]

    proposed = program.post(f"look-alikes/{row['reference']}/judge", verdict="dismiss", because="Cousins.")
    assert proposed.json() == {"reference": found.reference, "status": "open"}  # strong: it takes another officer
    second = a_program(person("case_officer"), Scope.JUDGE)
    answer = second.post(f"look-alikes/{row['reference']}/judge", verdict="dismiss", because="Cousins.")
    assert answer.json() == {"reference": found.reference, "status": "dismissed"}
    assert LookAlike.objects.get().because == "Cousins."


def test_deciding_takes_a_fresh_second_factor_for_the_key_and_another_person() -> None:
    decision = notified(a_refusal_proposed())
    decider = person("decision_maker")
    made = keys.make(name="Decides", scopes=[Scope.DECIDE], days=30, by=decider, at=NOW)
    program = Program(made.secret)
    body: dict[str, Any] = {"because": "For these reasons.", "from_day": None}

    refused = program.post(f"decisions/{decision.reference}/decide", **body)
    assert [one["code"] for one in refused.json()["reasons"]] == ["step_up"]

    keys.step_up(made.key, by=decider, at=NOW - timedelta(minutes=11))
    assert program.post(f"decisions/{decision.reference}/decide", **body).status_code == 409

    keys.step_up(made.key, by=decider, at=NOW)
    asked = program.post(f"decisions/{decision.reference}/decide", **body)
    assert "step_up" not in {one["code"] for one in asked.json().get("reasons", ())}

    proposer = decision.proposed_by
    assert proposer is not None
    assert a_program(proposer, Scope.DECIDE).post(f"decisions/{decision.reference}/decide", **body).status_code == 403


def test_a_key_ends_at_once_when_it_is_revoked_expires_or_its_person_leaves(set_clock: SetClock) -> None:
    officer = person("case_officer")
    program = a_program(officer, Scope.READ)
    other = a_program(officer, Scope.READ)
    assert program.get("applications").status_code == 200

    key = ApiKey.objects.order_by("pk")[0]
    assert key.last_used_at == NOW
    keys.revoke(key, by=officer, at=NOW)
    answer = program.get("applications")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")

    assert other.get("applications").status_code == 200
    accounts.off_board(officer, because="Left.", by=person("people_administrator"), at=NOW)
    assert other.get("applications").status_code == 401
    assert not ApiKey.objects.in_force(NOW).exists()

    short = a_program(person("case_officer"), Scope.READ)
    set_clock(NOW + timedelta(days=31))
    assert short.get("applications").status_code == 401


def test_who_has_a_conflict_of_interest_finds_nothing_of_it() -> None:
    case = stories.an_application_submitted()
    officer = person("case_officer")
    program = a_program(officer)
    assert program.get(f"applications/{case.reference}").status_code == 200

    conflicts.declare(
        officer, organisation=case.organisation, because="My sister's.", since=NOW.date(), by=officer, at=NOW
    )

    assert program.get("applications").json()["items"] == []
    assert program.get(f"applications/{case.reference}").status_code == 404
    check = case.checks.order_by("pk")[0]
    answer = program.post(f"checks/{check.reference}/record", result="nil", replied_on="2026-11-02")
    assert answer.status_code in (404, 409)


def test_every_call_is_written_down_as_of_its_person_and_says_what_is_left(caplog: pytest.LogCaptureFixture) -> None:
    officer = person("case_officer")
    program = a_program(officer, Scope.READ)

    with caplog.at_level(logging.INFO, logger="staff_api"):
        answer = program.get("applications?q=Somebody")

    (line,) = [record.getMessage() for record in caplog.records if record.name == "staff_api"]
    assert line == f"GET /api/staff/v1/applications by {officer.reference} with {ApiKey.objects.get().reference}: 200"
    assert "r=" in answer.headers["RateLimit"]
    assert answer.headers["Cache-Control"] == "no-store, private"


# --- the page of keys


def test_the_secret_is_shown_once_and_kept_by_nobody() -> None:
    officer = person("case_officer")
    browser = signed_in(officer)

    shown = browser.post("/account/keys/make/", {"name": "Report", "scopes": ["read"], "days": "30"})
    secret = shown.context["made"].secret

    assert secret in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert Program(secret).get("applications").status_code == 200
    page = browser.get("/account/keys/").content.decode()
    assert "Report" in page and secret not in page
    key = ApiKey.objects.get()
    assert secret not in str(key.__dict__)
    assert Event.objects.get(verb="make_key").facts["scopes"] == ["read"]

    browser.post(f"/account/keys/{key.reference}/revoke/")
    assert Program(secret).get("applications").status_code == 401
    assert signed_in(person("case_officer")).get(f"/account/keys/{key.reference}/revoke/").status_code == 404


def test_a_key_says_what_it_is_for_and_what_it_may() -> None:
    empty = signed_in(person("case_officer")).post("/account/keys/make/", {})
    assert empty.status_code == 422
    assert "Choose at least one thing that the key may be used for." in empty.content.decode()

    with pytest.raises(Refused) as refused:
        keys.make(name=" ", scopes=["everything"], days=4000, by=person("case_officer"), at=NOW)
    assert {reason.code for reason in refused.value.reasons} == {"no_name", "unknown_scope", "too_long"}


# --- an administrator of people


def test_an_administrator_of_people_sees_the_keys_of_others_and_revokes_one() -> None:
    officer, administrator = person("case_officer"), person("people_administrator")
    program = a_program(officer, Scope.READ)
    key = ApiKey.objects.get()
    browser = signed_in(administrator)
    address = f"/staff/people/{officer.reference}/keys/{key.reference}/revoke/"

    shown = browser.get(f"/staff/people/{officer.reference}/").content.decode()
    assert key.reference in shown and address in shown and str(Scope.READ.label) in shown
    assert browser.post(address, {"because": "short"}).status_code == 422
    assert program.get("applications").status_code == 200

    assert browser.post(address, {"because": "The laptop was stolen."}).status_code == 302

    assert program.get("applications").status_code == 401
    event = Event.objects.get(verb="take_key_away")
    assert (event.by, event.because) == (administrator.reference, "The laptop was stolen.")
    letter = Letter.objects.get(template="registry/letters/key_taken.html")
    assert letter.address == officer.email
    assert "Test" in words.fragment(letter) and "stolen" not in words.fragment(letter)
    assert browser.post(address, {"because": "Once more, to be sure."}).status_code == 422
    assert address not in browser.get(f"/staff/people/{officer.reference}/").content.decode()


def test_nobody_else_revokes_a_key_of_others_and_nobody_their_own_so() -> None:
    officer, administrator = person("case_officer"), person("people_administrator")
    a_program(officer, Scope.READ)
    key = ApiKey.objects.get()
    with pytest.raises(PermissionDenied):
        keys.take_away(key, because="I am curious.", by=person("manager"), at=NOW)
    assert (
        signed_in(person("manager")).get(f"/staff/people/{officer.reference}/keys/{key.reference}/revoke/").status_code
        == 403
    )

    own = keys.make(name="Own", scopes=[Scope.READ], days=30, by=administrator, at=NOW).key
    with pytest.raises(Refused) as refused:
        keys.take_away(own, because="I am done with it.", by=administrator, at=NOW)
    assert [one.code for one in refused.value.reasons] == ["oneself"]


def test_a_parameter_that_is_not_known_is_refused_and_named() -> None:
    answer = a_program(person("case_officer"), Scope.READ).get("applications?state=new")

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/unknown-parameter"
    assert [one["where"] for one in answer.json()["reasons"]] == ["state"]


def test_a_filter_that_takes_one_value_is_refused_twice_and_a_list_is_not() -> None:
    program = a_program(person("case_officer"), Scope.READ)

    twice = program.get("applications?page=&page=2&status=submitted&status=assessing")

    assert (twice.status_code, twice.json()["type"]) == (422, "/problems/not-understood")
    assert [one["where"] for one in twice.json()["reasons"]] == ["page"]
    assert program.get("applications?status=submitted&status=assessing").status_code == 200


def test_the_document_says_which_filters_take_several_values(client: Client) -> None:
    parameters = client.get(f"{ADDRESS}/openapi.json").json()["paths"][f"{ADDRESS}/applications"]["get"]["parameters"]
    status = next(one for one in parameters if one["name"] == "status")

    assert status["schema"]["type"] == "array"
    assert "submitted" in status["schema"]["items"]["enum"]
