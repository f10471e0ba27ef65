"""Every address, as a stranger, as another employer and as each role, by every method (docs/rules.md G12, T7).

The tables of `tests/config/whose` say by hand who may open what: they are not read from the code that they prove. An address that is in
none of them fails the walk, so a new page comes with a line that says whose it is.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from tests.config.walked_world import the_world
from tests.config.walker import World, ask, is_refusal, leaks, routes, walk
from tests.config.whose import BY_KEY, MAY, PUBLIC, guarded
from tests.config.whose.people import EVERYBODY, SEE_ORGANISATIONS, STRANGERS
from tests.in_part import in_part

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all the walks: each of them leaves it as it was."""
    with the_world(django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """Thousands are refused here, and each refusal would be written down with the way that led to it."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(built: World) -> World:
    return replace(built)


def test_what_is_open_to_the_public_is_what_the_list_says() -> None:
    assert {route.name for route in routes() if not route.is_guarded} == PUBLIC | BY_KEY


def test_every_address_behind_the_sign_in_says_whose_it_is() -> None:
    assert {route.name for route in routes() if route.is_guarded} == set(MAY)


# Who asks little is walked whole; the others each through another part of the addresses (tests/in_part.py).
WHOLE = frozenset({"stranger", "off_boarded"})


# As these pages are opened on PostgreSQL too, so that it is asked what the pages ask.
ON_BOTH = frozenset({"holder", "case_officer", "decision_maker", "inspector", "intelligence_analyst", "manager"})


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.both] * (name in ON_BOTH)) for name in sorted(EVERYBODY | STRANGERS)],
)
def test_everybody_gets_what_is_theirs_and_nobody_what_is_not(world: World, name: str) -> None:
    walked = walk(
        world,
        world.visitors[name],
        in_part(guarded(), of=1 if name in WHOLE else 6, named=lambda route: f"{name} {route.pattern} {route.name}"),
    )

    assert walked.leaks == []
    assert walked.shut == []


BECAUSE = {"because": "Reasons that hold water."}


@pytest.mark.parametrize(
    ("who", "name", "data"),
    [
        ("people_administrator", "invite", {"name": "Nia", "email": "nia@people.example", "roles": ["auditor"]}),
        ("people_administrator", "change_roles", {"roles": ["auditor"]}),
        ("people_administrator", "reset_second_factor", BECAUSE),
        ("people_administrator", "off_board", BECAUSE | {"at_once": "on"}),
        ("people_administrator", "take_key", BECAUSE),
        ("holder", "withdraw_application", BECAUSE),
        ("holder", "answer_request", {"answer_1": "Here it is."}),
        (
            "holder",
            "ask_more_time",
            {**BECAUSE, "wanted_on_day": "30", "wanted_on_month": "11", "wanted_on_year": "2026"},
        ),
        ("case_officer", "remind_request", {}),
        ("case_officer", "extend_request", {"due_on_day": "30", "due_on_month": "11", "due_on_year": "2026"}),
        ("case_officer", "withdraw_request", BECAUSE),
        ("holder", "application_messages", {"text": "Shall we send the lease?"}),
        ("case_officer", "write_to_applicant", {"text": "There is no need."}),
        ("holder", "remove_document", {}),
        ("holder", "reply_about_application", {"text": "We have put it right."}),
        ("holder", "reply_about_licence", {"text": "We have put it right."}),
        ("holder", "tell_supply", {"began_on_day": "2", "began_on_month": "11", "began_on_year": "2026"}),
        ("holder", "send_evidence", {"text": "Every worker has a payslip now."}),
        ("holder", "alter_licence", {}),
        ("case_officer", "refuse_change", BECAUSE),
        ("quality_reviewer", "confirm_inspection", {}),
        ("quality_reviewer", "return_inspection", BECAUSE),
        ("holder", "own_inspection_report", {"text": "We write the hours down now."}),
        ("holder", "own_follow_up", {"text": "The sheets of December."}),
        ("quality_reviewer", "confirm_remedy", {}),
        ("intelligence_analyst", "begin_report", {}),
        ("intelligence_analyst", "ask_report", {"text": "When was it?"}),
    ],
)
def test_a_post_that_changes_the_world_leaves_an_event(
    world: World, who: str, name: str, data: dict[str, object]
) -> None:
    """docs/rules.md G11."""
    route = next(route for route in guarded() if route.name == name)

    answer = ask(world.visitors[who], "post", world.address(route), data)

    assert answer.response.status_code == 302
    assert answer.written
    assert answer.events >= 1


@pytest.mark.parametrize("name", ["holder", "case_officer", "people_administrator"])
def test_every_post_needs_the_token_of_a_form(world: World, name: str) -> None:
    visitor = world.visitors[name]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.client.cookies

    for route in guarded():
        answer = strict.post(world.address(route), {}, content_type="application/json")
        assert answer.status_code in {302, 403, 405}, route.name


# --- the walk itself is proved by what it must find ---


@pytest.fixture
def planted(world: World, settings: Settings) -> World:
    settings.ROOT_URLCONF = "tests.plant.leaks.urls"
    world.may = {
        **MAY,
        "behind_no_door": SEE_ORGANISATIONS,
        "anybodys_file": SEE_ORGANISATIONS,
        "list_of_all": EVERYBODY,
        "refuses_too_late": frozenset(),
        "quiet_change": SEE_ORGANISATIONS,
    }
    return world


def found_by(world: World, visitor: str, name: str) -> list[str]:
    return leaks(world, world.visitors[visitor], [route for route in routes() if route.name == name])


def test_the_walk_finds_a_page_with_no_door(planted: World) -> None:
    assert "stranger get behind_no_door: 200" in found_by(planted, "stranger", "behind_no_door")
    assert "behind_no_door" in {route.name for route in routes() if not route.is_guarded} - PUBLIC - BY_KEY


def test_the_walk_finds_a_page_that_does_not_ask_whose_it_is(planted: World) -> None:
    found = found_by(planted, "other_employer", "anybodys_file")

    assert "other_employer get anybodys_file: 200" in found
    assert "other_employer get anybodys_file: reads what is not theirs" in found
    assert found_by(planted, "stranger", "anybodys_file") == []
    assert found_by(planted, "case_officer", "anybodys_file") == []


def test_the_walk_finds_a_page_on_which_more_read_a_reply_than_may(world: World) -> None:
    checks = [route for route in guarded() if route.name == "staff_check"]

    assert leaks(world, world.visitors["case_officer"], checks) == []
    world.may_read = {}
    assert "case_officer get staff_check: reads what is not theirs" in leaks(
        world, world.visitors["case_officer"], checks
    )


def test_the_walk_finds_a_list_with_the_rows_of_others(planted: World) -> None:
    assert "other_employer get list_of_all: reads what is not theirs" in found_by(
        planted, "other_employer", "list_of_all"
    )


def test_the_walk_finds_a_page_that_acts_and_then_refuses(planted: World) -> None:
    assert found_by(planted, "labour_user", "refuses_too_late") == [
        "labour_user get refuses_too_late: learns that it exists",
        "labour_user delete refuses_too_late: writes registry_counter, registry_event",
    ]


def test_the_walk_finds_a_change_that_leaves_no_event(planted: World) -> None:
    assert found_by(planted, "case_officer", "quiet_change") == [
        "case_officer get quiet_change: writes registry_organisation and leaves no event",
        "case_officer post quiet_change: writes registry_organisation and leaves no event",
    ]


def test_the_walk_notices_a_door_that_is_shut_on_its_owner(world: World) -> None:
    world.may = {**MAY, "trail": frozenset({"auditor", "manager"})}

    trail = [route for route in guarded() if route.name == "trail"]

    assert walk(world, world.visitors["manager"], trail).shut == ["manager trail"]
    assert walk(world, world.visitors["auditor"], trail).shut == []


def test_a_page_is_no_refusal() -> None:
    assert not is_refusal(Client().get("/"))
    assert is_refusal(Client().get("/staff/"))
