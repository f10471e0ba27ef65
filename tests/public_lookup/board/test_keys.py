"""The board of a labour user, read by a program with a key: that person's own boards, nothing else, and not a moment longer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from config import api
from registry.accounts.actions import accounts, keys
from registry.accounts.models import Scope, User
from registry.errors import Refused
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.board.world import a_board, a_line
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/suppliers"
TYPED = {"name": "Our planning system", "scopes": ["suppliers"], "days": "90"}


@pytest.fixture
def labour_user() -> User:
    a_holder("Harvest Hands Ltd")
    return person("labour_user")


def a_program(by: User) -> Client:
    made = keys.make(name="Planning", scopes=[Scope.SUPPLIERS], days=30, by=by, at=NOW)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_a_program_reads_the_boards_of_the_person_whose_key_it_has(labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    program = a_program(labour_user)

    said = program.get(ADDRESS)
    assert [one["reference"] for one in said.json()["items"]] == [board.reference]
    assert said.headers["Cache-Control"] == "no-store, private" and "RateLimit" in "".join(said.headers)
    [provider] = program.get(f"{ADDRESS}/{board.reference}").json()["sites"][0]["providers"]
    assert (provider["name"], provider["outcome"]) == ("Harvest Hands Ltd", "licensed")


def test_the_boards_of_others_do_not_exist_for_it_whoever_is_signed_in_where_it_runs(labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    other = a_program(person("labour_user"))
    other.cookies = signed_in(labour_user).cookies

    assert other.get(ADDRESS).json() == {"items": []}
    assert other.get(f"{ADDRESS}/{board.reference}").status_code == 404


@pytest.mark.parametrize("given", ["Bearer lk_invented", "Bearer ", "Basic abc", ""])
def test_without_a_key_in_force_nothing_is_answered(given: str) -> None:
    answer = Client(headers={"Authorization": given} if given else {}).get(ADDRESS)

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_a_key_ends_on_its_day_by_its_person_and_with_their_access(labour_user: User, set_clock: SetClock) -> None:
    first, second = (a_program(labour_user) for _ in range(2))
    key = labour_user.api_keys.latest("pk")
    assert second.get(ADDRESS).status_code == 200

    keys.revoke(key, by=labour_user, at=NOW)
    assert second.get(ADDRESS).status_code == 401
    set_clock(NOW + timedelta(days=30))
    assert first.get(ADDRESS).status_code == 401
    set_clock(NOW)
    assert first.get(ADDRESS).status_code == 200
    accounts.off_board(labour_user, because="Left.", by=person("people_administrator"), at=NOW)
    assert first.get(ADDRESS).status_code == 401


def test_a_key_for_cases_reads_no_board_and_no_one_of_the_authority_gets_one_for_boards() -> None:
    officer = person("case_officer")
    made = keys.make(name="Report", scopes=[Scope.READ], days=30, by=officer, at=NOW)

    answer = Client(headers={"Authorization": f"Bearer {made.secret}"}).get(ADDRESS)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "This key may not be used for this: Read your supplier boards."
    with pytest.raises(Refused):
        keys.make(name="Report", scopes=[Scope.SUPPLIERS], days=30, by=officer, at=NOW)


def test_invented_keys_are_slowed_down_by_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.limit, "most", 3)
    answers = [Client(headers={"Authorization": f"Bearer lk_{n}"}).get(ADDRESS).status_code for n in range(5)]
    assert answers == [401, 401, 401, 429, 429]


def test_a_labour_user_makes_a_key_on_the_page_and_takes_it_back(labour_user: User) -> None:
    client = signed_in(labour_user)
    assert "/account/keys/" in client.get("/account/").content.decode()
    asked = client.get("/account/keys/make/").content.decode()
    assert "Read your supplier boards" in asked and "Give cases to officers" not in asked and "checked" in asked

    wrong = client.post("/account/keys/make/", {**TYPED, "scopes": ["read"]})
    assert wrong.status_code == 422
    shown: Any = client.post("/account/keys/make/", TYPED)
    [secret] = re.findall(r"lk_[\w-]+", shown.content.decode())
    assert "no-store" in shown.headers["Cache-Control"]
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(ADDRESS).status_code == 200

    key = labour_user.api_keys.get()
    page = client.get("/account/keys/").content.decode()
    assert "Our planning system" in page and secret not in page and "cases" not in page
    client.post(f"/account/keys/{key.reference}/revoke/", {})
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(ADDRESS).status_code == 401


def test_a_key_is_made_only_by_who_has_just_shown_who_they_are() -> None:
    asked = signed_in(person("labour_user", password="correct horse battery staple"))

    answer = asked.post("/account/keys/make/", TYPED)
    assert answer.status_code == 302 and "reauthenticate" in answer.headers["Location"]
