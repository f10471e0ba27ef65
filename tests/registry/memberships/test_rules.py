"""Rules of acting for an organisation judge what they are given: no database."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from registry.accounts.models import User
from registry.errors import Reason
from registry.memberships import rules
from registry.memberships.models import Invitation, Membership
from tests.conftest import NOW

TODAY = NOW.date()
PRINCIPAL, REPRESENTATIVE, AGENT = (
    Membership.Kind.PRINCIPAL_AUTHORITY,
    Membership.Kind.REPRESENTATIVE,
    Membership.Kind.AGENT,
)
RHIAN, MAIR, OWEN = (User(pk=pk, email=f"{name}@firm.example", name=name) for pk, name in enumerate(("r", "m", "o"), 1))


def found_in(reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """The code of each reason and the field that it is about; each has words."""
    found = list(reasons)
    assert all(str(one.text) for one in found)
    return [(one.code, one.where) for one in found]


def acting_as(kind: str, user: User = RHIAN, **fields: Any) -> Membership:
    return Membership(pk=user.pk, user=user, kind=kind, **fields)


def an_invitation(email: str = "new@firm.example", kind: str = REPRESENTATIVE, **fields: Any) -> Invitation:
    return Invitation(**{"email": email, "kind": kind, "expires_at": NOW + timedelta(days=14), **fields})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"sent_today": 19}, []),
        ({"sent_today": 20}, [("too_many_today", "")]),
        ({"email": "R@firm.example"}, [("acts_already", "email")]),
        ({"email": "Asked@firm.example"}, [("invited_already", "email")]),
        ({"kind": PRINCIPAL}, [("second_principal", "kind")]),
    ],
)
def test_who_may_be_invited(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    invited = {"sent_today": 0, "email": "new@firm.example", "kind": REPRESENTATIVE, **given}

    acting = [acting_as(PRINCIPAL), acting_as(AGENT, MAIR)]
    assert found_in(rules.invite_to_act_blockers(iter(acting), [an_invitation("asked@firm.example")], **invited)) == (
        expected
    )


@pytest.mark.parametrize(
    ("invitation", "given", "expected"),
    [
        ({}, {}, []),
        ({}, {"verified": {"other@firm.example"}}, ["another_address"]),
        ({"accepted_at": NOW}, {}, ["answered"]),
        ({"ended_at": NOW}, {}, ["answered"]),
        ({"expires_at": NOW + timedelta(seconds=1)}, {}, []),
        ({"expires_at": NOW}, {}, ["too_late"]),
        ({}, {"is_staff": True}, ["works_for_authority"]),
        ({}, {"by": RHIAN}, ["acts_already"]),
        ({"kind": PRINCIPAL}, {}, ["second_principal"]),
    ],
)
def test_who_may_accept(invitation: dict[str, Any], given: dict[str, Any], expected: list[str]) -> None:
    facts: dict[str, Any] = {"by": OWEN, "verified": {"new@firm.example"}, "is_staff": False, "at": NOW, **given}
    acting = [acting_as(PRINCIPAL), acting_as(AGENT, MAIR)]

    found = found_in(rules.accept_blockers(an_invitation(**invitation), iter(acting), **facts))

    assert [code for code, _where in found] == expected


def test_only_whose_address_it_is_declines_and_only_once() -> None:
    own = {"new@firm.example"}

    assert found_in(rules.decline_blockers(an_invitation(), verified=own)) == []
    assert found_in(rules.decline_blockers(an_invitation(), verified=set())) == [("another_address", "")]
    assert found_in(rules.decline_blockers(an_invitation(accepted_at=NOW), verified=own)) == [("answered", "")]


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(minutes=59), [("sent_just_now", "")]),
        (timedelta(hours=1), []),
        (timedelta(days=15), []),
    ],
)
def test_a_letter_is_sent_again_after_an_hour(passed: timedelta, expected: list[tuple[str, str]]) -> None:
    assert found_in(rules.resend_blockers(an_invitation(), at=NOW + passed)) == expected


def test_a_letter_of_an_invitation_that_was_answered_is_not_sent_again() -> None:
    answered = an_invitation(ended_at=NOW)

    assert found_in(rules.resend_blockers(answered, at=NOW + timedelta(days=1))) == [("answered", "")]


def test_who_acts_no_more_is_changed_no_more() -> None:
    assert found_in(rules.current_blockers(acting_as(AGENT))) == []
    assert found_in(rules.current_blockers(acting_as(AGENT, until=NOW))) == [("acts_no_more", "")]


@pytest.mark.parametrize(
    ("now", "others", "kind", "expected"),
    [
        (REPRESENTATIVE, [], REPRESENTATIVE, [("no_change", "kind")]),
        (REPRESENTATIVE, [], PRINCIPAL, []),
        (REPRESENTATIVE, [acting_as(PRINCIPAL, MAIR)], PRINCIPAL, [("second_principal", "kind")]),
        (PRINCIPAL, [acting_as(PRINCIPAL, MAIR)], PRINCIPAL, [("no_change", "kind")]),
        (PRINCIPAL, [], REPRESENTATIVE, []),
        (PRINCIPAL, [], AGENT, [("last_one", "")]),
        (PRINCIPAL, [acting_as(AGENT, MAIR)], AGENT, [("last_one", "")]),
        (PRINCIPAL, [acting_as(REPRESENTATIVE, MAIR)], AGENT, []),
        (AGENT, [acting_as(PRINCIPAL, MAIR)], REPRESENTATIVE, []),
    ],
)
def test_what_somebody_may_become(
    now: str, others: list[Membership], kind: str, expected: list[tuple[str, str]]
) -> None:
    acting = [acting_as(now), *others]

    assert found_in(rules.change_kind_blockers(acting[0], iter(acting), kind=kind)) == expected


def test_somebody_is_always_left_who_answers_for_the_organisation() -> None:
    principal, agent, colleague = acting_as(PRINCIPAL), acting_as(AGENT, MAIR), acting_as(REPRESENTATIVE, OWEN)

    assert found_in(rules.leave_blockers(principal, [principal, agent])) == [("last_one", "")]
    assert found_in(rules.leave_blockers(principal, [principal, colleague])) == []
    assert found_in(rules.leave_blockers(agent, [agent])) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"until": TODAY}, []),
        ({"starts": TODAY, "until": TODAY}, []),
        ({"covers": iter(())}, [("covers_nothing", "covers")]),
        ({"starts": TODAY, "until": TODAY - timedelta(days=1)}, [("ends_before_it_starts", "until")]),
        ({"until": TODAY - timedelta(days=1)}, [("over_already", "until")]),
    ],
)
def test_what_a_consent_says(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    consent = {"covers": ["fill_in"], "starts": TODAY - timedelta(days=9), "until": None, "today": TODAY, **given}

    assert found_in(rules.consent_blockers(acting_as(AGENT), **consent)) == expected


def test_only_an_agent_needs_a_consent() -> None:
    found = rules.consent_blockers(acting_as(REPRESENTATIVE), covers=["reply"], starts=TODAY, until=None, today=TODAY)

    assert found_in(found) == [("no_agent", "")]


def test_a_consent_is_withdrawn_where_there_is_one() -> None:
    assert found_in(rules.withdraw_consent_blockers(there_is_one=True)) == []
    assert found_in(rules.withdraw_consent_blockers(there_is_one=False)) == [("no_consent", "")]


def test_the_principal_authority_that_there_is_is_named() -> None:
    (reason,) = rules.invite_to_act_blockers(
        [acting_as(PRINCIPAL)], [], sent_today=0, email="new@firm.example", kind=PRINCIPAL
    )

    assert str(RHIAN) in str(reason.text)
