"""What a business is asked after a visit and what is decided about it; money that workers got back, and its second person."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups import actions, forms, queries, rules
from compliance.follow_ups.models import FollowUp, Remedy
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as work
from compliance.inspections.steps import of_inspection
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Step, Steps
from registry.steps.step import Paragraphs

JUDGES = "compliance.judge_follow_ups"


def _ask(data: Any, inspection: Inspection, on: date) -> Form:
    return forms.AskFollowUp(data, unmet=queries.unmet_to_choose(inspection))


def _record(data: Any, inspection: Inspection, on: date) -> Form:
    return forms.RecordRemedy(data, exhibits=inspection.exhibits.standing().order_by("number"))


def _remedies(inspection: Inspection) -> str:
    return f"{reverse('inspection', args=[inspection.reference])}#remedies"


AFTER_VISIT = of_inspection(
    "after_visit",
    Step(
        "ask",
        _("Ask the business to put something right"),
        press=_("Ask"),
        permission="compliance.ask_follow_up",
        form=_ask,
        about=_("It is told by letter, and finds it among what it has to do."),
        blockers=lambda inspection, by, on: rules.ask_blockers(inspection, by=by),
        action=actions.ask,
        previews=True,
        slug="follow-ups/ask",
        kind="followup",
        then=lambda inspection, made: reverse("follow_up", args=[made.reference]),
        adds_to=lambda inspection: inspection.follow_ups.all(),
        done=_("The business was asked to put it right"),
    ),
    Step(
        "record_remedy",
        _("Write down what workers got back"),
        press=_("Save"),
        permission="compliance.record_remedies",
        form=_record,
        about=_("We count it once another person confirms that it was paid. Do not name a worker."),
        blockers=lambda inspection, by, on: rules.record_blockers(inspection, by=by),
        action=actions.record,
        slug="remedies/record",
        kind="remedy",
        then=lambda inspection, made: _remedies(inspection),
        adds_to=lambda inspection: inspection.remedies.all(),
        done=_("Written down"),
    ),
)


def _visit(data: Any, one: FollowUp, on: date) -> Form:
    return forms.SendVisit(data, inspectors=work.inspectors())


def _judged(move: str) -> Callable[[FollowUp, User, date], Iterable[Reason]]:
    return lambda one, by, on: rules.judge_blockers(one, move, by=by)


def _reads_reason(one: FollowUp) -> Paragraphs:
    return one.action, _("The business reads your reason.")


FOLLOW_UP = Steps(
    FollowUp,
    "follow_up",
    url="staff/follow-ups/<str:reference>",
    related=(*queries.ABOUT, "judged_by", "asked_by"),
    heading="compliance/parts/heading.html",
    facts=lambda one: {"inspection": one.inspection},
    permission=JUDGES,
    steps=(
        Step(
            "accept",
            _("Corrective action completed"),
            form=Because,
            blockers=_judged("accept"),
            action=actions.accept,
            in_statuses=(FollowUpStatus.OPEN, FollowUpStatus.ANSWERED),
            about=_reads_reason,
            style="",
            previews=True,
            done=_("Corrective action completed"),
        ),
        Step(
            "send_back",
            _("Send back"),
            form=Because,
            blockers=_judged("send_back"),
            action=actions.send_back,
            in_statuses=(FollowUpStatus.ANSWERED,),
            about=_reads_reason,
            previews=True,
            done=_("Sent back"),
        ),
        Step(
            "extend",
            _("Give more time"),
            form=forms.Extend,
            blockers=lambda one, by, on: rules.extend_blockers(one, by=by),
            action=actions.extend,
            in_statuses=(FollowUpStatus.OPEN, FollowUpStatus.ANSWERED),
            about=_reads_reason,
            previews=True,
            done=_("More time given"),
        ),
        Step(
            "visit",
            _("Send a visit"),
            permission="compliance.commission_inspection",
            form=_visit,
            blockers=lambda one, by, on: rules.visit_blockers(one),
            action=actions.send_visit,
            in_statuses=(FollowUpStatus.OPEN, FollowUpStatus.ANSWERED),
            about=lambda one: one.action,
            then=lambda one, visit: reverse("inspection", args=[visit.reference]),
            done=_("A visit was sent"),
        ),
        Step(
            "fail",
            _("Corrective action not completed"),
            form=Because,
            blockers=_judged("fail"),
            action=actions.fail,
            in_statuses=(FollowUpStatus.OPEN, FollowUpStatus.ANSWERED),
            about=_reads_reason,
            style="warning",
            previews=True,
            done=_("Corrective action not completed"),
        ),
    ),
)


CONFIRMS = "compliance.confirm_remedies"


def _words(remedy: Remedy) -> str:
    facts = {
        "kind": remedy.get_kind_display(),
        "workers": remedy.workers,
        "pounds": f"{remedy.pounds:,.2f}",
        "shown": remedy.shown_by,
    }
    return gettext("%(kind)s: £%(pounds)s to %(workers)s workers.\n%(shown)s") % facts


REMEDY = Steps(
    Remedy,
    "remedy",
    url="staff/inspections/<str:reference>/remedies/<int:number>",
    lookups={"reference": "inspection__reference"},
    keys=lambda remedy: (remedy.inspection.reference, remedy.number),
    address_of=lambda remedy: _remedies(remedy.inspection),
    related=("inspection__organisation", "exhibit"),
    heading="compliance/parts/heading.html",
    facts=lambda remedy: {"inspection": remedy.inspection},
    permission=CONFIRMS,
    steps=(
        Step(
            "confirm",
            _("Confirm that it was paid"),
            press=_("Confirm"),
            about=_words,
            blockers=lambda remedy, by, on: rules.confirm_blockers(remedy, by=by),
            action=actions.confirm,
            done=_("Confirmed"),
        ),
        Step(
            "turn_down",
            _("Record that no payment is shown"),
            press=_("Turn down"),
            form=Because,
            about=_words,
            blockers=lambda remedy, by, on: rules.turn_down_blockers(remedy, by=by),
            action=actions.turn_down,
            done=_("Turned down"),
        ),
    ),
)
