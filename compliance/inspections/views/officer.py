"""The list of inspections, the file of one, and what officers do with it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.field.queries import commissions
from compliance.follow_ups import queries as follow_ups
from compliance.follow_ups import rules as follow_up_rules
from compliance.inspections import actions, forms, rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries import columns
from compliance.inspections.queries import inspections as inspections_queries
from compliance.plans import rules as plan_rules
from compliance.plans.queries import plans
from compliance.targeting.queries import rounds
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import WorkList

SEES = ("compliance.view_inspections", "compliance.view_own_inspections")


@require_safe
@web.needs(*SEES)
def inspections(request: web.SignedIn) -> HttpResponse:
    found = inspections_queries.inspections(request.GET, by=request.user, on=timezone.localdate())
    return web.list_page(
        request,
        "compliance/inspections/officer_inspections.html",
        found,
        of_list=WorkList.INSPECTIONS,
        offered=columns.views_of_inspections(),
        title=_("Inspections"),
        waiting=inspections_queries.open_count_for(request.user),
        today=timezone.localdate(),
    )


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def inspections_csv(request: web.SignedIn) -> HttpResponseBase:
    found = inspections_queries.inspections(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, WorkList.INSPECTIONS, found, columns.inspection_columns(), note=exports.take_list)


@require_safe
@web.needs(*SEES)
def inspection(request: web.SignedIn, reference: str) -> HttpResponse:
    mine = Inspection.objects.visible_to(request.user).select_related("choice")
    visible = get_object_or_404(mine, reference=reference)
    page = {
        "file": inspections_queries.inspection_file(visible, by=request.user, on=timezone.localdate()),
        "inspection": visible,
        "how_chosen": rounds.how_chosen(visible),
        "plan": plans.plan_of(visible),
        "away": commissions.away(visible),
        "plan_blockers": list(plan_rules.open_blockers(visible, by=request.user)),
        "follow_ups": follow_ups.follow_ups_of(visible),
        "ask_blockers": list(follow_up_rules.ask_blockers(visible, by=request.user)),
        "remedies": list(follow_ups.remedies_of(visible)),
        "sums": follow_ups.sums(visible.remedies.all()),
    }
    return render(request, "compliance/inspections/officer_inspection.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.commission_inspection")
def call_off(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, actions.call_off, inspection)
    if tried.is_done:
        return redirect("inspection", reference)
    facts = {
        "inspection": inspection,
        "form": form,
        "blockers": list(rules.call_off_blockers(inspection)),
    }
    return web.form_page(request, "compliance/inspections/officer_call_off.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.commission_inspection")
def reassign(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    form = forms.Reassign(web.typed(request), inspectors=inspections_queries.inspectors())
    tried = web.attempt(request, form, actions.reassign, inspection)
    if tried.is_done:
        return redirect("inspection", reference)
    facts = {
        "inspection": inspection,
        "form": form,
        "blockers": list(rules.reassign_blockers(inspection)),
    }
    return web.form_page(request, "compliance/inspections/officer_reassign.html", facts)
