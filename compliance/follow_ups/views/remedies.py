"""For the authority: what workers got back because of inspections, and that somebody else has seen it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.follow_ups import actions, forms, queries, rules
from compliance.follow_ups.lists import SEES_ALL
from compliance.inspections.models import Inspection
from registry import web
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation

METHODS = ("GET", "HEAD", "POST")


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
    about = _("We count it once another person confirms that it was paid. Do not name a worker.")
    blockers = list(rules.record_blockers(inspection, by=request.user))
    act = {"title": _("Write down what workers got back"), "about": about, "press": _("Save"), "back": _of(inspection)}
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)


def _of(inspection: Inspection) -> str:
    return f"{reverse('inspection', args=[inspection.reference])}#remedies"
