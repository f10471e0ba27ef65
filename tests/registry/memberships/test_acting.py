"""Who acts for an organisation, as what, and what they may do; and who takes no part in anything about it."""

from datetime import date

import pytest

from registry import permissions
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.memberships import actions as memberships
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import an_agent, an_organisation, day, somebody_acting, the_membership

pytestmark = pytest.mark.django_db

ITS_OWN = {Act.SUBMIT, Act.WITHDRAW, Act.NOTIFY, Act.SURRENDER, Act.MANAGE}


@pytest.fixture
def principal() -> User:
    return person("applicant", name="Rhian Prosser")


@pytest.fixture
def firm(principal: User) -> Organisation:
    return an_organisation(by=principal)


def reasons(user: User, firm: Organisation, *, on: date | None = None) -> dict[str, str]:
    """Why this user may not do each of the acts; without those that they may do."""
    by_act = {act.value: list(permissions.act_blockers(user, firm, act, on=on or day(0))) for act in Act}
    assert all(str(reason.text) for found in by_act.values() for reason in found)
    return {act: reason.code for act, found in by_act.items() for reason in found}


def test_its_own_people_may_do_everything(firm: Organisation, principal: User) -> None:
    representative = somebody_acting(firm, "representative")

    for user in (principal, representative):
        acting = permissions.acts_for(user, firm, on=day(0))
        assert acting is not None and not acting.is_agent and acting.organisation == firm
        assert all(acting.may(act) for act in Act)
        assert reasons(user, firm) == {}


def test_an_agent_may_do_what_the_consent_covers_of_what_agents_may(firm: Organisation) -> None:
    agent = an_agent(firm, covers=("fill_in",))

    acting = permissions.acts_for(agent, firm, on=day(0))

    assert acting is not None and acting.is_agent and acting.consent is not None
    assert [act for act in Act if acting.may(act)] == [Act.FILL_IN]
    not_for_agents = dict.fromkeys((act.value for act in ITS_OWN), "not_for_agents")
    assert reasons(agent, firm) == not_for_agents | {"answer": "not_covered", "reply": "not_covered"}


def test_a_consent_can_cover_what_agents_may_do(firm: Organisation) -> None:
    assert set(permissions.CAN_BE_COVERED) == set(Act) - ITS_OWN


def test_an_agent_without_a_consent_acts_for_nobody(firm: Organisation) -> None:
    waiting = somebody_acting(firm, "agent")
    later = an_agent(firm, starts=day(2))

    for user in (waiting, later):
        assert permissions.acts_for(user, firm, on=day(0)) is None
        assert set(reasons(user, firm).values()) == {"acts_no_more"}
        assert permissions.acting(user, on=day(0)) == []
    assert permissions.acts_for(later, firm, on=day(2)) is not None


def test_who_acts_for_another_organisation_or_has_left_does_not_act_for_this_one(
    firm: Organisation, principal: User
) -> None:
    stranger, former = person("applicant"), somebody_acting(firm, "representative")
    an_organisation("Another Ltd", by=stranger)
    memberships.leave(the_membership(firm, former), by=former, at=NOW)

    for user in (stranger, former):
        assert permissions.acts_for(user, firm, on=day(0)) is None
        assert set(reasons(user, firm).values()) == {"acts_no_more"}


def test_every_organisation_that_somebody_acts_for_by_name(firm: Organisation, principal: User) -> None:
    other, third = an_organisation("Zeal Labour Ltd", by=person("applicant")), an_organisation("Mid Labour Ltd")
    an_agent(other, user=principal, covers=("reply",))
    somebody_acting(third, "agent", user=principal)

    own, as_agent = permissions.acting(principal, on=day(0))

    assert (own.organisation, own.consent) == (firm, None)
    assert as_agent.organisation == other and as_agent.consent is not None
    assert as_agent.consent.covers == ["reply"]


def test_who_has_a_conflict_of_interest_takes_no_part(firm: Organisation) -> None:
    officer, colleague, other = person("case_officer"), person("case_officer"), an_organisation("Another Ltd")
    conflicts.declare(officer, organisation=firm, because="My brother's firm.", since=day(0), by=officer, at=NOW)

    assert list(permissions.conflict_blockers(officer, firm)) == [permissions.CONFLICTED]
    assert list(permissions.conflict_blockers(officer, other, firm)) == [permissions.CONFLICTED]
    assert list(permissions.conflict_blockers(officer, other)) == []
    assert list(permissions.conflict_blockers(colleague, firm)) == []
