"""Many at once, for programs: as the page answers, one by one; nothing is kept; what is not sure is no yes and no no."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config import api
from public_lookup.bulk_checks.models import CheckList
from registry.search import finding
from registry.web import Limit
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/check-many"


def ask(client: Client, *rows: dict[str, str], **more: str) -> Any:
    return client.post(ADDRESS, {"rows": rows, **more}, content_type="application/json")


def test_each_row_is_answered_in_its_place(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")

    answer = ask(
        client,
        {"name": "harvest hands", "postcode": "HR1 1AA"},
        {"number": licence.number},
        {"name": "Harvst Hands"},
        {"name": "Harvest Hands", "postcode": "PE1 1AA"},
        {"name": "Zxqv Wrt"},
        {"postcode": "HR1 1AA"},
    )

    assert answer.status_code == 200
    items = answer.json()["items"]
    assert [(one["confidence"], one["outcome"], one["licensed"]) for one in items] == [
        ("name", "licensed", True),
        ("number", "licensed", True),
        ("similar", None, None),
        ("unclear", None, None),
        ("nothing", "not_found", None),
        ("unread", None, None),
    ]
    assert [one["entry"] and one["entry"]["number"] for one in items] == [licence.number] * 2 + [None] * 4
    assert items[2]["may_be"][0]["exact"] is False
    assert items[3]["doubts"] == ["postcode"]
    assert not CheckList.objects.exists()
    assert not client.cookies


def test_the_register_of_a_past_day_answers_too(client: Client) -> None:
    a_holder("Harvest Hands Ltd")

    assert ask(client, {"name": "Harvest Hands"}, at="2026-10-01").json()["items"][0]["confidence"] == "nothing"
    assert ask(client, {"name": "Harvest Hands"}, at="soon").status_code == 422


@pytest.mark.parametrize("count", [0, 501])
def test_an_empty_question_and_one_of_too_many_rows_are_refused(client: Client, count: int) -> None:
    answer = ask(client, *[{"name": "Harvest Hands"}] * count)

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["where"] == "rows"


def test_a_row_that_a_fault_befalls_says_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_holder("Harvest Hands Ltd")
    monkeypatch.setattr(finding, "_by_name", lambda *_asked: 1 / 0)

    exact, near = ask(client, {"name": "Harvest Hands"}, {"name": "Harvst Hands"}).json()["items"]

    assert exact["licensed"] is True
    assert (near["confidence"], near["outcome"], near["licensed"]) == ("cannot_tell", "cannot_tell", None)


def test_it_has_a_smaller_limit_of_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.LIMITS, "api", (1, 60))
    monkeypatch.setattr(api, "limit_of_many", Limit("api"))
    ask(client, {"name": "Harvest Hands"})

    answer = ask(client, {"name": "Harvest Hands"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert client.get("/api/v1/register", {"q": "harvest"}).status_code == 200
