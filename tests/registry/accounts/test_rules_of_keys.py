"""What a key of a program must be, and how long it holds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from registry.accounts import rules
from registry.accounts.actions import accounts, keys
from registry.accounts.models import ApiKey, Scope, User
from registry.errors import Reason
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
ENDS = NOW + timedelta(days=30)


@pytest.fixture
def officer() -> User:
    return person("case_officer")


def found_in(reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """The code of each reason and the field that it is about; each has words."""
    found = list(reasons)
    assert all(str(one.text) for one in found)
    return [(one.code, one.where) for one in found]


def made(by: User, *scopes: str, days: int = 30, at: datetime = NOW) -> keys.NewKey:
    return keys.make(name="Report", scopes=scopes or [Scope.READ], days=days, by=by, at=at)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"name": " "}, [("no_name", "name")]),
        ({"scopes": []}, [("no_scopes", "scopes")]),
        ({"scopes": [scope for scope in Scope.values if scope != Scope.SUPPLIERS]}, []),
        ({"scopes": [Scope.READ, Scope.SUPPLIERS]}, [("unknown_scope", "scopes")]),
        ({"scopes": [Scope.READ, "everything"]}, [("unknown_scope", "scopes")]),
        ({"days": 0}, [("too_long", "days")]),
        ({"days": 1}, []),
        ({"days": 366}, []),
        ({"days": 367}, [("too_long", "days")]),
    ],
)
def test_what_a_key_says_of_itself(officer: User, given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    asked = {"name": "Report", "scopes": [Scope.READ], "days": 30, **given}

    assert found_in(rules.make_key_blockers(officer, at=NOW, **asked)) == expected


def test_somebody_has_ten_keys_in_force_at_most(officer: User) -> None:
    asked: dict[str, Any] = {"name": "Report", "scopes": [Scope.READ], "days": 30}
    of_officer = [made(officer).key for _number in range(9)]
    assert found_in(rules.make_key_blockers(officer, at=NOW, **asked)) == []

    made(officer, days=1)
    (reason,) = rules.make_key_blockers(officer, at=NOW, **asked)
    assert (reason.code, reason.where, "10 keys" in str(reason.text)) == ("too_many_keys", "", True)

    assert found_in(rules.make_key_blockers(person("case_officer"), at=NOW, **asked)) == []
    assert found_in(rules.make_key_blockers(officer, at=NOW + timedelta(days=1), **asked)) == []
    keys.revoke(of_officer[0], by=officer, at=NOW)
    assert found_in(rules.make_key_blockers(officer, at=NOW, **asked)) == []


def test_a_key_is_in_force_until_its_last_second(officer: User) -> None:
    key, secret = made(officer).key, made(officer).secret

    for at, is_in_force in ((NOW, True), (ENDS - SECOND, True), (ENDS, False)):
        assert key.is_in_force(at) == is_in_force
        assert (key in ApiKey.objects.in_force(at)) == is_in_force
        assert (ApiKey.objects.of_secret(secret, at=at) is not None) == is_in_force
        assert found_in(rules.key_in_force_blockers(key, at=at)) == ([] if is_in_force else [("key_over", "")])


def test_only_who_has_the_secret_has_the_key(officer: User) -> None:
    one, other = made(officer), made(officer)

    assert ApiKey.objects.of_secret(one.secret, at=NOW) == one.key
    assert ApiKey.objects.of_secret(other.secret, at=NOW) == other.key
    assert ApiKey.objects.of_secret("lk_guessed", at=NOW) is None


def test_a_key_that_was_revoked_or_whose_person_left_is_not_in_force(officer: User) -> None:
    revoked = keys.revoke(made(officer).key, by=officer, at=NOW)
    assert not revoked.is_in_force(NOW) and not ApiKey.objects.in_force(NOW).exists()
    assert found_in(rules.key_in_force_blockers(revoked, at=NOW)) == [("key_over", "")]

    key = made(officer).key
    assert list(ApiKey.objects.in_force(NOW)) == [key]
    accounts.off_board(officer, because="Left us.", by=person("people_administrator"), at=NOW)
    assert not ApiKey.objects.in_force(NOW).exists()


def test_what_hinders_taking_away_the_key_of_another(officer: User) -> None:
    key, administrator = made(officer).key, person("people_administrator")

    def found(by: User, because: str | None = None, at: datetime = NOW) -> list[tuple[str, str]]:
        return found_in(rules.take_key_blockers(key, because=because, by=by, at=at))

    assert found(administrator) == []
    assert found(administrator, "The laptop was stolen.") == []
    assert found(administrator, "Stolen") == [("no_reason", "because")]
    assert found(officer) == [("oneself", "")]
    assert found(administrator, at=ENDS) == [("key_over", "")]


def test_only_a_key_that_may_decide_is_stepped_up(officer: User) -> None:
    reads, decides = made(officer, Scope.READ).key, made(officer, Scope.READ, Scope.DECIDE).key

    assert found_in(rules.step_up_key_blockers(reads, at=NOW)) == [("not_for_deciding", "")]
    assert found_in(rules.step_up_key_blockers(decides, at=NOW)) == []
    assert found_in(rules.step_up_key_blockers(decides, at=ENDS)) == [("key_over", "")]


def test_a_key_that_was_stepped_up_decides_for_ten_minutes(officer: User) -> None:
    key = made(officer, Scope.DECIDE).key
    assert not key.is_stepped_up(NOW)

    key = keys.step_up(key, by=officer, at=NOW)

    assert key.is_stepped_up(NOW)
    assert key.is_stepped_up(NOW + timedelta(minutes=10) - SECOND)
    assert not key.is_stepped_up(NOW + timedelta(minutes=10))
