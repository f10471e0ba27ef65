"""Setting a reason to inspect aside, on the case that it concerns."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from licensing.actions import waivers as actions
from licensing.forms import officer as forms
from licensing.queries.triggers import trigger_row
from licensing.rules import waivers as rules
from licensing.views.case_officer.applications import FORM, visible
from registry import web

WAIVES = "licensing.waive_inspection"


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WAIVES)
def waive_inspection(request: web.SignedIn, reference: str, trigger: str) -> HttpResponse:
    case = visible(request, reference)
    row = trigger_row(case, trigger)
    if row is None:
        raise Http404
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, actions.give, case, trigger=trigger)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Set a reason to inspect aside"),
        "text": _("%(reason)s Whoever decides reads that you set it aside, and why.") % {"reason": row.reason},
        "press": _("Set it aside"),
        "blockers": list(rules.give_blockers(case, triggered=True, waived=row.waiver is not None)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WAIVES)
def take_back_waiver(request: web.SignedIn, reference: str, trigger: str) -> HttpResponse:
    case = visible(request, reference)
    waiver = get_object_or_404(case.waivers.standing(), trigger=trigger)
    form = forms.Press(web.typed(request))
    tried = web.attempt(request, form, actions.take_back, waiver)
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
