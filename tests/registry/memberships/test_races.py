"""Two people of one organisation at once: somebody who answers for it always stays, and nobody is asked twice."""

import time
from functools import partial
from typing import Any

import pytest
from django.db import models

from registry import permissions
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.memberships import actions as memberships
from registry.memberships.models import Invitation
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter
from tests.conftest import NOW
from tests.people import person
from tests.races import at_once
from tests.registry.stories import an_invitation, an_organisation, somebody_acting, the_membership, with_proved_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause before each step of the trail, so that anyone who is not kept out gets in."""
    save = Counter.save

    def save_slowly(counter: Counter, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.05)
        save(counter, *args, **kwargs)

    monkeypatch.setattr(Counter, "save", save_slowly)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same code, with the locks taken away."""

    def read_again(thing: models.Model, *, among: models.QuerySet[models.Model] | None = None) -> models.Model:
        return (type(thing)._default_manager.all() if among is None else among).get(pk=thing.pk)

    monkeypatch.setattr(trail, "locked", read_again)


def two_of_a_firm() -> tuple[Organisation, User, User]:
    principal = person("applicant")
    firm = an_organisation(by=principal)
    return firm, principal, somebody_acting(firm, "representative")


def remove_each_other(firm: Organisation, one: User, other: User) -> list[str]:
    results = at_once(
        partial(memberships.remove, the_membership(firm, other), by=one, at=NOW),
        partial(memberships.remove, the_membership(firm, one), by=other, at=NOW),
    )
    return sorted(type(result).__name__ for result in results)


def test_of_two_who_remove_each_other_at_once_one_stays() -> None:
    firm, one, other = two_of_a_firm()

    assert remove_each_other(firm, one, other) == ["Membership", "PermissionDenied"]

    assert firm.memberships.answering().count() == 1


def test_of_two_who_leave_at_once_one_stays() -> None:
    firm, one, other = two_of_a_firm()

    results = at_once(
        *(partial(memberships.leave, the_membership(firm, user), by=user, at=NOW) for user in (one, other))
    )

    assert sorted(type(result).__name__ for result in results) == ["Membership", "Refused"]
    assert firm.memberships.answering().count() == 1


def test_an_invitation_accepted_twice_at_once_makes_one_membership() -> None:
    firm, _one, _other = two_of_a_firm()
    invited = with_proved_address(person("applicant"))
    invitation = an_invitation(firm, email=invited.email)

    results = at_once(*[partial(memberships.accept_invitation, invitation, by=invited, at=NOW)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Membership", "Refused"]
    assert firm.memberships.filter(user=invited).count() == 1


def accepts_and_is_employed() -> User:
    """Someone accepts an invitation while an administrator gives them a role of staff."""
    firm, _one, _other = two_of_a_firm()
    invited, administrator = with_proved_address(person("applicant")), person("people_administrator")
    accept = partial(memberships.accept_invitation, an_invitation(firm, email=invited.email), by=invited, at=NOW)
    employ = partial(accounts.change_roles, invited, roles=["case_officer"], by=administrator, at=NOW)
    at_once(accept, employ)
    return User.objects.get(pk=invited.pk)


def test_no_one_comes_to_act_for_a_business_and_to_work_for_the_authority_at_once() -> None:
    invited = accepts_and_is_employed()

    assert permissions.is_staff(invited) is not invited.memberships.filter(until=None).exists()


def test_two_who_invite_the_same_person_at_once_send_one_invitation() -> None:
    firm, one, other = two_of_a_firm()
    invite = partial(memberships.invite, firm, email="nia@people.example", kind="agent", at=NOW)

    results = at_once(partial(invite, by=one), partial(invite, by=other))

    assert sorted(type(result).__name__ for result in results) == ["Invitation", "Refused"]
    assert Invitation.objects.filter(email="nia@people.example").count() == 1


@pytest.mark.postgresql
@pytest.mark.usefixtures("without_locks")
def test_without_the_locks_nobody_would_be_left() -> None:
    firm, one, other = two_of_a_firm()

    assert remove_each_other(firm, one, other) == ["Membership", "Membership"]

    assert firm.memberships.answering().count() == 0


@pytest.mark.postgresql
@pytest.mark.usefixtures("without_locks")
def test_without_the_locks_someone_would_do_both() -> None:
    invited = accepts_and_is_employed()

    assert permissions.is_staff(invited) and invited.memberships.filter(until=None).exists()
