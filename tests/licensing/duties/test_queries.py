"""What a business must do and what it waits for: who reads it, with which day, and from which tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.decisions.actions import proposals
from licensing.decisions.rules.proposals import GivenCondition
from licensing.duties.queries.duties import pending_for
from licensing.holding.actions import surrenders
from registry import permissions
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.memberships import actions as memberships
from registry.memberships.models import Membership
from registry.memberships.states import Act
from registry.tasks import queries as task_queries
from tests.conftest import NOW
from tests.licensing.appeals.world import DECIDED, a_revocation_to_come, acknowledged, received, replied
from tests.licensing.duties.stories import duties_at
from tests.licensing.holding.world import somebody_joins, the_holder
from tests.licensing.stories import TODAY, a_licence, a_request, a_revocation_proposed, notified
from tests.people import person, signed_in
from tests.registry.stories import a_condition, an_agent
from tests.stories import holder_of

pytestmark = pytest.mark.django_db


def waited_for(user: User) -> list[tuple[str, str]]:
    return [(one.text, one.waits_for) for one in pending_for(permissions.acting(user, on=TODAY), today=TODAY)]


def kinds(user: User) -> list[str]:
    return sorted(duty.task.kind for duty in duties_at(user))


@pytest.mark.both
def test_a_day_is_counted_down_and_then_counts_as_late() -> None:
    licence = a_licence()
    condition = a_condition(licence)
    holder = the_holder(licence)

    def shown(days: int) -> tuple[str, bool]:
        at = NOW + (condition.due_on - TODAY) + timedelta(days=days)
        (duty,) = duties_at(holder, "condition.meet", at=at)
        return duty.countdown, duty.is_late

    assert [shown(days) for days in (-12, -1, 0, 1, 3)] == [
        ("12 days left", False),
        ("1 day left", False),
        ("Today", False),
        ("1 day late", True),
        ("3 days late", True),
    ]
    assert "suspended or revoked" in duties_at(holder, "condition.meet")[0].missed


def test_an_agent_reads_only_what_the_consent_covers_and_nothing_without_one() -> None:
    request = a_request()
    organisation = request.application.organisation
    agent = an_agent(organisation, covers=(Act.ANSWER,))
    assert kinds(agent) == ["informationrequest.answer"]

    membership = Membership.objects.get(user=agent, until=None)
    memberships.withdraw_consent(membership, by=holder_of(organisation), at=NOW)

    assert kinds(agent) == []
    assert waited_for(agent) == []
    assert "membership.consent" in kinds(holder_of(organisation))
    page = signed_in(agent).get("/duties/").content.decode()
    assert organisation.legal_name not in page

    memberships.leave(membership, by=agent, at=NOW)
    assert "membership.consent" not in kinds(holder_of(organisation))
    assert list(task_queries.faults(NOW)) == []


def test_others_read_nothing() -> None:
    a_request()

    assert kinds(person("applicant")) == []


def test_what_is_proposed_shows_only_once_the_business_was_told() -> None:
    licence = a_licence()
    holder = the_holder(licence)
    before, waited = kinds(holder), waited_for(holder)
    proposal = a_revocation_proposed(licence)
    assert (kinds(holder), waited_for(holder)) == (before, waited)

    notified(proposal)

    assert set(kinds(holder)) - set(before) == {"decision.reply"}


def test_a_condition_stays_a_duty_while_more_time_is_only_proposed() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    at = NOW + (condition.due_on - TODAY) + timedelta(days=1)
    assert duties_at(holder, "condition.meet", at=at)

    longer = GivenCondition(condition.standard, condition.requirement, condition.due_on + timedelta(days=30))
    proposals.propose(
        licence,
        kind="extend",
        condition=condition,
        conditions=[longer],
        because="The winter was hard.",
        by=person("case_officer"),
        at=at,
    )

    assert duties_at(holder, "condition.meet", at=at)


def test_a_surrender_and_a_change_wait_for_us_since_they_were_sent() -> None:
    licence = a_licence()
    holder = the_holder(licence)
    somebody_joins(licence)
    surrenders.ask(licence, takes_effect=TODAY + timedelta(days=30), because="We close.", by=holder, at=NOW)

    assert set(waited_for(holder)) == {
        ("We look at the change that you reported", "Waiting for us"),
        ("We decide on your request to give up the licence", "Waiting for us"),
    }
    page = signed_in(holder).get("/licences/").content.decode()
    assert "What you are waiting for" in page
    assert "Since 2 November 2026" in page


def test_an_appeal_waits_for_each_side_in_turn() -> None:
    decision = a_revocation_to_come()
    assert decision.licence
    holder = the_holder(decision.licence)

    def of_appeal() -> list[tuple[str, str]]:
        acting = permissions.acting(holder, on=timezone.localdate(DECIDED))
        found = pending_for(acting, today=timezone.localdate(DECIDED))
        return [(one.text, one.waits_for) for one in found]

    assert duties_at(holder, "decision.appeal", at=DECIDED)[0].due == decision.appeal_by
    appeal = received(decision)
    assert duties_at(holder, "decision.appeal", at=DECIDED) == []
    assert of_appeal() == [("The secretariat of the tribunal acknowledges your appeal", "Waiting for the tribunal")]
    acknowledged(appeal)
    assert of_appeal() == [("We reply to your appeal", "Waiting for us")]


def test_the_time_to_appeal_is_no_duty_after_its_day() -> None:
    decision = a_revocation_to_come()
    assert decision.licence and decision.appeal_by
    at = DECIDED + (decision.appeal_by - timezone.localdate(DECIDED)) + timedelta(days=1)

    assert duties_at(the_holder(decision.licence), "decision.appeal", at=at) == []


@pytest.mark.parametrize("place", ["/licences/", "/duties/", "licence"])
def test_the_pages_of_a_holder_say_the_same(place: str) -> None:
    licence: Licence = a_licence()
    condition = a_condition(licence)
    address = f"/licences/{licence.number}/" if place == "licence" else place

    page = signed_in(the_holder(licence)).get(address).content.decode()

    assert "Meet the condition and send evidence" in page
    assert f"/licences/{licence.number}/conditions/{condition.reference}/evidence/" in page
    assert "days left" in page


def test_with_the_tribunal_the_appellant_waits_for_it() -> None:
    appeal = replied()
    assert appeal.decision.licence
    holder = the_holder(appeal.decision.licence)
    acting = permissions.acting(holder, on=TODAY)

    (fixing,) = [one for one in pending_for(acting, today=TODAY) if one.task.kind == "appeal.fixing"]
    assert (fixing.waits_for, fixing.due) == ("Waiting for the tribunal", appeal.fix_by)
    page = signed_in(holder).get(f"/licences/{appeal.decision.licence.number}/")
    assert "appeal.fixing" in [one.task.kind for one in page.context["pending"]]
