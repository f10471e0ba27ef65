"""How exhibits are entered into the register of an inspection, corrected, struck out and handed on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.addresses import ONE
from compliance.exhibits import actions, forms, queries, rules
from compliance.exhibits.models import EvidenceItem, ForBusiness
from compliance.inspections.models import Inspection
from compliance.inspections.steps import of_inspection
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Step, Steps

LOGS, HANDS_ON = "compliance.log_evidence", "compliance.hand_on_evidence"


def _register(inspection: Inspection) -> str:
    return reverse("inspection_evidence", args=[inspection.reference])


def _page(item: EvidenceItem) -> str:
    return reverse("evidence_item", args=[item.inspection.reference, item.number])


def _add(data: Any, inspection: Inspection, on: date) -> Form:
    return forms.AddEvidence(data, standards=queries.standards_to_bear_out(inspection))


def _amend(data: Any, item: EvidenceItem, on: date) -> Form:
    kept = {field: getattr(item, field) for field in ("description", "place", "standards", "withheld_because")}
    kept["for_business"] = ForBusiness.YES if item.business_may_have_it else ForBusiness.NO
    return forms.AmendEvidence(data, standards=queries.standards_to_bear_out(item.inspection), initial=kept)


def _hand_on_blockers(item: EvidenceItem, by: User, on: date) -> Iterable[Reason]:
    return rules.hand_on_blockers(item, queries.shown_exhibit(item).last, by=by)


REGISTER = of_inspection(
    "evidence",
    Step(
        "add",
        _("Enter an exhibit"),
        press=_("Enter"),
        permission=LOGS,
        form=_add,
        about=_("It gets the next number of the register. What it is cannot be changed afterwards."),
        blockers=lambda inspection, by, on: rules.register_blockers(inspection, by=by),
        action=actions.log,
        kind="evidenceitem",
        style="",
        then=lambda inspection, item: _page(item),
        adds_to=lambda inspection: inspection.exhibits.all(),
        done=_("Exhibit entered"),
    ),
    url=f"{ONE}/evidence",
    address_of=_register,
)

EXHIBIT = Steps(
    EvidenceItem,
    "evidence_item",
    url=f"{ONE}/evidence/<int:number>",
    lookups={"reference": "inspection__reference"},
    keys=lambda item: (item.inspection.reference, item.number),
    address_of=_page,
    related=("inspection__organisation", "document"),
    rows=lambda by: EvidenceItem.objects.filter(inspection__in=Inspection.objects.visible_to(by)),
    locks_first=lambda item: (item.inspection,),
    heading="compliance/parts/heading.html",
    facts=lambda item: {"inspection": item.inspection},
    permission=LOGS,
    steps=(
        Step(
            "amend",
            lambda item: gettext("Correct the details of exhibit %(n)s") % {"n": item.number},
            label=_("Correct"),
            press=_("Save"),
            form=_amend,
            blockers=lambda item, by, on: rules.strike_out_blockers(item, by=by),
            action=actions.amend,
            done=_("Exhibit corrected"),
        ),
        Step(
            "strike_out",
            lambda item: gettext("Strike out exhibit %(n)s") % {"n": item.number},
            label=_("Strike out"),
            form=Because,
            about=_("It stays in the register under its number, with your reason, and nothing rests on it any more."),
            blockers=lambda item, by, on: rules.strike_out_blockers(item, by=by),
            action=actions.strike_out,
            done=_("Exhibit struck out"),
        ),
        Step(
            "hand_on",
            lambda item: gettext("Where exhibit %(n)s goes") % {"n": item.number},
            label=_("Write down where it goes"),
            press=_("Save"),
            permission=HANDS_ON,
            form=forms.HandOn,
            about=_("Each step is added to the chain of custody and cannot be changed afterwards."),
            blockers=_hand_on_blockers,
            action=actions.hand_on,
            style="",
            done=_("Exhibit handed on"),
        ),
    ),
)
