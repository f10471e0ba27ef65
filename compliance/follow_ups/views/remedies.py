"""For the authority: what workers got back because of inspections, and that somebody else has seen it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.follow_ups import actions, forms, queries, rules
from compliance.follow_ups.models import Remedy
from compliance.inspections.forms import Because, Press
from compliance.inspections.models import Inspection
from registry import web
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation
from registry.trail.actions import exports
from registry.worklists.models import WorkList

METHODS = ("GET", "HEAD", "POST")
SEES_ALL = "compliance.view_inspections"
CONFIRMS = "compliance.confirm_remedies"


@require_safe
@web.needs(SEES_ALL)
def remedies(request: web.SignedIn) -> HttpResponse:
    found = queries.remedies(request.GET, by=request.user)
    return web.list_page(
        request,
        "compliance/follow_ups/officer_remedies.html",
        found,
        of_list=WorkList.REMEDIES,
        offered=[(_("All"), ""), (_("Not confirmed yet"), "waiting=on")],
        title=_("Money recovered for workers"),
        sums=queries.sums(found.found()),
    )


@require_POST
@web.needs(SEES_ALL)
@web.needs("registry.export_lists")
def remedies_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.remedies(request.GET, by=request.user)
    return web.list_file(request, WorkList.REMEDIES, found, queries.remedy_columns(), note=exports.take_list)


@require_safe
@web.needs(SEES_ALL)
def of_organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the workers of one business got back: sums of what is confirmed, and each piece with what shows it."""
    conflicted = Conflict.objects.organisations_of(request.user)
    organisation = get_object_or_404(Organisation.objects.exclude(pk__in=conflicted), reference=reference)
    own = queries.remedies_for(organisation, by=request.user)
    page = {"organisation": organisation, "remedies": list(own), "sums": queries.sums(own)}
    return render(request, "compliance/follow_ups/officer_remedies_of.html", page)


@require_http_methods(METHODS)
@web.needs("compliance.record_remedies")
def record(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation")
    inspection = get_object_or_404(visible, reference=reference)
    form = forms.RecordRemedy(web.typed(request), exhibits=inspection.exhibits.standing().order_by("number"))
    tried = web.attempt(request, form, actions.record, inspection)
    if tried.is_done:
        return redirect(_of(inspection))
    about = _("Somebody else confirms that it was paid; then it is counted. Name no worker.")
    blockers = list(rules.record_blockers(inspection, by=request.user))
    return _page(request, inspection, form, _("Write down what workers got back"), about, _("Save"), blockers)


@require_http_methods(METHODS)
@web.needs(CONFIRMS)
def confirm(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    remedy, form = _remedy(request, reference, number), Press(web.typed(request))
    tried = web.attempt(request, form, actions.confirm, remedy)
    if tried.is_done:
        return redirect(_of(remedy.inspection))
    blockers = list(rules.confirm_blockers(remedy, by=request.user))
    return _page(
        request, remedy.inspection, form, _("Confirm that it was paid"), _words(remedy), _("Confirm"), blockers
    )


@require_http_methods(METHODS)
@web.needs(CONFIRMS)
def turn_down(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    remedy, form = _remedy(request, reference, number), Because(web.typed(request))
    tried = web.attempt(request, form, actions.turn_down, remedy)
    if tried.is_done:
        return redirect(_of(remedy.inspection))
    blockers = list(rules.turn_down_blockers(remedy, by=request.user))
    title = _("It is not shown that it was paid")
    return _page(request, remedy.inspection, form, title, _words(remedy), _("Turn down"), blockers)


def _remedy(request: web.SignedIn, reference: str, number: int) -> Remedy:
    seen = Remedy.objects.visible_to(request.user).select_related("inspection__organisation", "exhibit")
    return get_object_or_404(seen, inspection__reference=reference, number=number)


def _words(remedy: Remedy) -> str:
    facts = {
        "kind": remedy.get_kind_display(),
        "workers": remedy.workers,
        "pounds": f"{remedy.pounds:,.2f}",
        "shown": remedy.shown_by,
    }
    return _("%(kind)s: £%(pounds)s to %(workers)s workers.\n%(shown)s") % facts


def _of(inspection: Inspection) -> str:
    return f"{reverse('inspection', args=[inspection.reference])}#remedies"


def _page(
    request: web.SignedIn,
    inspection: Inspection,
    form: Form,
    title: str,
    about: str,
    press: str,
    blockers: list[Any],
) -> HttpResponse:
    act = {"title": title, "about": about, "press": press, "back": _of(inspection)}
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
