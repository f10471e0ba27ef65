"""The file of one licence, and what officers set going about it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.inspections.queries import inspections as compliance_queries
from licensing import queries
from licensing.actions import changes, proposals, visits
from licensing.forms import decisions as decision_forms
from licensing.forms import officer as forms
from licensing.queries.dates import dates_of
from licensing.queries.links import links_of
from licensing.rules import cases as rules
from licensing.rules import decisions as decision_rules
from registry import web
from registry.licences.models import Licence

FORM = "licensing/case_officer/form.html"
SEES = "registry.view_licences"


def wanted(request: web.SignedIn, number: str) -> Licence:
    seen = Licence.objects.open_to(request.user)
    return get_object_or_404(seen.select_related("organisation", "listing"), number=number)


@require_safe
@web.needs(SEES)
def licence(request: web.SignedIn, number: str) -> HttpResponse:
    one = wanted(request, number)
    file = queries.licence_file(one, by=request.user, on=timezone.localdate())
    dates = dates_of(one, on=timezone.localdate())
    page = {
        "dates": dates,
        "file": file,
        "licence": one,
        "links": links_of(one.organisation, by=request.user),
        "told": queries.told_about(one),
        "visit": queries.visit_of(one),
    }
    return render(request, "licensing/case_officer/licence.html", page)


@require_safe
@web.needs("licensing.view_applications")
def evidence_file(request: web.SignedIn, number: str, condition: str, document: str) -> FileResponse:
    """One file by which the holder shows that it meets a condition: for those who read cases, as all evidence is."""
    one = get_object_or_404(wanted(request, number).conditions.all(), reference=condition)
    return web.serve(get_object_or_404(queries.documents_of(one).served(), reference=document))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.commission_inspection")
def commission_inspection(request: web.SignedIn, number: str) -> HttpResponse:
    one = wanted(request, number)
    form = forms.Commission(web.typed(request), inspectors=compliance_queries.inspectors())
    tried = web.attempt(request, form, visits.commission, one)
    if tried.is_done:
        return redirect("staff_licence", number)
    facts = {
        "licence": one,
        "form": form,
        "title": _("Commission an inspection"),
        "press": _("Commission the inspection"),
        "blockers": list(rules.commission_blockers(one, inspections_open=queries.readiness(one).inspections_open)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def propose(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    one = wanted(request, number)
    seen = queries.seen_of(one)
    offered = queries.offered_for(one, today=timezone.localdate())
    form = decision_forms.PROPOSALS[kind](
        web.typed(request),
        offered=offered,
        seen=seen,
        given=queries.grounds_on_failed(one, request.GET.get("condition", "")),
    )
    tried = web.attempt(request, form, proposals.propose, one, typed=form.proposed)
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    facts = {
        "licence": one,
        "form": form,
        "kind": kind,
        "seen": seen,
        "offered": offered,
        "blockers": list(decision_rules.begin_blockers(one, kind=kind, ready=queries.readiness(one))),
    }
    return web.form_page(request, "licensing/case_officer/propose.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.end_licence")
def change_numbers(request: web.SignedIn, number: str) -> HttpResponse:
    one = wanted(request, number)
    form = forms.Numbers(web.typed(request), organisation=one.organisation)
    tried = web.attempt(
        request, form, changes.change_numbers, one.organisation, typed=lambda: {"changes": form.cleaned_data}
    )
    if tried.is_done:
        return redirect("staff_licence", number)
    facts = {
        "licence": one,
        "form": form,
        "title": _("Change the holder’s numbers"),
        "warning": _("A licence belongs to one legal entity. Changing one of these numbers ends the licence today."),
        "press": _("Change the numbers"),
        "blockers": [],
    }
    return web.form_page(request, FORM, facts)
