"""Spreadsheets and OpenRefine ask the register: true only for a number or an equal name, and nothing is kept."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from public_lookup.bulk_checks import api
from public_lookup.reconciliation import views
from registry.web import limits
from tests.public_lookup.stories import a_holder

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def asked(client: Client, **questions: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/reconcile/", {"queries": json.dumps(questions)}).json()
    return answer


def test_the_manifest_says_where_everything_is_asked(client: Client) -> None:
    said = client.get("/reconcile/")

    manifest = said.json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["view"]["url"].endswith("/check/{{id}}/")
    assert said.headers["Access-Control-Allow-Origin"] == "*"
    for service in (manifest["suggest"]["entity"], manifest["extend"]["propose_properties"]):
        address = f"{service['service_url']}{service['service_path']}".removeprefix("http://testserver")
        assert client.get("/" + address.split("/", 3)[-1] if "//" in address else address).status_code == 200


def test_a_megabyte_of_brackets_costs_a_connection_little(client: Client) -> None:
    """As large a form as is taken, twice a second: what is in it is counted, and not read."""
    hostile = {"queries": "[" + "[[[[[[]]]]]]," * 70_000 + "0]"}
    client.post("/reconcile/", {"queries": "[]"})  # the first page of a process costs more
    began = time.process_time()

    answer = client.post("/reconcile/", hostile)

    assert answer.status_code == 422
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize(
    ("question", "is_match"),
    [
        ({"query": "Harvest Hands Ltd"}, True),
        ({"query": "harvest hands limited"}, True),
        ({"query": "Harvest Hands"}, True),
        ({"query": "Harvest Hands LLP"}, False),
        ({"query": "Harvest Hnds Ltd"}, False),
        ({"query": "Harvest"}, False),
        ({"query": "Harvest Hands Ltd", "properties": [{"pid": "postcode", "v": "ZZ1 1ZZ"}]}, False),
        ({"query": "Another Ltd", "properties": [{"pid": "number", "v": "NUMBER"}]}, False),
        ({"query": "", "properties": [{"pid": "number", "v": "NUMBER"}]}, True),
    ],
)
def test_only_a_number_or_an_equal_name_with_nothing_against_it_matches(
    client: Client, question: dict[str, Any], is_match: bool
) -> None:
    licence = a_holder("Harvest Hands Ltd")
    text = json.dumps(question).replace("NUMBER", licence.number)

    result = asked(client, q0=json.loads(text))["q0"]["result"]

    assert result[0]["id"] == licence.number
    assert [one["match"] for one in result if one["match"]] == [True] * is_match
    assert (result[0]["score"] == 100) == is_match
    assert result[0]["description"].startswith("Licensed")


def test_two_of_one_name_are_both_shown_and_neither_matches(client: Client) -> None:
    for place in ("one", "two"):
        a_holder("Harvest Hands Ltd", website=f"https://{place}.example")

    result = asked(client, q0={"query": "Harvest Hands Ltd"})["q0"]["result"]

    assert len(result) == 2
    assert not any(one["match"] for one in result)


def test_another_kind_of_thing_and_a_name_that_no_one_has_are_answered_with_none(client: Client) -> None:
    a_holder("Harvest Hands Ltd")

    said = asked(client, other={"query": "Harvest Hands Ltd", "type": "Q5"}, none={"query": "Zzyzx Quarry"})

    assert said == {"other": {"result": []}, "none": {"result": []}}


def test_columns_are_added_from_the_register(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")
    wanted = {"ids": [licence.number, "NONE0001"], "properties": [{"id": "licensed"}, {"id": "name"}, {"id": "secret"}]}

    said = client.get("/reconcile/", {"extend": json.dumps(wanted)}).json()

    assert [one["id"] for one in said["meta"]] == ["licensed", "name"]
    assert said["rows"][licence.number] == {"licensed": [{"bool": True}], "name": [{"str": "Harvest Hands Ltd"}]}
    assert said["rows"]["NONE0001"] == {"licensed": [], "name": []}


def test_what_is_typed_is_suggested(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")

    said = client.get("/reconcile/suggest/", {"prefix": "harvest"}).json()

    assert [one["id"] for one in said["result"]] == [licence.number]


@pytest.mark.parametrize(
    "typed",
    [
        {"queries": "not JSON"},
        {"queries": "[1]"},
        {"queries": json.dumps({"q0": "a name"})},
        {"queries": json.dumps({"q0": {"query": 7}})},
        {"queries": json.dumps({f"q{number}": {"query": "a"} for number in range(101)})},
        {"queries": "[" * 2000},
        {"queries": '{"half \\ud800": {"query": "Harvest"}}'},
        {"queries": '{"q0": {"query": "A NUL \\u0000"}}'},
        {"extend": '{"ids": ["half \\ud800"], "properties": []}'},
        {"extend": json.dumps({"ids": ["A\0"], "properties": []})},
        {"extend": json.dumps({"ids": "ABCD0001"})},
        {"extend": json.dumps({"ids": ["A"], "properties": ["name"]})},
        {"callback": "alert", "queries": "{}"},
    ],
)
def test_what_cannot_be_read_is_refused_in_words(client: Client, typed: dict[str, str]) -> None:
    said = client.post("/reconcile/", typed)

    assert said.status_code == 422
    assert said.headers["Content-Type"] == "application/problem+json"
    assert said.json()["reasons"]


def test_nothing_of_what_is_asked_is_kept(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    said = client.post("/reconcile/", {"queries": json.dumps({"q0": {"query": "Secret Name"}})})

    assert not said.cookies
    assert "no-store" in said.headers["Cache-Control"]
    assert "Secret Name" not in caplog.text


def test_a_prefix_that_is_too_long_is_cut(client: Client) -> None:
    assert client.get("/reconcile/suggest/", {"prefix": "Harvest " * 100}).status_code == 200


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten questions a minute."""
    limits.counts.clear()
    for module in (views, api):
        monkeypatch.setattr(module.QUESTIONS, "most", 10)


def test_a_request_of_many_questions_costs_as_much_as_so_many_requests(client: Client, few: None) -> None:
    questions = {f"q{number}": {"query": "Harvest"} for number in range(6)}

    answers = [client.post("/reconcile/", {"queries": json.dumps(questions)}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["Retry-After"]
    assert answers[1].json()["type"] == "/problems/too-many-requests"
    assert answers[1].json()["licensed"] is None


def test_numbers_that_are_asked_for_and_rows_of_the_api_count_too(client: Client, few: None) -> None:
    extension = {"ids": ["HARV0001"] * 6, "properties": [{"id": "standing"}]}
    rows = {"rows": [{"name": "Harvest"}] * 5}

    extended = client.post("/reconcile/", {"extend": json.dumps(extension)})
    many = client.post("/api/v1/check-many", rows, content_type="application/json")

    assert (extended.status_code, many.status_code) == (200, 429)
    assert many.headers["Retry-After"]
    assert many.json()["type"] == "/problems/too-many-requests"
