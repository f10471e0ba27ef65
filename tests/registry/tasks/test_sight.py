"""Who has a task, has it for someone who is away, or may take it, can open the page where it is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from compliance.enforcement.actions import cases, orders, underpayment, undertakings
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups.models import FollowUp
from compliance.safeguarding.actions import referrals
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.assignment import actions as assignment
from registry.errors import Refused
from registry.jobs import alert_of_urgent
from registry.letters.models import Letter
from registry.tasks import actions, jobs, queries
from registry.tasks.models import Task
from tests.compliance.enforcement import world as enforcement
from tests.compliance.safeguarding.world import a_referral
from tests.compliance.stories import a_follow_up, an_inspection, an_inspection_confirmed
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.stories import holder_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate(NOW)


def a_follow_up_answered(inspector: User) -> None:
    follow_up = a_follow_up(an_inspection_confirmed("2.4", inspector=inspector), by=inspector)
    follow_ups.answer(follow_up, text="Here are the sheets.", by=holder_of(follow_up.inspection.organisation), at=NOW)


def an_order_run_out(inspector: User) -> None:
    order = enforcement.an_order_on_conviction(officer=inspector)
    orders.compare_order(order, by=person("decision_maker"), at=NOW)


#: Things that an inspector sees only because they are their own, each with the kind of its task.
OWN: dict[str, Callable[[User], Any]] = {
    "followup.judge": a_follow_up_answered,
    "inspection.visit": lambda inspector: an_inspection(inspector=inspector),
    "unlicensedcase.investigate": lambda inspector: enforcement.a_case(by=inspector),
    "undertaking.agree": lambda inspector: enforcement.an_undertaking_served(by=inspector),
    "underpaymentnotice.record_payment": lambda inspector: enforcement.a_notice_of_underpayment_served(by=inspector),
    "convictionorder.end": an_order_run_out,
}


def opens(user: User, task: Task) -> bool:
    return signed_in(user).get(task.address).status_code == 200


def a_task(kind: str, inspector: User) -> Task:
    """The task of this kind, which some things open after years."""
    OWN[kind](inspector)
    jobs.open_due(at=NOW + timedelta(days=3 * 365))
    return Task.objects.open().get(kind=kind, owner=inspector)


@pytest.mark.parametrize("kind", OWN)
def test_who_is_given_a_task_of_another_sees_the_thing_and_no_one_else_does(kind: str) -> None:
    inspector, colleague, stranger = (person("inspector") for _three in range(3))
    task = a_task(kind, inspector)
    assert opens(inspector, task)
    assert not opens(colleague, task)

    actions.assign(task, owner=colleague, by=person("manager"), at=NOW)

    assert opens(colleague, task)
    assert not opens(stranger, task)


@pytest.mark.parametrize("kind", OWN)
def test_the_deputy_of_who_is_away_sees_the_thing_for_as_long(kind: str) -> None:
    inspector, deputy = person("inspector"), person("inspector")
    task = a_task(kind, inspector)
    absence = assignment.record_absence(
        inspector, deputy=deputy, starts=TODAY, until=TODAY, by=person("manager"), at=NOW
    )
    assert opens(deputy, task)

    assignment.end_absence(absence, by=person("manager"), at=NOW)

    assert not opens(deputy, task)


@pytest.mark.parametrize("kind", OWN)
def test_after_someone_has_left_those_who_may_take_the_task_see_the_thing(kind: str) -> None:
    inspector, colleague = person("inspector"), person("inspector")
    task = a_task(kind, inspector)

    accounts.off_board(inspector, because="Dismissed today.", at_once=True, by=person("people_administrator"), at=NOW)

    assert opens(colleague, task)
    actions.take(task, by=colleague, at=NOW)
    assert opens(colleague, task)


#: What the task asks for, done.
DONE: dict[str, Callable[[Task, User], object]] = {
    "followup.judge": lambda task, by: follow_ups.accept(
        FollowUp.objects.get(pk=task.subject_pk), because="Every hour is there.", by=by, at=NOW
    ),
    "unlicensedcase.investigate": lambda task, by: cases.record_offence(
        UnlicensedCase.objects.get(pk=task.subject_pk), code="s13", by=by, at=NOW
    ),
    "undertaking.agree": lambda task, by: undertakings.refuse_undertaking(
        Undertaking.objects.get(pk=task.subject_pk), because="They will not sign it.", by=by, at=NOW
    ),
    "underpaymentnotice.record_payment": lambda task, by: underpayment.settle_underpayment(
        UnderpaymentNotice.objects.get(pk=task.subject_pk),
        paid_on=TODAY,
        shown_by="The bank statements.",
        by=by,
        at=NOW,
    ),
}


@pytest.mark.parametrize("kind", DONE)
def test_who_is_given_a_task_can_do_it_and_another_cannot(kind: str) -> None:
    inspector, colleague = person("inspector"), person("inspector")
    task = a_task(kind, inspector)
    with pytest.raises((Refused, ObjectDoesNotExist)):
        DONE[kind](task, colleague)
    actions.assign(task, owner=colleague, by=person("manager"), at=NOW)

    DONE[kind](task, colleague)


def test_who_asked_for_a_corrective_action_judges_it() -> None:
    inspector = person("inspector")
    a_follow_up_answered(inspector)

    task = Task.objects.open().get(kind="followup.judge")

    assert task.owner == inspector
    assert opens(person("quality_reviewer"), task)


def test_a_referral_that_was_returned_is_free_to_those_who_see_referrals_alone() -> None:
    inspector, colleague, lead = person("inspector"), person("inspector"), person("safeguarding_lead")
    referrals.give_back(a_referral("refused", by=inspector), why="facts", by=person("safeguarding_lead"), at=NOW)
    task = Task.objects.open().get(kind="referral.correct")

    accounts.off_board(inspector, because="Dismissed today.", at_once=True, by=person("people_administrator"), at=NOW)

    assert task not in queries.unassigned_tasks(colleague, TODAY)
    assert not opens(colleague, task)
    assert task in queries.unassigned_tasks(lead, TODAY)
    assert opens(lead, task)
    alert_of_urgent(at=NOW)
    told = Letter.objects.filter(template="registry/letters/alert.html", reference=task.reference)
    assert lead.email in told.values_list("address", flat=True)
    assert colleague.email not in told.values_list("address", flat=True), "who may not see it is not mailed about it"


def test_who_sees_a_thing_only_for_its_task_goes_home_once_it_is_done() -> None:
    inspector, colleague = person("inspector"), person("inspector")
    task = a_task("underpaymentnotice.record_payment", inspector)
    actions.assign(task, owner=colleague, by=person("manager"), at=NOW)
    page = f"/staff/underpayments/{task.reference}/settle/"
    typed = {
        "paid_on_day": TODAY.day,
        "paid_on_month": TODAY.month,
        "paid_on_year": TODAY.year,
        "shown_by": "The bank statements.",
    }

    assert signed_in(colleague).post(page, typed).headers["Location"] == reverse("home")
    assert not opens(colleague, task)
