"""The inspector's own work: what was found, saved page by page, and handed in."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from compliance.inspections import actions as inspections
from compliance.inspections import forms, rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings as findings_queries
from compliance.inspections.queries import inspections as inspections_queries
from registry import web
from registry.accounts.models import User

REPORTS = "compliance.report_inspection"


def _own(user: User) -> "QuerySet[Inspection]":
    return Inspection.objects.visible_to(user).filter(inspector=user)


@web.page(REPORTS)
def findings(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(_own(request.user), reference=reference)
    file = inspections_queries.inspection_file(inspection, by=request.user, on=timezone.localdate())
    facts = {"file": file, "inspection": inspection, "tasks": list(_tasks(file))}
    return render(request, "compliance/inspections/inspector_findings.html", facts)


@web.page_with_form(REPORTS)
def section(request: web.SignedIn, reference: str, section: int) -> HttpResponse:
    inspection = get_object_or_404(_own(request.user), reference=reference)
    tested = findings_queries.section_of(inspection, section)
    if tested is None:
        raise Http404
    form = forms.Findings(web.typed(request), section=tested)
    tried = web.attempt(
        request, form, inspections.record_findings, inspection, typed=lambda: {"findings": form.findings()}
    )
    if tried.is_done:
        return redirect("inspection_findings", reference)
    facts = {"inspection": inspection, "section": tested, "form": form, "blockers": _blockers(request, inspection)}
    return web.form_page(request, "compliance/inspections/inspector_section.html", facts)


@web.page_with_form(REPORTS)
def visit(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = get_object_or_404(_own(request.user), reference=reference)
    kept = {field: getattr(inspection, field) for field in ("visited_on", "summary", "business_comments")}
    form = forms.Visit(web.typed(request), initial=kept)
    tried = web.attempt(request, form, inspections.record_visit, inspection)
    if tried.is_done:
        return redirect("inspection_findings", reference)
    facts = {"inspection": inspection, "form": form, "blockers": _blockers(request, inspection)}
    return web.form_page(request, "compliance/inspections/inspector_visit.html", facts)


def _tasks(file: inspections_queries.InspectionFile) -> Iterator[dict[str, Any]]:
    reference = file.inspection.reference
    # What cannot be reported yet is not done, however much is written.
    lacks = {one.section for one in file.missing}
    yield {
        "title": gettext("The visit"),
        "state": "incomplete" if None in lacks else "completed",
        "href": reverse("inspection_visit", args=[reference]),
    }
    yield {
        "title": gettext("Register of exhibits"),
        "state": "optional",
        "href": reverse("inspection_evidence", args=[reference]),
    }
    yield {
        "title": gettext("People met on the visit"),
        "state": "optional",
        "href": reverse("inspection_interviews", args=[reference]),
    }
    yield {
        "title": gettext("Contradictions in the report"),
        "state": "optional",
        "hint": gettext("Look at them before you report: the reviewer must answer each."),
        "href": reverse("inspection_contradictions", args=[reference]),
    }
    for section in file.sections:
        of = {"found": section.found, "all": len(section.tested)}
        yield {
            "title": f"{section.number}. {section.title}",
            "state": "incomplete" if section.number in lacks else section.state,
            "hint": gettext("%(found)s of %(all)s standards") % of,
            "href": reverse("inspection_section", args=[reference, section.number]),
        }


def _blockers(request: web.SignedIn, inspection: Inspection) -> list[Any]:
    return list(rules.record_blockers(inspection, by=request.user))
