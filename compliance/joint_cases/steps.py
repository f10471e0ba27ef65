"""What we do with a joint case, and how what was passed on becomes one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import QUIET
from compliance.hand_overs.steps import URL as HAND_OVERS
from compliance.intelligence.models.intelligence import Dissemination
from compliance.joint_cases import actions, forms, rules
from compliance.joint_cases.models import JointCase, JointStep
from compliance.joint_cases.states import RECORDS, JointCaseStatus
from registry.steps import Step, Steps

TITLE = _("Make it a joint case")


def _open_blockers(passed: Any, by: Any, on: Any) -> Any:
    is_joint = passed.joint_cases.filter(status=JointCaseStatus.OPEN).exists()
    return rules.open_blockers(passed, is_joint=is_joint)


def _open(fits: Any = lambda passed, on: True) -> Step:
    return Step(
        "open_joint_case",
        TITLE,
        permission=RECORDS,
        form=forms.OpenJointCase,
        blockers=_open_blockers,
        action=actions.open_joint_case,
        fits=fits,
        then=lambda passed, case: reverse("joint_case", args=[case.reference]),
        slug="joint",
        kind="jointcase",
        done=_("Made a joint case"),
    )


OF_INTELLIGENCE = Steps(
    Dissemination,
    "of_intelligence",
    url="staff/partner-answers/<str:reference>",
    address_of=lambda passed: reverse("intelligence", args=[passed.intelligence.reference]),
    related=("intelligence", "agency"),
    unchanged_by=frozenset({"open"}),
    steps=(_open(),),
)
OF_REPORT = Steps(
    HandOver,
    "of_hand_over",
    page="hand_over",
    url=HAND_OVERS,
    related=("organisation", "agency"),
    unchanged_by=QUIET,
    steps=(_open(lambda one, on: one.is_for_authority and one.passed_on_at is not None),),
)
JOINT_CASE = Steps(
    JointCase,
    "joint_case",
    url="staff/joint-cases/<str:reference>",
    related=("agency",),
    permission=RECORDS,
    steps=(
        Step(
            "add_step",
            _("Set the next step"),
            form=forms.AddStep,
            blockers=lambda case, by, on: rules.add_blockers(case),
            action=actions.add_step,
            in_statuses=(JointCaseStatus.OPEN,),
            kind="jointstep",
            verb="set_step",
            style="",
            adds_to=lambda case: case.steps.all(),
            done=_("Step set"),
        ),
        Step(
            "change_lead",
            _("Change who leads"),
            form=forms.Lead,
            blockers=lambda case, by, on: rules.add_blockers(case),
            action=actions.change_lead,
            done=_("Lead changed"),
        ),
        Step(
            "close_joint_case",
            _("Close the joint case"),
            form=forms.CloseJointCase,
            blockers=lambda case, by, on: rules.close_blockers(case),
            action=actions.close_joint_case,
            slug="close",
            done=_("Joint case closed"),
        ),
    ),
)
JOINT_STEP = Steps(
    JointStep,
    "joint_step",
    url="staff/joint-steps/<str:reference>",
    address_of=lambda step: reverse("joint_case", args=[step.joint_case.reference]),
    related=("joint_case__agency",),
    steps=(
        Step(
            "finish_step",
            _("Say what was done"),
            press=_("Save"),
            permission=RECORDS,
            form=forms.FinishStep,
            about=lambda step: step.text,
            blockers=lambda step, by, on: rules.finish_blockers(step),
            action=actions.finish_step,
            fits=lambda step, on: not step.is_theirs_here,
            slug="finish",
            done=_("Step done"),
        ),
    ),
)
