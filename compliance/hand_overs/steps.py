"""What those who act on a hand-over do with it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs import actions, forms, rules
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.queries import result_with_answer
from compliance.hand_overs.states import COMMISSIONS, HANDLES, PROPOSES, QUIET, RECORDS, HandOverStatus
from compliance.inspections.queries import inspections as work
from registry.steps import Step, Steps


def _visit(data: Any, one: HandOver, on: date) -> forms.CommissionVisit:
    return forms.CommissionVisit(data, inspectors=work.inspectors())


URL = "staff/hand-overs/<str:reference>"
HEADING = "compliance/hand_overs/heading.html"

HAND_OVER = Steps(
    HandOver,
    "hand_over",
    url=URL,
    related=("organisation", "agency"),
    heading=HEADING,
    unchanged_by=QUIET,
    facts=lambda one: {"hand_over": one},
    permission=COMMISSIONS,
    steps=(
        Step(
            "commission",
            _("Commission a visit"),
            form=_visit,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.commission_blockers(one),
            action=actions.commission,
            fits=lambda one, on: one.is_for_visit,
            then=lambda one, visit: reverse("inspection", args=[visit.reference]),
            style="",
            done=_("Visit commissioned"),
        ),
        Step(
            "decline",
            _("No visit, and why"),
            press=_("Save"),
            form=forms.NoAction,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.decline_blockers(one),
            action=actions.decline,
            fits=lambda one, on: one.is_for_visit,
            done=_("No action, for a reason"),
        ),
        Step(
            "take_no_action",
            _("No action on the licence, and why"),
            press=_("Save"),
            permission=PROPOSES,
            form=forms.NoAction,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.decline_blockers(one),
            action=actions.decline,
            fits=lambda one, on: one.is_for_licensing,
            done=_("No action, for a reason"),
        ),
        Step(
            "pass_on",
            _("Pass on to another authority"),
            press=_("Pass on"),
            permission=HANDLES,
            about=_("The other authority reads the cleared text and the legal basis, and nothing of the report."),
            blockers=lambda one, by, on: rules.pass_on_blockers(one),
            action=actions.pass_on,
            fits=lambda one, on: one.is_for_authority,
            style="",
            done=_("Passed on to another authority"),
        ),
        Step(
            "reply",
            _("Write down the answer of the other authority"),
            press=_("Save"),
            permission=HANDLES,
            form=forms.Reply,
            blockers=lambda one, by, on: rules.reply_blockers(one),
            action=actions.record_reply,
            in_statuses=(HandOverStatus.UNDER_WAY, HandOverStatus.ASKED),
            fits=lambda one, on: one.is_for_authority,
            done=_("The other authority replied"),
        ),
        Step(
            "judge",
            _("Read the result and judge the intelligence by it"),
            press=_("Save and close"),
            permission=RECORDS,
            form=forms.Judge,
            about=result_with_answer,
            blockers=lambda one, by, on: rules.note_blockers(one),
            action=actions.note,
            in_statuses=(HandOverStatus.ANSWERED,),
            fits=lambda one, on: one.is_from_intelligence,
            then=lambda one, done: reverse(
                "grade_anew_intelligence" if done.tells_of_grade else "intelligence", args=[one.intelligence.reference]
            ),
            style="",
            done=_("Result read"),
        ),
        Step(
            "take_back",
            _("Take it back"),
            permission=RECORDS,
            about=_("Those who were to act on it no longer see it among their tasks."),
            action=actions.take_back,
            fits=lambda one, on: one.is_from_intelligence,
            done=_("Taken back"),
        ),
    ),
)
