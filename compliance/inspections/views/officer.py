"""The file of an inspection."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.field.queries import commissions
from compliance.follow_ups import queries as follow_ups
from compliance.follow_ups import rules as follow_up_rules
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections
from compliance.inspections.steps import INSPECTION
from compliance.plans import rules as plan_rules
from compliance.plans.queries import plans
from compliance.targeting.queries import rounds
from registry import web


@web.page(*SEES)
def inspection(request: web.SignedIn, reference: str) -> HttpResponse:
    mine = Inspection.objects.visible_to(request.user).select_related("choice")
    visible = get_object_or_404(mine, reference=reference)
    page = {
        "file": inspections.inspection_file(visible, by=request.user, on=timezone.localdate()),
        "inspection": visible,
        "buttons": INSPECTION.buttons(visible, by=request.user, on=timezone.localdate()),
        "how_chosen": rounds.how_chosen(visible),
        "plan": plans.plan_of(visible),
        "at": timezone.now(),
        "away": commissions.away(visible),
        "plan_blockers": list(plan_rules.open_blockers(visible, by=request.user)),
        "follow_ups": follow_ups.follow_ups_of(visible),
        "ask_blockers": list(follow_up_rules.ask_blockers(visible, by=request.user)),
        "advice": follow_ups.advice_after(visible),
        "remedies": list(follow_ups.remedies_of(visible)),
        "sums": follow_ups.sums(visible.remedies.all()),
    }
    return render(request, "compliance/inspections/officer_inspection.html", page)
