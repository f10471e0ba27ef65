"""When a conflict of interest is declared and when it ends, and which of them somebody sees."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from registry.accounts.models import User
from registry.conflicts import actions, rules
from registry.conflicts.models import Conflict
from registry.conflicts.queries import called_by, conflicts, named, officers
from registry.errors import Reason, Refused
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
BECAUSE = "My brother is its director."


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def firm() -> Organisation:
    return an_organisation()


def found_in(reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """The code of each reason and the field that it is about; each has words."""
    found = list(reasons)
    assert all(str(one.text) for one in found)
    return [(one.code, one.where) for one in found]


def declared(officer: User, firm: Organisation) -> Conflict:
    return actions.declare(officer, organisation=firm, because=BECAUSE, since=TODAY, by=officer, at=NOW)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"since": TODAY - timedelta(days=900)}, []),
        ({"since": TODAY + timedelta(days=1)}, [("in_the_future", "since")]),
        ({"because": "Friends."}, [("no_reason", "because")]),
    ],
)
def test_what_is_declared(
    officer: User, firm: Organisation, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    facts: dict[str, Any] = {"because": BECAUSE, "since": TODAY, "today": TODAY, **given}

    assert found_in(rules.declare_conflict_blockers(officer, firm, **facts)) == expected


def test_it_is_declared_once_of_each_officer_and_each_organisation(officer: User, firm: Organisation) -> None:
    facts: dict[str, Any] = {"because": BECAUSE, "since": TODAY, "today": TODAY}
    conflict = declared(officer, firm)

    assert found_in(rules.declare_conflict_blockers(officer, firm, **facts)) == [("declared_already", "organisation")]
    assert found_in(rules.declare_conflict_blockers(person("case_officer"), firm, **facts)) == []
    assert found_in(rules.declare_conflict_blockers(officer, an_organisation("Another Ltd"), **facts)) == []

    actions.end(conflict, because="He has left the firm.", by=person("manager"), at=NOW)
    assert found_in(rules.declare_conflict_blockers(officer, firm, **facts)) == []


def test_only_who_works_for_the_authority_has_one(firm: Organisation) -> None:
    found = rules.declare_conflict_blockers(person("applicant"), firm, because=BECAUSE, since=TODAY, today=TODAY)

    assert found_in(found) == [("not_staff", "officer")]


def test_another_says_once_and_with_a_reason_that_it_is_over(officer: User, firm: Organisation) -> None:
    conflict, manager = declared(officer, firm), person("manager")

    assert found_in(rules.end_conflict_blockers(conflict, by=manager)) == []
    assert found_in(rules.end_conflict_blockers(conflict, because="He has left the firm.", by=manager)) == []
    assert found_in(rules.end_conflict_blockers(conflict, because="Over.", by=manager)) == [("no_reason", "because")]
    assert found_in(rules.end_conflict_blockers(conflict, by=officer)) == [("oneself", "")]

    ended = actions.end(conflict, because="He has left the firm.", by=manager, at=NOW)
    assert found_in(rules.end_conflict_blockers(ended, by=manager)) == [("over_already", "")]


def test_an_officer_sees_their_own_and_a_manager_all(officer: User, firm: Organisation) -> None:
    own, other = declared(officer, firm), declared(person("inspector"), firm)

    assert set(conflicts({}, by=officer).qs) == {own}
    assert set(conflicts({}, by=person("manager")).qs) == {own, other}


def test_an_organisation_is_found_by_its_reference_or_a_licence_number_however_it_is_typed(firm: Organisation) -> None:
    licence = a_licence()

    assert called_by(f" {firm.reference.lower()} ") == firm
    assert called_by(licence.number) == licence.organisation
    assert named(licence.number) == licence.organisation
    assert called_by("GLAA0000") is None
    with pytest.raises(Refused) as refused:
        named("GLAA0000")
    assert found_in(refused.value.reasons) == [("unknown_organisation", "number")]


def test_those_whom_it_can_be_about_work_here_now_each_once(officer: User) -> None:
    several = person("manager", "auditor", name="A manager")
    person("applicant")
    person("case_officer", is_active=False)

    assert list(officers()) == [several, officer]
