"""The steps of a case of supply without a licence, or against a labour user."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.actions import cases as actions
from compliance.enforcement.actions import orders as order_actions
from compliance.enforcement.actions import prosecution as prosecution_actions
from compliance.enforcement.actions import undertakings as undertaking_actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.forms import prosecution as prosecution_forms
from compliance.enforcement.models.cases import CaseResult, CaseTarget, UnlicensedCase
from compliance.enforcement.queries import cases as queries
from compliance.enforcement.queries import prosecutor_files
from compliance.enforcement.rules import cases, undertakings
from compliance.enforcement.rules import orders as order_rules
from compliance.enforcement.rules import prosecution as prosecution_rules
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


def _draft(case: UnlicensedCase, *, by: User, at: datetime, **typed: Any) -> object:
    return undertaking_actions.draft(case, by=by, at=at, **typed)


def _acknowledge_blockers(case: UnlicensedCase, by: User, on: date) -> Iterable[Reason]:
    return cases.acknowledge_blockers(case.user_notices.filter(acknowledged_on=None).first())


CASE = Steps(
    UnlicensedCase,
    "unlicensed_case",
    url="staff/unlicensed/<str:reference>",
    related=("organisation", "officer", "proposed_by", "approved_by", "report", "intelligence", "inspection"),
    permission=WORKS,
    steps=(
        Step(
            "offence",
            _("Record an offence"),
            form=lambda data, case, on: forms.Offence(data, offences=queries.offences_for(case, recorded=False)),
            blockers=lambda case, by, on: cases.offence_blockers(case),
            action=actions.record_offence,
            in_statuses=("open",),
            done=_("Offence recorded"),
        ),
        Step(
            "when",
            _("Say when and where it was"),
            form=lambda data, case, on: prosecution_forms.When(
                data, offences=queries.offences_for(case, recorded=True)
            ),
            blockers=lambda case, by, on: prosecution_rules.when_blockers(case, on=on),
            action=prosecution_actions.say_when,
            in_statuses=("open", "proposed", "referred"),
            done=_("When and where an offence was committed"),
        ),
        Step(
            "element",
            _("Weigh an element"),
            form=lambda data, case, on: forms.Element(data, elements=queries.elements_for(case)),
            blockers=lambda case, by, on: cases.still_open_blockers(case),
            action=actions.weigh_element,
            in_statuses=("open",),
            done=_("Element of an offence weighed"),
        ),
        Step(
            "reasonable_step",
            _("Record what was done to find out"),
            form=forms.Step,
            blockers=lambda case, by, on: cases.reasonable_step_blockers(case),
            action=actions.record_reasonable_step,
            in_statuses=("open",),
            done=_("What was done to find out"),
        ),
        Step(
            "letter",
            _("Send a notice or a warning"),
            form=forms.Ladder,
            blockers=lambda case, by, on: cases.ladder_blockers(case, "notice"),
            action=actions.take_ladder_step,
            in_statuses=("open",),
            previews=True,
            done=_("Notice or warning sent"),
        ),
        Step(
            "acknowledge",
            _("Record that it was acknowledged"),
            form=forms.Acknowledge,
            blockers=_acknowledge_blockers,
            action=actions.acknowledge,
            fits=lambda case, on: case.against == CaseTarget.USER,
            done=_("Acknowledged"),
        ),
        Step(
            "draft",
            _("Draft an undertaking"),
            form=lambda data, case, on: forms.Draft(data, offences=queries.offences_for(case)),
            blockers=lambda case, by, on: undertakings.draft_blockers(case),
            action=_draft,
            in_statuses=("open",),
            typed=lambda form: form.drafted,
            adds_to=lambda case: case.undertakings.all(),
            done=_("Drafted"),
            verb="draft",
            kind="undertaking",
        ),
        Step(
            "propose",
            _("Propose an outcome"),
            form=forms.Propose,
            blockers=lambda case, by, on: cases.propose_outcome_blockers(case, offences=queries.made_out(case)),
            action=actions.propose_outcome,
            done=_("Outcome proposed"),
        ),
        Step(
            "refer",
            _("Refer to the prosecutor"),
            permission=APPROVES,
            form=forms.Because,
            blockers=lambda case, by, on: prosecutor_files.refer_blockers(case, by=by),
            action=actions.refer,
            done=_("Referred to the prosecutor"),
        ),
        Step(
            "end",
            _("Approve and close"),
            permission=APPROVES,
            form=forms.Because,
            blockers=lambda case, by, on: cases.end_case_blockers(case, by=by),
            action=actions.end_case,
            done=_("Closed"),
        ),
        Step(
            "send_back",
            _("Do not approve"),
            permission=APPROVES,
            form=forms.Because,
            blockers=lambda case, by, on: cases.second_blockers(case, "look_further", by=by),
            action=actions.look_further,
            done=_("Not approved: looked into further"),
        ),
        Step(
            "result",
            _("Record the result"),
            form=forms.Result,
            blockers=lambda case, by, on: cases.result_blockers(case, handed_on=prosecutor_files.handed_on(case)),
            action=actions.record_result,
            done=_("Result recorded"),
        ),
        Step(
            "order",
            _("Write down an order of the court"),
            form=prosecution_forms.WriteOrder,
            blockers=lambda case, by, on: order_rules.write_blockers(case),
            action=order_actions.write_order,
            in_statuses=("closed",),
            fits=lambda case, on: case.result == CaseResult.CONVICTED,
            adds_to=lambda case: case.conviction_orders.all(),
            done=_("Order written down"),
            kind="convictionorder",
        ),
    ),
)
