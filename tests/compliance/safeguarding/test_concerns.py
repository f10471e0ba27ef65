"""A sign of forced labour in a report, or a ground of a decision, is put before the safeguarding lead, who answers it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from compliance.inspections import actions as inspections
from compliance.safeguarding.actions import concerns
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.safeguarding.models.referrals import Referral
from licensing.decisions.actions import proposals
from licensing.decisions.rules.grounds import GivenGround
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.trail.actions import verifications
from registry.trail.models.events import Event
from tests.compliance.contradictions.world import reported
from tests.compliance.safeguarding.world import posted
from tests.compliance.stories import an_inspection_recorded, an_inspection_reported, signed
from tests.conftest import NOW
from tests.licensing.stories import a_licence, an_inspection_of, day
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return person("safeguarding_lead", name="Nerys Lead")


def test_passports_in_a_box_behind_a_standard_found_met_are_a_task_of_the_lead(lead: User) -> None:
    visit = reported()

    concern = SafeguardingConcern.objects.get()
    task = Task.objects.open().get(kind="safeguardingconcern.consider")
    assert (concern.about, concern.standards) == (visit.reference, ["3.2"])
    assert task.due_at == NOW + timedelta(hours=24)
    page = signed_in(lead).get(task.address).content.decode()
    assert visit.reference in page and "retaining identity documents" in page


def test_a_standard_against_forced_labour_that_is_not_met_is_told_and_another_is_not() -> None:
    an_inspection_reported("6.2")
    assert not SafeguardingConcern.objects.exists()

    an_inspection_reported("3.1", "6.2")
    assert SafeguardingConcern.objects.get().standards == ["3.1"]


def test_handed_in_again_only_what_is_new_is_told() -> None:
    visit = an_inspection_recorded("3.1")
    inspections.report(visit, by=visit.inspector, at=NOW)
    reviewer = person("quality_reviewer")
    inspections.return_for_correction(visit, because="Say more of 3.2 as well.", by=reviewer, at=NOW)
    visit.refresh_from_db()
    signed(visit)
    inspections.report(visit, by=visit.inspector, at=NOW)

    assert SafeguardingConcern.objects.count() == 1


def test_a_ground_of_a_decision_is_told_once_whether_a_visit_or_the_decision_said_it_first() -> None:
    licence, kept = a_licence(), GivenGround("3.2", "Passports were kept in the office.", "The box of passports.")
    visit = an_inspection_of(licence, "3.2")
    terms: dict[str, Any] = {"kind": "revoke", "because": "Passports.", "takes_effect": day(60), "at": NOW}

    proposals.propose(licence, **terms, grounds=[kept], inspections=[visit], by=person("case_officer"))
    assert [one.about for one in SafeguardingConcern.objects.all()] == [visit.reference]

    decision = proposals.propose(a_licence(), **terms, grounds=[kept], by=person("case_officer"))
    assert SafeguardingConcern.objects.last() == SafeguardingConcern.objects.get(about=decision.reference)


def test_a_referral_of_the_visit_answers_it(lead: User) -> None:
    visit = reported()
    desk = signed_in(lead)
    page = desk.get(Task.objects.open().get(kind="safeguardingconcern.consider").address)
    assert f"/staff/referrals/new/?number={visit.reference}" in page.content.decode()

    asked = f"/staff/referrals/new/?number={visit.reference}&age=child"
    assert desk.get(asked).context["form"]["number"].value() == visit.reference
    desk.post(asked, {**posted("given", age_band="under_16"), "kind": "nrm", "number": visit.reference})

    concern = SafeguardingConcern.objects.get()
    assert Referral.objects.get().inspection == visit
    assert (concern.status, concern.considered_by) == ("referred", lead)
    assert not Task.objects.open().filter(kind="safeguardingconcern.consider").exists()
    assert verifications.verify_history().holds


def test_the_lead_says_why_nobody_is_referred(lead: User) -> None:
    reported()
    concern = SafeguardingConcern.objects.get()
    desk, address = signed_in(lead), f"/staff/referrals/concerns/{concern.reference}/consider/"

    assert desk.post(address, {}).status_code == 422
    desk.post(address, {"why": "adult"})

    concern.refresh_from_db()
    assert (concern.status, concern.why, concern.considered_by) == ("set_aside", "adult", lead)
    assert [one.verb for one in Event.objects.of([("safeguardingconcern", concern.reference)])] == [
        "set_aside",
        "raise_concern",
    ]
    with pytest.raises(Refused):
        concerns.set_aside(concern, why="adult", by=lead, at=NOW)


def test_nobody_else_answers_it_and_no_lead_with_a_conflict(lead: User) -> None:
    visit = reported()
    concern = SafeguardingConcern.objects.get()

    with pytest.raises(PermissionDenied):
        concerns.set_aside(concern, why="adult", by=visit.inspector, at=NOW)
    conflicts.declare(
        lead, organisation=visit.organisation, because="My sister works there.", since=NOW.date(), by=lead, at=NOW
    )
    assert not SafeguardingConcern.objects.visible_to(lead).exists()
