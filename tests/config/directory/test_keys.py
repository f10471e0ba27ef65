"""Keys of programs whose person signs in by the directory: they open what the directory lets this person open now."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from registry.accounts.actions import keys
from registry.accounts.models import Scope, User
from tests.config.directory.conftest import RunningProvider, sign_in
from tests.config.directory.test_sign_in import MFA, _spoilt
from tests.config.test_staff_api import Program, a_program
from tests.conftest import NOW, SetClock
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "organisations"


def an_officer(provider: RunningProvider) -> tuple[Client, Program]:
    """Someone who is signed in by the directory, and a program with their key."""
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    assert browser.get("/staff/").status_code == 200
    return browser, a_program(User.objects.get(email="mair@authority.example"), Scope.READ)


@pytest.mark.parametrize("ask_by", ["userinfo", "refresh"])
def test_a_key_of_a_person_who_is_in_no_group_any_more_is_refused_at_its_next_request(
    provider: RunningProvider, settings: Settings, ask_by: str
) -> None:
    settings.DIRECTORY["directory"]["ask_by"] = ask_by
    browser, program = an_officer(provider)
    assert [program.get(LIST).status_code for _time in range(2)] == [200, 200]

    provider.says(mair={"groups": []})

    assert program.get(LIST).status_code == 401
    assert User.objects.get(email="mair@authority.example").roles == frozenset()
    assert browser.get("/staff/").status_code in {302, 403}


def test_a_key_has_only_the_roles_that_the_groups_give_now(provider: RunningProvider) -> None:
    _browser, program = an_officer(provider)
    assert program.get("case-officers").status_code == 200

    provider.says(mair={"groups": ["inspectors"]})

    assert program.get("case-officers").status_code == 403


def test_a_key_of_a_person_who_has_signed_out_rests_on_what_was_confirmed_within_a_day(
    provider: RunningProvider, set_clock: SetClock
) -> None:
    _browser, program = an_officer(provider)
    Session.objects.all().delete()
    set_clock(NOW + timedelta(hours=23))
    assert program.get(LIST).status_code == 200

    set_clock(NOW + timedelta(hours=25))

    answer = program.get(LIST)
    assert answer.status_code == 401 and "must sign in" in answer.json()["detail"]
    sign_in(Client(), "mair")
    cache.clear()  # a minute later
    assert program.get(LIST).status_code == 200


def test_a_person_that_the_provider_does_not_know_any_more_has_no_key_even_without_a_session(
    provider: RunningProvider,
) -> None:
    browser, program = an_officer(provider)
    _spoilt(browser, "access", "refresh")
    assert program.get(LIST).status_code == 401

    Session.objects.all().delete()
    cache.clear()

    assert program.get(LIST).status_code == 401


def test_while_the_directory_is_silent_a_key_opens_nothing(provider: RunningProvider) -> None:
    _browser, program = an_officer(provider)
    cache.clear()
    provider.put(broken=["userinfo"])

    assert program.get(LIST).status_code == 503

    provider.put(broken=[])
    assert program.get(LIST).status_code == 200


def test_a_key_made_before_there_was_a_directory_waits_for_the_first_sign_in(provider: RunningProvider) -> None:
    program = a_program(person("case_officer", email="mair@authority.example"), Scope.READ)
    assert program.get(LIST).status_code == 401

    sign_in(Client(), "mair")
    cache.clear()

    assert program.get(LIST).status_code == 200


def test_keys_of_those_who_sign_in_here_are_not_asked_of_the_directory(provider: RunningProvider) -> None:
    provider.put(broken=["/"])
    emergency = person("people_administrator", email="emergency@authority.example")
    assert a_program(emergency, Scope.READ).get("tasks").status_code == 200
    business = keys.make(name="Board", scopes=[Scope.SUPPLIERS], days=30, by=person("labour_user"), at=NOW)

    answer = Client(headers={"Authorization": f"Bearer {business.secret}"}).get("/api/v1/suppliers")

    assert answer.status_code == 200
