"""The public API: its document, its problems, and what every answer carries."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern
from openapi_spec_validator import validate
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config import api
from public_lookup.lookup.filters import RegisterFilter
from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder, one_of_each_standing, rename
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).parent / "openapi.json"
REGISTER = "/api/v1/register"


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd", trading_names=["Orchard Crew"])


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_document_is_the_one_that_was_agreed(document: dict[str, Any]) -> None:
    """A change of the public contract shows in the diff: write it anew with `json.dumps(document, indent=2)`."""
    assert document == json.loads(SNAPSHOT.read_text())


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_operation_declares_its_problems_as_problem_json(document: dict[str, Any]) -> None:
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) >= 2

    for operation in operations:
        problems = {
            status: answer["content"] for status, answer in operation["responses"].items() if int(status) >= 400
        }
        assert {"404", "409", "422", "429", "503"} <= set(problems)
        assert all(list(content) == ["application/problem+json"] for content in problems.values())


def test_the_parameters_are_the_filters_of_the_page(document: dict[str, Any]) -> None:
    parameters = {one["name"]: one for one in document["paths"][REGISTER]["get"]["parameters"]}

    assert set(parameters) == {*RegisterFilter.base_filters, "at", "limit"}
    assert set(parameters["standing"]["schema"]["enum"]) == set(one_of_each_standing())
    assert parameters["q"]["schema"]["maxLength"] == 300
    assert not any(one["required"] for one in parameters.values())


def test_what_is_open_without_signing_in_is_a_short_list(client: Client) -> None:
    routes, _app, _namespace = api.urls()
    open_routes = {route.name for route in routes if not getattr(route.callback, "login_required", True)}

    assert open_routes - api.BY_KEY_OR_SIGNED_IN == {
        *("openapi-json", "api-root", "changes", "check_many", "register", "register_entry"),
        *("statistics_editions", "statistics_tables"),
    }
    assert all(isinstance(route, URLPattern) for route in routes)
    assert client.get("/api/v1/").status_code == 404


def test_an_entry_says_everything_that_was_promised(client: Client, licence: Licence) -> None:
    answer = client.get(f"{REGISTER}/{licence.number}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    history = body.pop("history")
    assert body == {
        "number": licence.number,
        "scheme": "gla-food",
        "name": "Harvest Hands Ltd",
        "trading_names": ["Orchard Crew"],
        "standing": "licensed",
        "outcome": "licensed",
        "licensed": True,
        "valid_from": "2026-11-02",
        "valid_until": "2027-11-01",
        "suspended_from": None,
        "suspended_until": None,
        "revoked_from": None,
        "appealed_from": None,
        "surrendered_from": None,
        "ended_from": None,
        "last_day": "2027-11-01",
        "sectors": ["horticulture"],
        "conditions": [],
        "reasons": [],
        "contact": {
            "telephone": "+441632960123",
            "email": "",
            "website": "https://harvest.example",
            "address": {
                "line_1": "1 Orchard Lane",
                "line_2": "",
                "town": "Hereford",
                "county": "Herefordshire",
                "postcode": "HR1 1AA",
                "country": "",
            },
        },
        "taken_over_from": None,
        "taken_over_on": None,
        "published_by_us": True,
        "vehicles": None,
        "named_people": [],
        "not_to_be_confused_with": [],
        "entry": 1,
        "shown_from": "2026-11-02T10:00:00Z",
        "as_at": "2026-11-02T10:00:00Z",
    }
    assert history == [
        {
            "at": "2026-11-02T10:00:00Z",
            "entry": 1,
            "said": [f"Licence {licence.number} granted, from 2 November 2026 until 1 November 2027."],
        }
    ]


def test_the_history_tells_of_every_entry_newest_first(client: Client, licence: Licence, set_clock: SetClock) -> None:
    licences.revoke(licence, takes_effect=day(9), because="Test.", by=a_decider(), at=NOW.replace(day=4))
    rename(licence.organisation, NOW.replace(day=6), legal_name="Meadow Crew")
    set_clock(NOW.replace(day=20))

    history = client.get(f"{REGISTER}/{licence.number}").json()["history"]

    assert [(change["entry"], change["at"][:10]) for change in history] == [
        (3, "2026-11-06"),
        (2, "2026-11-04"),
        (1, "2026-11-02"),
    ]


def test_a_search_says_how_each_was_found(client: Client, licence: Licence) -> None:
    a_holder("Harvest Handsome Ltd")

    body = client.get(REGISTER, {"q": "harvest hands"}).json()

    assert (body["count"], body["count_is_exact"], body["as_at"]) == (2, True, "2026-11-02T10:00:00Z")
    found = [(item["name"], item["exact"], item["matched_by"] or item["near_by"]) for item in body["items"]]
    assert found == [("Harvest Hands Ltd", True, "name"), ("Harvest Handsome Ltd", False, "beginning")]
    assert client.get(REGISTER, {"q": licence.number}).json()["items"][0]["matched_by"] == "number"
    assert client.get(REGISTER, {"q": "orchard crew"}).json()["items"][0]["matched_by"] == "trading_name"


def test_the_limit_cuts_what_is_answered_and_not_the_count(client: Client) -> None:
    for number in range(25):
        a_holder(f"Hands {number}")

    for asked in ({"q": "hands"}, {"standing": "licensed"}):
        assert len(client.get(REGISTER, asked).json()["items"]) == 20
        body = client.get(REGISTER, {**asked, "limit": "3"}).json()
        assert (len(body["items"]), body["count"], body["count_is_exact"]) == (3, 25, True)


@pytest.mark.once
def test_a_count_of_a_hundred_names_or_more_is_not_called_exact(client: Client, django_user_model: Any) -> None:
    for number in range(101):
        a_holder(f"Hands {number}")

    body = client.get(REGISTER, {"q": "hands", "limit": "100"}).json()

    assert (body["count"], body["count_is_exact"]) == (100, False)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1e9"])
def test_a_limit_out_of_range_is_refused(client: Client, limit: str) -> None:
    answer = client.get(REGISTER, {"q": "hands", "limit": limit})

    assert answer.status_code == 422
    assert [reason["where"] for reason in answer.json()["reasons"]] == ["limit"]


@pytest.mark.parametrize(
    ("address", "status", "name", "licensed"),
    [
        (f"{REGISTER}/ABCD0009", 404, "not-found", False),
        (REGISTER, 422, "not-understood", None),
        (f"{REGISTER}?q=x&at=soon", 422, "not-understood", None),
        (f"{REGISTER}?q=x&limit=x", 422, "not-understood", None),
    ],
)
def test_a_problem_has_one_shape(client: Client, address: str, status: int, name: str, licensed: bool | None) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["status"], body["licensed"]) == (f"/problems/{name}", status, licensed)
    assert uuid.UUID(body["instance"].removeprefix("urn:uuid:"))
    assert body["title"]
    assert bool(body["reasons"]) is (status == 422)


def test_a_problem_does_not_say_the_question_again(client: Client) -> None:
    answer = client.get(f"{REGISTER}/Secret-Name-Here")

    assert "secret" not in answer.content.decode().lower()


@pytest.mark.parametrize(
    "address", ["/api/v1/openapi.json", f"{REGISTER}?q=harvest", f"{REGISTER}/HARV0001", f"{REGISTER}/NONE0001"]
)
def test_the_api_is_open_to_the_pages_of_any_site_and_sets_no_cookie(
    client: Client, licence: Licence, address: str
) -> None:
    client.cookies["session"] = "anything"

    answer = client.get(address, headers={"origin": "https://elsewhere.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("address", [f"{REGISTER}?q=harvest", f"{REGISTER}/HARV0001"])
def test_an_answer_that_is_known_is_not_sent_again_until_something_changes(
    client: Client, licence: Licence, set_clock: SetClock, address: str
) -> None:
    first = client.get(address)
    known = {"if-none-match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "no-cache"

    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"

    set_clock(NOW.replace(day=3))
    assert client.get(address, headers=known).status_code == 200
    set_clock(NOW)
    licences.revoke(licence, takes_effect=day(1), because="Test.", by=a_decider(), at=NOW)
    assert client.get(address, headers=known).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", [REGISTER, f"{REGISTER}/HARV0001"])
def test_the_register_is_read_only(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_the_address_of_the_api_is_the_same_in_every_language(client: Client, licence: Licence) -> None:
    assert client.get(f"/cy{REGISTER}/{licence.number}").status_code == 404
    answer = client.get(f"{REGISTER}/{licence.number}", headers={"accept-language": "cy"})
    assert answer.headers["Content-Language"] == settings.LANGUAGE_CODE


@pytest.fixture
def application() -> Iterator[Any]:
    """The whole application, without closing the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_a_program_asks_is_answered_as_the_document_says(
    licence: Licence, document: dict[str, Any], application: Any
) -> None:
    described = schemathesis.openapi.from_dict(document)
    described.app = application

    for operation in (found.ok() for found in described.get_all_operations() if isinstance(found, Ok)):

        @hypothesis.settings(
            max_examples=40, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
        )
        @hypothesis.given(case=operation.as_strategy())
        def ask(case: schemathesis.Case[Any]) -> None:
            answer = case.call(base_url="http://localhost")
            # A question about nobody, or a day to come, is well formed and refused all the same.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            assert answer.status_code in (200, 400, 401, 404, 422)

        ask()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (f"{REGISTER}/HARV0001?as_at=2026-06-15", ["as_at"]),
        (f"{REGISTER}?q=harvest&page=2&as_at=2026-06-15", ["as_at", "page"]),
        ("/api/v1/changes?since=e1w0", ["since"]),
        ("/api/v1/openapi.json?v=2", ["v"]),
        ("/data/register.csv?as_at=2026-06-15", ["as_at"]),
        ("/data/register.json?date=2026-06-15", ["date"]),
        ("/data/datapackage.json?at=2026-06-15", ["at"]),
        ("/check/HARV0001/feed.atom?since=2026-06-15", ["since"]),
        ("/follow/feed.json?place=Hereford&town=Ashford", ["town"]),
        ("/api/v1/check-many?at=2026-06-15", ["at"]),
    ],
)
def test_a_parameter_that_is_not_known_is_refused_and_named(
    client: Client, licence: Licence, address: str, named: list[str]
) -> None:
    asked = client.post if "check-many" in address else client.get

    answer = asked(address)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["licensed"]) == ("/problems/unknown-parameter", None)
    assert [one["where"] for one in body["reasons"]] == named


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (f"{REGISTER}/HARV0001?at=2026-11-02&at=2026-06-15", ["at"]),
        (f"{REGISTER}?q=harvest&q=orchard&place=Hereford&place=Ashford", ["place", "q"]),
        ("/data/register.csv?at=2026-06-15&at=2026-11-01", ["at"]),
        ("/follow/feed.json?place=Hereford&place=Ashford", ["place"]),
        ("/reconcile/?queries={}&queries={}", ["queries"]),
    ],
)
def test_a_parameter_that_is_repeated_is_refused_and_named(
    client: Client, licence: Licence, address: str, named: list[str]
) -> None:
    """Two readers could each take another of its values: neither is answered."""
    answer = client.get(address)

    assert answer.status_code == 422
    body = answer.json()
    assert (body["type"], body["licensed"]) == ("/problems/not-understood", None)
    assert [(one["code"], one["where"]) for one in body["reasons"]] == [("repeated_parameter", name) for name in named]
    assert f"Give the parameter “{named[0]}” once." in body["reasons"][0]["text"]


def test_a_flood_of_unknown_parameters_is_answered_shortly(client: Client) -> None:
    answer = client.get(REGISTER, {"q": "x"} | {f"{'z' * 500}{number}": "1" for number in range(500)})

    assert answer.status_code == 422
    assert len(answer.content) < 3000


@pytest.mark.parametrize(
    "at", ["2026-W10-1", "20260615", "2026-06-15T10:00", "2026-06-15 10:00:00Z", "٢٠٢٦-٠٦-١٥", "today"]
)
def test_a_day_in_no_documented_format_is_refused(client: Client, licence: Licence, at: str) -> None:
    assert client.get(f"{REGISTER}/{licence.number}", {"at": at}).json()["reasons"][0]["where"] == "at"


def test_an_instant_is_read_as_documented(client: Client, licence: Licence) -> None:
    for at in ["2026-11-02T10:00Z", "2026-11-02T11:00:00+01:00", "2026-11-02T09:59:59.5Z", ""]:
        assert client.get(f"{REGISTER}/{licence.number}", {"at": at}).status_code in (200, 404), at


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        ("{", 400, None),
        ('{"rows": [{"name": "Harvest", "name": "Orchard"}]}', 400, None),
        ('{"rows": [{"name": "Half a character \\ud800"}]}', 400, None),
        ('{"rows": [{"name": "A NUL \\u0000"}]}', 400, None),
        ('{"rows": ' + "[" * 100_000, 400, None),
        ('{"rows": [null]}', 422, "rows.0"),
        ('{"rows": [{"name": "Harvest"}, {"name": 7}]}', 422, "rows.1.name"),
        ('{"rows": [{"licence": "HARV0001"}]}', 422, "rows.0.licence"),
        ('{"rows": [{"name": "Harvest"}], "as_at": "2026-01-01"}', 422, "as_at"),
        ('{"rows": [{"name": null, "number": "HARV0001"}]}', 200, None),
    ],
)
def test_a_list_is_read_as_documented(
    client: Client, licence: Licence, body: str, status: int, where: str | None
) -> None:
    answer = client.post("/api/v1/check-many", body, content_type="application/json")

    assert answer.status_code == status
    if where:
        assert [one["where"] for one in answer.json()["reasons"]] == [where]
