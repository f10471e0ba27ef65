"""The register of exhibits of an inspection: what is in it, one exhibit, and the way it goes."""

from typing import Any

from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.exhibits import actions, forms, queries, rules
from compliance.exhibits.models import EvidenceItem, ForBusiness
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from registry import web
from registry.documents.models import Document
from registry.form_fields import Because

LOGS = "compliance.log_evidence"
METHODS = ("GET", "HEAD", "POST")


def _inspection(request: web.SignedIn, reference: str) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)


def _item(request: web.SignedIn, reference: str, number: int) -> EvidenceItem:
    return get_object_or_404(_inspection(request, reference).exhibits.in_order(), number=number)


@require_safe
@web.needs(*SEES)
def register(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    page = {
        "inspection": inspection,
        "exhibits": queries.exhibits_of(inspection),
        "blockers": list(rules.register_blockers(inspection, by=request.user)),
    }
    return render(request, "compliance/exhibits/register.html", page)


@require_http_methods(METHODS)
@web.needs(LOGS)
def add(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    standards = queries.standards_to_bear_out(inspection)
    given = request.FILES if request.method == "POST" else None
    form = forms.AddEvidence(web.typed(request), given, standards=standards)
    tried = web.attempt(request, form, actions.log, inspection)
    if tried.is_done:
        return redirect("evidence_item", reference, tried.result.number)
    act = {
        "title": _("Enter an exhibit"),
        "about": _("It gets the next number of the register. What it is cannot be changed afterwards."),
        "press": _("Enter"),
        "back": reverse("inspection_evidence", args=[reference]),
    }
    return _page(request, inspection, form, act, list(rules.register_blockers(inspection, by=request.user)))


@require_safe
@web.needs(*SEES)
def item(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    found = _item(request, reference, number)
    page = {"inspection": found.inspection, "file": queries.exhibit_file(found, by=request.user)}
    return render(request, "compliance/exhibits/exhibit.html", page)


@require_http_methods(METHODS)
@web.needs(LOGS)
def amend(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    found = _item(request, reference, number)
    kept = {field: getattr(found, field) for field in ("description", "place", "standards", "withheld_because")}
    kept["for_business"] = ForBusiness.YES if found.business_may_have_it else ForBusiness.NO
    standards = queries.standards_to_bear_out(found.inspection)
    form = forms.AmendEvidence(web.typed(request), standards=standards, initial=kept)
    tried = web.attempt(request, form, actions.amend, found)
    if tried.is_done:
        return redirect("evidence_item", reference, number)
    act = {
        "title": _("Correct the details of exhibit %(n)s") % {"n": number},
        "press": _("Save"),
        "back": _of(found),
    }
    return _page(request, found.inspection, form, act, list(rules.strike_out_blockers(found, by=request.user)))


@require_http_methods(METHODS)
@web.needs(LOGS)
def strike_out(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    found = _item(request, reference, number)
    form = Because(web.typed(request))
    tried = web.attempt(request, form, actions.strike_out, found)
    if tried.is_done:
        return redirect("evidence_item", reference, number)
    act = {
        "title": _("Strike out exhibit %(n)s") % {"n": number},
        "about": _("It stays in the register under its number, with your reason, and nothing rests on it any more."),
        "press": _("Strike out"),
        "back": _of(found),
    }
    return _page(request, found.inspection, form, act, list(rules.strike_out_blockers(found, by=request.user)))


@require_http_methods(METHODS)
@web.needs("compliance.hand_on_evidence")
def hand_on(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    found = _item(request, reference, number)
    form = forms.HandOn(web.typed(request))
    tried = web.attempt(request, form, actions.hand_on, found)
    if tried.is_done:
        return redirect("evidence_item", reference, number)
    act = {
        "title": _("Where exhibit %(n)s goes") % {"n": number},
        "about": _("Each step is added to the chain of custody and cannot be changed afterwards."),
        "press": _("Save"),
        "back": _of(found),
    }
    blockers = queries.exhibit_file(found, by=request.user).hand_on_blockers
    return _page(request, found.inspection, form, act, list(blockers))


@require_safe
@web.needs(*SEES)
def file(request: web.SignedIn, reference: str, number: int) -> FileResponse:
    found = _item(request, reference, number)
    return web.serve(get_object_or_404(Document.objects.served(), exhibit=found))


def _of(item: EvidenceItem) -> str:
    return reverse("evidence_item", args=[item.inspection.reference, item.number])


def _page(
    request: web.SignedIn, inspection: Inspection, form: Form, act: dict[str, Any], blockers: list[Any]
) -> HttpResponse:
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
