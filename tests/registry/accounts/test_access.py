"""Power takes two: a role that decides, sees sources or manages people is given by two administrators."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from registry import powers
from registry.accounts.actions import access, accounts
from registry.accounts.models import AccessRequest, User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations import actions as organisations
from registry.roles import ROLES
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

WHY = "She takes over from Rhys."


@pytest.fixture
def first() -> User:
    return person("people_administrator", name="Ada First")


@pytest.fixture
def second() -> User:
    return person("people_administrator", name="Bea Second")


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        act()
    return [reason.code for reason in refused.value.reasons]


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(officer: User, *, by: User, roles: tuple[str, ...] = ("decision_maker",)) -> AccessRequest:
    accounts.change_roles(officer, roles=roles, because=WHY, by=by, at=NOW)
    return AccessRequest.objects.get(person=officer, status="asked")


def test_what_decides_sees_sources_or_manages_people_takes_two() -> None:
    assert {
        "decision_maker",
        "source_handler",
        "safeguarding_lead",
        "manager",
        "people_administrator",
    } == powers.TAKES_TWO
    assert all({one, other} <= set(ROLES) for one, other in powers.APART)


def test_a_power_holds_only_when_another_administrator_has_approved_it(first: User, second: User) -> None:
    officer = person("case_officer")

    request = asked(officer, by=first)

    assert fresh(officer).roles == {"case_officer"}
    assert not Letter.objects.filter(address=officer.email).exists()
    access.approve_access(request, by=second, at=NOW)
    assert fresh(officer).roles == {"decision_maker"}
    assert Letter.objects.get(address=officer.email).facts["roles"] == ["Decision maker"]
    changed = Event.objects.get(verb="change_roles")
    assert (changed.by, changed.facts["roles"]) == (second.reference, ["decision_maker"])


def test_an_invited_person_is_let_in_by_the_approval(first: User, second: User) -> None:
    invited = accounts.invite(email="nia@people.example", name="Nia", roles=["manager"], by=first, at=NOW)

    assert not fresh(invited).is_active
    assert not fresh(invited).roles
    assert not Letter.objects.filter(address=invited.email).exists()
    access.approve_access(invited.access_requests.get(), by=second, at=NOW)
    assert fresh(invited).has_perm("licensing.assign_application")
    assert Letter.objects.filter(address=invited.email).exists()


def test_who_left_comes_back_to_power_only_by_two(first: User, second: User) -> None:
    gone = person("decision_maker")
    accounts.off_board(gone, because="Left the authority.", by=first, at=NOW)

    back = accounts.invite(email=gone.email, name="Gwen", roles=["decision_maker"], by=first, at=NOW)

    assert back.pk == gone.pk
    assert not fresh(gone).is_active
    access.approve_access(gone.access_requests.get(), by=second, at=NOW)
    assert fresh(gone).has_perm("licensing.decide")


def test_nobody_approves_what_they_asked_for_or_their_own(first: User, second: User) -> None:
    request = asked(person("case_officer"), by=first)
    of_second = asked(second, by=first, roles=("manager",))

    assert codes(partial(access.approve_access, request, by=first, at=NOW)) == ["asked_oneself"]
    assert codes(partial(access.refuse_access, request, because=WHY, by=first, at=NOW)) == ["asked_oneself"]
    assert "oneself" in codes(partial(access.approve_access, of_second, by=second, at=NOW))
    assert codes(partial(accounts.change_roles, first, roles=["manager"], by=first, at=NOW))[0] == "oneself"
    with pytest.raises(PermissionDenied):
        access.approve_access(request, by=person("manager"), at=NOW)


def test_an_administrator_made_a_minute_ago_approves_nothing(first: User, second: User, set_clock: SetClock) -> None:
    puppet = person("applicant")
    access.approve_access(asked(puppet, by=first, roles=("people_administrator",)), by=second, at=NOW)
    request, later = asked(person("case_officer"), by=first), NOW + timedelta(days=8)

    assert codes(partial(access.approve_access, request, by=fresh(puppet), at=NOW)) == ["new_administrator"]
    set_clock(later)
    access.approve_access(request, by=fresh(puppet), at=later)


def test_what_is_not_approved_changes_nothing_and_who_asked_is_told_why(first: User, second: User) -> None:
    officer = person("case_officer")
    request = asked(officer, by=first)

    access.refuse_access(request, because="She is still in training.", by=second, at=NOW)

    assert fresh(officer).roles == {"case_officer"}
    assert Letter.objects.get(address=first.email).facts["because"] == "She is still in training."
    assert codes(partial(access.approve_access, request, by=second, at=NOW)) == ["wrong_state"]


def test_it_has_a_task_for_another_administrator_with_a_day(first: User, second: User) -> None:
    request = asked(person("case_officer"), by=first)

    task = Task.objects.get(kind="accessrequest.approve")
    assert (task.due_on, task.reference) == (NOW.date() + timedelta(days=2), request.reference)
    assert task in Task.objects.visible_to(second, NOW.date())
    access.withdraw_access(request, by=first, at=NOW)
    assert not Task.objects.open().filter(kind="accessrequest.approve").exists()


def test_while_one_change_waits_no_other_is_asked_for_and_leaving_ends_it(first: User) -> None:
    officer = person("case_officer")
    request = asked(officer, by=first)

    assert codes(partial(accounts.change_roles, officer, roles=["inspector"], by=first, at=NOW)) == ["waits"]
    accounts.off_board(officer, because="Left the authority.", by=first, at=NOW)
    request.refresh_from_db()
    assert request.status == "withdrawn"


@pytest.mark.parametrize(("one", "other"), powers.APART)
def test_roles_that_must_not_meet_are_refused(first: User, one: str, other: str) -> None:
    both: dict[str, Any] = {"roles": [one, other], "by": first, "at": NOW}

    assert codes(partial(accounts.change_roles, person("applicant"), **both)) == ["apart"]
    assert codes(partial(accounts.invite, email="a@people.example", name="A", **both)) == ["apart"]


def test_roles_that_must_not_meet_any_more_are_not_approved_either(
    first: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = ("decision_maker", "quality_reviewer")
    request = asked(person("case_officer"), by=first, roles=roles)
    monkeypatch.setattr(powers, "APART", (roles,))

    assert codes(lambda: access.approve_access(request, by=second, at=NOW)) == ["apart"]


def test_who_acts_for_a_business_does_not_work_for_the_authority(first: User, second: User) -> None:
    holder = person("applicant")
    firm = organisations.open_file(legal_name="Dyffryn Labour Ltd", by=holder, at=NOW)
    give = partial(accounts.change_roles, holder, because=WHY, by=first, at=NOW)

    assert codes(partial(give, roles=["case_officer"])) == ["acts_for_business"]
    assert codes(partial(give, roles=["decision_maker"])) == ["acts_for_business"]

    firm.memberships.update(until=NOW)
    give(roles=["decision_maker"])
    request = holder.access_requests.get()
    firm.memberships.update(until=None)
    assert codes(lambda: access.approve_access(request, by=second, at=NOW)) == ["acts_for_business"]

    firm.memberships.update(until=NOW)
    access.approve_access(request, by=second, at=NOW)
    assert fresh(holder).has_perm("licensing.decide")


def test_a_lost_factor_of_staff_is_reset_by_two(first: User, second: User) -> None:
    officer = person("case_officer")
    Authenticator.objects.create(user=officer, type="totp", data={})

    accounts.reset_second_factor(officer, because="Lost the telephone.", by=first, at=NOW)

    assert Authenticator.objects.filter(user=officer).exists()
    access.approve_access(officer.access_requests.get(), by=second, at=NOW)
    assert not Authenticator.objects.filter(user=officer).exists()


def test_two_administrators_are_appointed_without_another_and_no_third() -> None:
    for name in ("First", "Second"):
        accounts.appoint_first(email=f"{name}@people.example", name=name, by=None, at=NOW)

    third = partial(accounts.appoint_first, email="third@people.example", name="Third", by=None, at=NOW)
    assert codes(third) == ["not_the_first"]


@pytest.mark.parametrize("who", ["asked_by_id", "person_id"])
def test_the_database_keeps_that_they_are_two(first: User, who: str) -> None:
    request = asked(person("case_officer"), by=first)
    approver = getattr(request, who)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE registry_accessrequest SET status = 'given', ended_by_id = {approver}")


@pytest.mark.parametrize(
    "statement", ["UPDATE registry_accessrequest SET roles = '[]'", "DELETE FROM registry_accessrequest"]
)
def test_the_database_keeps_what_was_asked_for(first: User, statement: str) -> None:
    asked(person("case_officer"), by=first)

    with pytest.raises(DatabaseError, match="stays as it was asked for"), transaction.atomic():
        connection.cursor().execute(statement)


def test_it_is_asked_for_and_approved_on_pages(first: User, second: User) -> None:
    officer = person("case_officer")
    form: dict[str, Any] = {"roles": ["decision_maker"], "because": WHY}
    signed_in(first).post(f"/staff/people/{officer.reference}/change-roles/", form)
    request = AccessRequest.objects.get()
    desk, page = signed_in(second), f"/staff/access/{request.reference}/"

    assert "waits for a second administrator" in desk.get(f"/staff/people/{officer.reference}/").content.decode()
    assert request.reference in desk.get("/staff/access/").content.decode()
    assert all(said in desk.get(page).content.decode() for said in ("Decision maker", WHY, "Ada First"))
    assert desk.post(f"{page}approve/").status_code == 302
    assert fresh(officer).roles == {"decision_maker"}
    assert signed_in(officer).get(page).status_code == 403
