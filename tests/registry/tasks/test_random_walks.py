"""Whatever is done to a case, in whatever order: its open tasks are what it waits for, and no one sees what they may not.

Actions are drawn at random and tried on the case as it is; most are refused, as they should be.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from compliance.follow_ups import actions as follow_ups
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.cases.actions import assignment
from licensing.checks.actions import checks
from licensing.decisions.actions import decisions, hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.messages import actions as messages
from registry.accounts.models import User
from registry.errors import Refused
from registry.tasks import actions, jobs, queries
from registry.tasks.models import Task
from tests.compliance.stories import a_follow_up, an_inspection, findings
from tests.conftest import NOW, SetClock
from tests.licensing.stories import GROUND, concluded
from tests.people import person
from tests.stories import an_application_paid, holder_of

pytestmark = pytest.mark.django_db

STEPS = 40
Act = Callable[["Walk"], Any]


class Walk:
    """One application, the people around it and the clock."""

    def __init__(self, seed: int, set_clock: SetClock) -> None:
        self.random, self.set_clock, self.at = random.Random(seed), set_clock, NOW
        self.application = an_application_paid()
        self.holder = holder_of(self.application.organisation)
        roles = ("case_officer", "decision_maker", "manager", "inspector", "quality_reviewer")
        self.people = {role: person(role) for role in roles}
        self.second_officer = person("case_officer")

    def now(self) -> Application:
        return Application.objects.get(pk=self.application.pk)

    def decision(self) -> Decision:
        return self.now().decisions.latest("pk")

    def visit(self) -> Inspection:
        return Inspection.objects.filter(case=self.application.reference).latest("pk")

    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)
        self.set_clock(self.at)
        jobs.open_due(at=self.at)

    @property
    def today(self) -> Any:
        return timezone.localdate(self.at)


def _answered_check(walk: Walk) -> None:
    check = walk.now().checks.unanswered().order_by("?").first()
    if check is not None:
        result = walk.random.choice(["nil", "adverse"])
        checks.record_result(
            check, result=result, evidence="Seen.", replied_on=walk.today, by=walk.people["case_officer"], at=walk.at
        )


def _all_checks(walk: Walk) -> None:
    for check in walk.now().checks.unanswered():
        checks.record_result(
            check, result="nil", evidence="", replied_on=walk.today, by=walk.people["case_officer"], at=walk.at
        )


def _commission(walk: Walk) -> None:
    case = walk.now()
    visit = an_inspection(organisation=case.organisation, case=case.reference, inspector=walk.people["inspector"])
    inspections.record_findings(
        visit,
        findings=findings(visit, *walk.random.sample(visit.standards, 1)),
        summary="Seen.",
        business_comments="None.",
        visited_on=walk.today,
        by=walk.people["inspector"],
        at=walk.at,
    )


def _propose(kind: str) -> Act:
    def propose(walk: Walk) -> None:
        given: dict[str, Any] = {"starts": walk.today} if kind == "grant" else {"grounds": [GROUND]}
        proposals.propose(
            walk.now(), kind=kind, because="So it is.", by=walk.people["case_officer"], at=walk.at, **given
        )

    return propose


def _messages_read(walk: Walk) -> None:
    messages.take_note(walk.now(), seen=100, by=walk.people["case_officer"], at=walk.at)


ACTS: dict[str, Act] = {
    "begin": lambda walk: assignment.begin_assessment(walk.now(), by=walk.people["case_officer"], at=walk.at),
    "assign": lambda walk: assignment.assign(
        walk.now(), case_officer=walk.second_officer, by=walk.people["manager"], at=walk.at
    ),
    "answer a check": _answered_check,
    "answer all checks": _all_checks,
    "write": lambda walk: messages.write(walk.now(), text="When?", by=walk.holder, at=walk.at),
    "read": _messages_read,
    "commission": _commission,
    "report": lambda walk: inspections.report(walk.visit(), by=walk.people["inspector"], at=walk.at),
    "confirm": lambda walk: inspections.confirm(walk.visit(), by=walk.people["quality_reviewer"], at=walk.at),
    "call off": lambda walk: inspections.call_off(
        walk.visit(), because="Not needed any more.", by=walk.people["case_officer"], at=walk.at
    ),
    "propose to grant": _propose("grant"),
    "propose to refuse": _propose("refuse"),
    "notify": lambda walk: hearings.notify(walk.decision(), by=walk.people["case_officer"], at=walk.at),
    "reply": lambda walk: hearings.represent(
        walk.decision(), text="No.", is_whole=walk.random.random() < 0.5, by=walk.holder, at=walk.at
    ),
    "decide": lambda walk: decisions.decide(
        walk.decision(), by=walk.people["decision_maker"], at=walk.at, **concluded(walk.decision())
    ),
    "drop": lambda walk: proposals.drop(
        walk.decision(), because="New facts have come in.", by=walk.people["case_officer"], at=walk.at
    ),
    "wait a day": lambda walk: walk.wait(1),
    "wait two weeks": lambda walk: walk.wait(14),
    "take a task": lambda walk: actions.take(
        walk.random.choice(list(queries.unassigned_tasks(walk.people["case_officer"], walk.today))),
        by=walk.people["case_officer"],
        at=walk.at,
    ),
}


@pytest.mark.parametrize("seed", range(6))
def test_after_every_step_the_open_tasks_are_what_is_waited_for(seed: int, set_clock: SetClock) -> None:
    walk, done = Walk(seed, set_clock), []
    for _step in range(STEPS):
        name = walk.random.choice(sorted(ACTS))
        try:
            with transaction.atomic():
                ACTS[name](walk)
        except (Refused, PermissionDenied, ObjectDoesNotExist, IndexError):
            continue
        done.append(name)
        assert_nothing_that_must_never_happen(walk.at, done)
    if walk.now().status not in ("granted", "refused"):
        with transaction.atomic():
            applications.withdraw(walk.now(), because="Enough.", by=walk.holder, at=walk.at)
    assert_nothing_that_must_never_happen(walk.at, done)
    assert len(done) > 5


def assert_nothing_that_must_never_happen(at: datetime, done: list[str]) -> None:
    assert list(queries.faults(at)) == [], done
    open_tasks = Task.objects.open()
    twice = open_tasks.values("kind", "subject_pk").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice, done
    assert not open_tasks.filter(owner__is_active=False).exists(), done
    for role in ("applicant", "auditor", "people_administrator"):
        assert not Task.objects.visible_to(_of(role), timezone.localdate(at)).exists(), (role, done)


def _of(role: str) -> User:
    return User.objects.filter(groups__name=role).first() or person(role)


def test_follow_up_from_asking_to_judging(set_clock: SetClock) -> None:
    follow_up = a_follow_up()
    holder_task = Task.objects.open().get(kind="followup.answer")
    assert holder_task.organisation == follow_up.inspection.organisation
    assert holder_task.due_on == follow_up.due_on

    later = NOW + timedelta(days=30)
    set_clock(later)
    jobs.open_due(at=later)
    judged = Task.objects.open().get(kind="followup.judge")
    follow_ups.accept(follow_up, because="Seen on the sheets.", by=follow_up.inspection.inspector, at=later)
    judged.refresh_from_db()
    assert judged.done_at == later
    assert not Task.objects.open().filter(kind__startswith="followup").exists()
    assert list(queries.faults(later)) == []
