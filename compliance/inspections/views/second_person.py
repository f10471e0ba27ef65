"""The second person's look at a report."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from compliance.inspection_reports import queries as visit_reports
from compliance.inspections import actions as inspections
from compliance.inspections import forms, rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as queries
from registry import web

CONFIRMS = "compliance.confirm_inspection"


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(CONFIRMS)
def confirm(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    form = forms.Press(web.typed(request))
    tried = web.attempt(request, form, inspections.confirm, inspection)
    if tried.is_done:
        return redirect("inspection", reference)
    version, corrected, *_earlier = [*visit_reports.versions_of(inspection)[:2], None, None]
    facts = {
        "inspection": inspection,
        "version": version,
        "corrected": corrected,
        "file": queries.inspection_file(inspection, by=request.user, on=timezone.localdate()),
        "form": form,
        "blockers": list(rules.confirm_blockers(inspection, by=request.user)),
    }
    return web.form_page(request, "compliance/inspections/second_person_confirm.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(CONFIRMS)
def return_for_correction(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, inspections.return_for_correction, inspection)
    if tried.is_done:
        return redirect("inspection", reference)
    facts = {
        "inspection": inspection,
        "form": form,
        "blockers": list(rules.return_for_correction_blockers(inspection, by=request.user)),
    }
    return web.form_page(request, "compliance/inspections/second_person_return.html", facts)
