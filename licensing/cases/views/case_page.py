"""The case page, and what officers and managers do with a case."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.applications.queries import documents, offices
from licensing.applications.rules import applications as application_rules
from licensing.applications.views.officer import FORM, visible
from licensing.cases import forms
from licensing.cases.actions import assignment as actions
from licensing.cases.actions import notes
from licensing.cases.queries import case_page
from licensing.cases.queries.contents import contents_of, missing_of
from licensing.cases.queries.what_next import next_of_case
from licensing.decisions.queries.readiness import OPEN
from licensing.due_dates.queries.about import dates_of
from licensing.findings.queries import findings_of
from licensing.messages import queries as message_queries
from licensing.phoenix_matches.queries.links import links_of
from licensing.requests.states import RequestStatus
from licensing.requests.steps import buttons
from registry import web
from registry.form_fields import Press


@require_safe
@web.needs("licensing.view_applications")
def application(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    file = case_page.case_file(case, by=request.user, on=timezone.localdate())
    said = message_queries.said_to_authority(case)
    facts: dict[str, Any] = {
        "file": file,
        "application": case,
        "said": said,
        "new_messages": sum(one.is_new for one in said),
    }
    facts["dates"] = dates_of(case, on=timezone.localdate())
    facts["findings"] = findings_of(case, by=request.user)
    facts["links"] = links_of(case.organisation, by=request.user)
    sees_links = request.user.has_perm("licensing.view_look_alikes")
    facts["contents"] = contents_of(
        file,
        links=facts["links"] if sees_links else None,
        said=said,
        new_messages=facts["new_messages"],
        dates=facts["dates"],
        all_open=request.GET.get("open") == "all",
    )
    facts["missing"] = missing_of(file, facts["contents"])
    asked = [one.request for one in file.requests]
    facts["requests"] = [(one, buttons(one.request, by=request.user, on=timezone.localdate())) for one in file.requests]
    facts["next"] = next_of_case(
        case,
        opened=next((one for one in file.decisions if one.status in OPEN), None),
        due_on=min((one.due_on for one in asked if one.status == RequestStatus.OPEN), default=None),
        lapsed=next((one.reference for one in asked if one.status == RequestStatus.LAPSED), ""),
        is_held_up=any(one.code != "still_to_pay" for one in file.waiting),
        on=timezone.localdate(),
    )
    return render(request, "licensing/cases/officer_case.html", facts)


@require_safe
@web.needs("licensing.view_applications", "compliance.view_own_inspections")
def case_document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """One file of the evidence: for those who read cases, and for the inspector who has this one to inspect."""
    case = get_object_or_404(documents.cases_read_by(request.user), reference=reference)
    return web.serve(get_object_or_404(documents.documents_of(case).served(), reference=document))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.assess_application")
def begin_assessment(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = Press(web.typed(request))
    tried = web.attempt(request, form, actions.begin_assessment, case, previews=True)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Begin the assessment"),
        "text": _("You become the case officer. The applicant sees that the assessment has begun."),
        "press": _("Begin the assessment"),
        "blockers": list(application_rules.begin_assessment_blockers(case)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.assign_application")
def assign(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Assign(web.typed(request), officers=offices.case_officers())
    tried = web.attempt(request, form, actions.assign, case)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Assign to a case officer"),
        "press": _("Assign"),
        "blockers": list(application_rules.in_hand_blockers(case)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.write_note")
def write_note(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Note(web.typed(request))
    tried = web.attempt(request, form, notes.write, case)
    if tried.is_done:
        return redirect(reverse("application", args=[reference]) + "#notes")
    facts = {
        "application": case,
        "form": form,
        "title": _("Write a note"),
        "text": _("Staff of the authority who read the case can read it; the applicant cannot. It cannot be changed."),
        "press": _("Keep the note"),
    }
    return web.form_page(request, FORM, facts)
