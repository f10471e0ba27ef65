"""The case page, and what officers and managers do with a case.

Setting a reason to inspect aside, on the case that it concerns."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compliance.inspections.queries import inspections as compliance_queries
from licensing.applications.views.officer import FORM, visible
from licensing.decisions.queries import readiness
from licensing.inspections import actions as visits
from licensing.inspections import forms, rules
from licensing.inspections.queries import trigger_row
from registry import web
from registry.form_fields import Because, Press


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.commission_inspection")
def commission_inspection(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Commission(web.typed(request), inspectors=compliance_queries.inspectors())
    tried = web.attempt(request, form, visits.commission, case)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Commission an inspection"),
        "press": _("Commission the inspection"),
        "blockers": list(rules.commission_blockers(case, inspections_open=readiness.readiness(case).inspections_open)),
    }
    return web.form_page(request, FORM, facts)


WAIVES = "licensing.waive_inspection"


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WAIVES)
def waive_inspection(request: web.SignedIn, reference: str, trigger: str) -> HttpResponse:
    case = visible(request, reference)
    row = trigger_row(case, trigger)
    if row is None:
        raise Http404
    form = Because(web.typed(request))
    tried = web.attempt(request, form, visits.give, case, trigger=trigger)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Set a reason to inspect aside"),
        "text": _("%(reason)s The decision maker reads that you set it aside, and why.") % {"reason": row.reason},
        "press": _("Set it aside"),
        "blockers": list(rules.give_blockers(case, triggered=True, waived=row.waiver is not None)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WAIVES)
def take_back_waiver(request: web.SignedIn, reference: str, trigger: str) -> HttpResponse:
    case = visible(request, reference)
    waiver = get_object_or_404(case.waivers.standing(), trigger=trigger)
    form = Press(web.typed(request))
    tried = web.attempt(request, form, visits.take_back, waiver, made_of=[case])
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Let the reason to inspect count again"),
        "text": waiver.because,
        "press": _("Let it count again"),
        "blockers": list(rules.take_back_blockers(waiver)),
    }
    return web.form_page(request, FORM, facts)
