"""The states of a joint case and of its steps, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, agency_wait, staff_wait

RECORDS, RECEIVES = "compliance.record_intelligence", "compliance.receive_intelligence"
#: What was handed over from a report is seen by those alone who handle reports.
HANDLES = "compliance.handle_reports"


class JointSide(TextChoices):
    US = "us", _("We")
    PARTNER = "partner", _("The other authority")


class JointCaseStatus(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class JointStepStatus(TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


C, S = JointCaseStatus, JointStepStatus

JOINT_CASE = Lifecycle(
    C.OPEN,
    move("change_lead", {C.OPEN}, C.OPEN, sets=("lead",)),
    move("close_joint_case", {C.OPEN}, C.CLOSED, sets=("closed_by", "closed_at")),
    waits=(
        staff_wait(
            "agree",
            {C.OPEN},
            _("Agree the next steps of the joint case, or close it"),
            RECORDS,
            others_with=HANDLES,
            when="has_no_open_step",
            page="joint_case",
        ),
    ),
)

# What is to be done, and what was, is kept off the trail.
JOINT_STEP = Lifecycle(
    S.OPEN,
    move("finish_step", {S.OPEN}, S.DONE, sets=("done_by", "done_at")),
    waits=(
        NoWait(S.OPEN, "It waits for the side that it is a step of."),
        staff_wait(
            "do",
            {S.OPEN},
            _("Do our next step in the joint case"),
            RECORDS,
            others_with=HANDLES,
            due="due_on",
            when="is_ours",
            page="joint_case",
            args=("joint_case.reference",),
        ),
        staff_wait(
            "write_down",
            {S.OPEN},
            _("Write down what the other authority did in the joint case"),
            RECORDS,
            others_with=HANDLES,
            due="due_on",
            when="is_theirs_by_post",
            page="joint_case",
            args=("joint_case.reference",),
        ),
        agency_wait(
            "answer",
            {S.OPEN},
            _("Do your next step in the joint case"),
            RECEIVES,
            agency="joint_case.agency",
            # Who it is about is read on its page, and not on a list.
            organisation="",
            due="due_on",
            when="is_theirs_here",
            page="partner_joint_case",
            args=("joint_case.reference",),
        ),
    ),
)
