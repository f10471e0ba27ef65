"""What people do with tasks: take, assign, postpone, acknowledge; and what happens to those of people who are away or leave."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from compliance.inspections import actions as inspections
from licensing.applications.models import Application
from licensing.cases.actions import assignment
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.assignment import actions as assignment_actions
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks import actions, jobs, queries
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW, SetClock
from tests.licensing.stories import TODAY, a_grant_proposed, a_refusal_proposed, an_application_checked, notified
from tests.people import person, signed_in
from tests.stories import an_application_paid

pytestmark = pytest.mark.django_db


def refused_for(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def the_task(kind: str) -> Task:
    return Task.objects.open().get(kind=kind)


def test_an_application_that_is_paid_for_waits_for_any_case_officer_and_then_for_the_one_who_took_it() -> None:
    application = an_application_paid()
    task = the_task("application.take_on")
    officer = person("case_officer")
    assert task.owner is None
    assert task in queries.unassigned_tasks(officer, TODAY)
    assert task not in queries.own_tasks(officer, TODAY)

    actions.take(task, by=officer, at=NOW)

    application.refresh_from_db()
    assert application.case_officer == officer
    assert application.status == "assessing"
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (NOW, officer)


def test_who_may_not_do_a_task_neither_sees_nor_takes_it() -> None:
    an_application_paid()
    task = the_task("application.take_on")
    for role in ("inspector", "decision_maker", "applicant", "auditor"):
        other = person(role)
        assert task not in Task.objects.visible_to(other, TODAY)
        with pytest.raises(Task.DoesNotExist):
            actions.take(task, by=other, at=NOW)


def test_a_conflict_of_interest_hides_the_task_and_takes_it_from_the_officer() -> None:
    application = an_application_checked()
    officer = application.case_officer
    assert officer is not None
    assert the_task("application.assess").owner == officer

    conflicts.declare(
        officer,
        organisation=application.organisation,
        because="My brother works there.",
        since=TODAY,
        by=officer,
        at=NOW,
    )

    application.refresh_from_db()
    task = the_task("application.assess")
    assert application.case_officer is None
    assert task.owner is None
    assert task not in Task.objects.visible_to(officer, TODAY)
    assert task in queries.unassigned_tasks(person("case_officer"), TODAY)


def test_who_proposed_does_not_see_the_task_to_decide() -> None:
    decision = a_grant_proposed()
    task = the_task("decision.decide")
    both = decision.proposed_by
    both.groups.add(*person("decision_maker").groups.all())
    both = User.objects.get(pk=both.pk)

    assert both.has_perm("licensing.decide")
    assert task not in queries.unassigned_tasks(both, TODAY)
    with pytest.raises(Refused) as refused:
        actions.assign(task, owner=both, by=person("manager"), at=NOW)
    assert refused_for(refused) == ["second_person"]


def test_time_to_reply_is_the_task_of_the_applicant_and_deciding_that_of_another_the_day_after(
    set_clock: SetClock,
) -> None:
    decision = notified(a_refusal_proposed())
    reply = the_task("decision.reply")
    assert reply.organisation == decision.organisation
    assert reply.due_on == decision.reply_by
    assert not Task.objects.open().filter(kind="decision.decide").exists()

    assert decision.reply_by is not None
    after = NOW + timedelta(days=(decision.reply_by - TODAY).days + 1)
    set_clock(after)
    assert jobs.open_due(at=after) >= 1

    assert not Task.objects.open().filter(kind="decision.reply").exists()
    assert the_task("decision.decide").due_on >= timezone.localdate(after)
    assert jobs.open_due(at=after) == 0
    assert list(queries.faults(after)) == []


def test_a_task_is_assigned_by_who_assigns_and_only_to_who_may_do_it() -> None:
    an_application_paid()
    task = the_task("application.take_on")
    officer, manager = person("case_officer"), person("manager")

    with pytest.raises(Refused) as refused:
        actions.assign(task, owner=person("inspector"), by=manager, at=NOW)
    assert refused_for(refused) == ["may_not"]

    actions.assign(task, owner=officer, by=manager, at=NOW)
    assert the_task("application.take_on").owner == officer
    assert the_task("application.take_on") in queries.own_tasks(officer, TODAY)


def test_a_deputy_sees_the_tasks_of_who_is_away_for_as_long() -> None:
    application = an_application_checked()
    away, deputy = application.case_officer, person("case_officer")
    assert away is not None
    assignment_actions.record_absence(
        away, deputy=deputy, starts=TODAY, until=TODAY + timedelta(days=6), by=away, at=NOW
    )

    task = the_task("application.assess")
    assert task in queries.own_tasks(deputy, TODAY)
    assert task in queries.own_tasks(deputy, TODAY + timedelta(days=6))
    assert task not in queries.own_tasks(deputy, TODAY + timedelta(days=7))
    with pytest.raises(Refused) as refused:
        assignment_actions.record_absence(away, deputy=deputy, starts=TODAY, until=TODAY, by=away, at=NOW)
    assert refused_for(refused) == ["absent_already"]


def test_who_leaves_hands_over_first_or_is_shut_out_and_nothing_is_lost() -> None:
    application = an_application_checked()
    gone, administrator = application.case_officer, person("people_administrator")
    assert gone is not None

    with pytest.raises(Refused) as refused:
        accounts.off_board(gone, because="Left the authority.", by=administrator, at=NOW)
    assert refused_for(refused) == ["open_tasks"]

    heir = person("case_officer")
    accounts.off_board(gone, because="Left the authority.", hand_over_to=heir, by=administrator, at=NOW)
    application.refresh_from_db()
    assert application.case_officer == heir
    assert the_task("application.assess").owner == heir
    assert Event.objects.filter(verb="off_board").get().facts["handed_over_to"] == heir.reference


def test_the_administrator_sees_what_is_to_be_handed_over_and_to_whom_it_went_but_not_what_it_is_about() -> None:
    application = an_application_checked()
    gone, heir = application.case_officer, person("case_officer", name="Nia Heir")
    assert gone is not None
    client = signed_in(person("people_administrator"))
    page = f"/staff/people/{gone.reference}/"

    asked = client.get(f"{page}off-board/").content.decode()
    assert "Assess the application and propose a decision: 1" in asked
    assert application.reference not in asked
    client.post(f"{page}off-board/", {"because": "Left the authority.", "hand_over_to": heir.reference})

    assert "1 task went to Nia Heir" in client.get(page).content.decode()


def test_who_gets_other_roles_keeps_no_task_that_they_cannot_do() -> None:
    application = an_application_checked()
    changed = application.case_officer
    assert changed is not None

    accounts.change_roles(changed, roles=["auditor"], by=person("people_administrator"), at=NOW)

    task = the_task("application.assess")
    assert (task.owner, task.priority) == (None, 1)
    assert task in queries.unassigned_tasks(person("case_officer"), NOW.date())


def test_who_is_shut_out_at_once_leaves_urgent_tasks_to_everyone() -> None:
    application = an_application_checked()
    gone = application.case_officer
    assert gone is not None

    accounts.off_board(
        gone, because="The password was stolen.", at_once=True, by=person("people_administrator"), at=NOW
    )

    task = the_task("application.assess")
    assert (task.owner, task.priority) == (None, 1)


def test_a_day_that_the_law_sets_is_not_postponed_and_any_other_only_with_a_reason() -> None:
    an_application_paid()
    task, manager = the_task("application.take_on"), person("manager")
    with pytest.raises(Refused) as refused:
        actions.postpone(task, due_on=TODAY.replace(year=9999), because=" ", by=manager, at=NOW)
    assert refused_for(refused) == ["day_out_of_range", "no_reasons"]

    actions.postpone(task, due_on=TODAY + timedelta(days=30), because="The office moves.", by=manager, at=NOW)
    assert the_task("application.take_on").due_on == TODAY + timedelta(days=30)


def test_assigning_again_keeps_one_task() -> None:
    application = an_application_checked()
    manager, other = person("manager"), person("case_officer")
    assignment.assign(application, case_officer=other, by=manager, at=NOW)

    assert the_task("application.assess").owner == other


def test_a_case_that_was_released_can_be_taken_by_another_officer() -> None:
    application = an_application_checked()
    gone = application.case_officer
    assert gone is not None
    accounts.off_board(
        gone, because="The password was stolen.", at_once=True, by=person("people_administrator"), at=NOW
    )
    other = person("case_officer")

    actions.take(the_task("application.assess"), by=other, at=NOW)

    application.refresh_from_db()
    assert application.case_officer == other
    assert the_task("application.assess").owner == other


def waiting_for_its_applicant() -> tuple[Application, User]:
    """A case that has an officer, and no task of that officer."""
    officer = person("case_officer")
    return stories.an_application_being_assessed(case_officer=officer), officer


def test_a_case_without_a_task_is_given_on_too_when_its_officer_leaves() -> None:
    case, gone = waiting_for_its_applicant()
    other = person("case_officer")
    assert not Task.objects.open().filter(owner=gone).exists()

    accounts.off_board(gone, because="She has retired.", hand_over_to=other, by=person("people_administrator"), at=NOW)

    case.refresh_from_db()
    assert case.case_officer == other


def test_without_a_successor_it_belongs_to_no_one() -> None:
    case, gone = waiting_for_its_applicant()

    accounts.off_board(gone, because="She has retired.", by=person("people_administrator"), at=NOW)

    case.refresh_from_db()
    assert case.case_officer is None
    assert Event.objects.filter(reference=case.reference).latest("number").verb == "assign"


def test_a_declared_conflict_takes_the_case_away_and_no_other() -> None:
    case, officer = waiting_for_its_applicant()
    kept = stories.an_application_being_assessed(case_officer=officer, legal_name="Other Ltd")

    conflicts.declare(
        officer, organisation=case.organisation, because="A cousin works there.", since=NOW.date(), by=officer, at=NOW
    )

    case.refresh_from_db()
    kept.refresh_from_db()
    assert (case.case_officer, kept.case_officer) == (None, officer)


def test_who_lets_people_go_can_neither_assign_a_case_nor_an_inspection_otherwise() -> None:
    application, visit = an_application_checked(), an_inspection()
    administrator = person("people_administrator")

    with pytest.raises(PermissionDenied):
        assignment.assign(application, case_officer=person("case_officer"), by=administrator, at=NOW)
    with pytest.raises(PermissionDenied):
        inspections.reassign(visit, inspector=person("inspector"), because="A side door.", by=administrator, at=NOW)


def test_a_released_inspection_leaves_an_event_of_its_task() -> None:
    visit = an_inspection()
    accounts.off_board(
        visit.inspector, because="Shut out at once.", at_once=True, by=person("people_administrator"), at=NOW
    )

    released = the_task("inspection.visit")
    assert released.owner is None
    assert Event.objects.filter(kind="task", reference=visit.reference, verb="assign_task").count() == 1

    other = person("inspector")
    actions.take(released, by=other, at=NOW)
    visit.refresh_from_db()
    assert visit.inspector == other
