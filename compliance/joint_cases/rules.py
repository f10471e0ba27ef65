"""What must be true before a case becomes joint, a step is set or finished, and the case is closed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.states import DisseminationStatus
from compliance.joint_cases.models import JointCase, JointStep
from compliance.joint_cases.states import JointSide
from registry.errors import Reason


def open_blockers(passed: Dissemination | HandOver, *, is_joint: bool) -> Iterator[Reason]:
    is_with_them = (
        passed.status != DisseminationStatus.PASSED or not passed.is_answered_here
        if isinstance(passed, Dissemination)
        else passed.passed_on_at is not None
    )
    if not is_with_them:
        yield Reason("not_passed_on", _("The other authority has not opened it yet."))
    if is_joint:
        yield Reason("joint_already", _("It is a joint case already."))


def lead_blockers(lead: str) -> Iterator[Reason]:
    if lead not in JointSide.values:
        yield Reason("no_lead", _("Choose which authority leads."), "lead")


def step_blockers(
    *, side: str, text: str, due_on: date | None, today: date, names: tuple[str, str, str] = ("side", "text", "due_on")
) -> Iterator[Reason]:
    """`names` are the fields that the three are asked in."""
    if side not in JointSide.values:
        yield Reason("no_side", _("Choose which authority takes the step."), names[0])
    if not text.strip():
        yield Reason("no_text", _("Write what is to be done."), names[1])
    if due_on is None or due_on < today:
        yield Reason("no_day", _("Enter a day that is not over."), names[2])


def add_blockers(case: JointCase) -> Iterator[Reason]:
    yield from case.lifecycle.blockers(case.status, "change_lead")


def finish_blockers(step: JointStep, *, outcome: str | None = None) -> Iterator[Reason]:
    """An outcome of None is not asked yet."""
    yield from step.lifecycle.blockers(step.status, "finish_step")
    if outcome is not None and not outcome.strip():
        yield Reason("no_outcome", _("Write what was done or found."), "outcome")


def close_blockers(case: JointCase, *, result: str | None = None) -> Iterator[Reason]:
    yield from case.lifecycle.blockers(case.status, "close_joint_case")
    if not case.has_no_open_step:
        yield Reason("open_steps", _("Finish the open steps first."))
    if result is not None and not result.strip():
        yield Reason("no_result", _("Write what the case led to."), "result")
