"""The case page, and what officers and managers do with a case."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.inspections.queries import inspections as compliance_queries
from licensing import queries
from licensing.actions import applications as actions
from licensing.actions import notes, payments, proposals, requests, visits
from licensing.forms import decisions as decision_forms
from licensing.forms import officer as forms
from licensing.models import Application
from licensing.queries.cases import OPEN
from licensing.queries.contents import contents_of, missing_of
from licensing.queries.dates import dates_of
from licensing.queries.links import links_of
from licensing.queries.what_next import next_of_case
from licensing.rules import applications as application_rules
from licensing.rules import cases as rules
from licensing.rules import decisions as decision_rules
from licensing.rules import payments as payment_rules
from licensing.rules import renewals as renewal_rules
from registry import web

FORM = "licensing/case_officer/form.html"


def visible(request: web.SignedIn, reference: str) -> Application:
    """A draft is the applicant's: for staff there is no such page."""
    handed_in = Application.objects.visible_to(request.user).exclude(status="draft")
    return get_object_or_404(handed_in.select_related("organisation", "case_officer"), reference=reference)


@require_safe
@web.needs("licensing.view_applications")
def application(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    file = queries.case_file(case, by=request.user, on=timezone.localdate())
    said = queries.said_to_authority(case)
    facts: dict[str, Any] = {
        "file": file,
        "application": case,
        "said": said,
        "new_messages": sum(one.is_new for one in said),
    }
    facts["dates"] = dates_of(case, on=timezone.localdate())
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
    facts["next"] = next_of_case(
        case,
        opened=next((one for one in file.decisions if one.status in OPEN), None),
        due_on=next((one.due_on for one in file.requests if one.answered_at is None), None),
        is_held_up=any(one.code != "still_to_pay" for one in file.waiting),
        on=timezone.localdate(),
    )
    return render(request, "licensing/case_officer/application.html", facts)


@require_safe
@web.needs("licensing.view_applications", "compliance.view_own_inspections")
def case_document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """One file of the evidence: for those who read cases, and for the inspector who has this one to inspect."""
    case = get_object_or_404(queries.cases_read_by(request.user), reference=reference)
    return web.serve(get_object_or_404(queries.documents_of(case).served(), reference=document))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.assess_application")
def begin_assessment(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Press(web.typed(request))
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
    form = forms.Assign(web.typed(request), officers=queries.case_officers())
    tried = web.attempt(request, form, actions.assign, case)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "title": _("Assign to a case officer"),
        "press": _("Assign"),
        "blockers": list(rules.in_hand_blockers(case)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.record_payment")
def record_payment(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Payment(web.typed(request))
    tried = web.attempt(request, form, payments.record, case, previews=True)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Record a payment"),
        "text": _("Still to pay: £%(amount)s. The applicant was asked to write %(reference)s on the payment.")
        % {"amount": f"{case.still_to_pay:,.2f}", "reference": case.payment_reference},
        "press": _("Record the payment"),
        "blockers": list(payment_rules.receive_blockers(case)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.ask_applicant")
def ask(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Ask(web.typed(request))
    tried = web.attempt(request, form, requests.ask, case, previews=True)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Ask the applicant"),
        "text": _("The case waits until the applicant has answered."),
        "press": _("Ask"),
        "blockers": list(rules.ask_blockers(case, today=timezone.localdate())),
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
        "text": _("Whoever of the authority reads the case reads it; the applicant does not. It cannot be changed."),
        "press": _("Keep the note"),
    }
    return web.form_page(request, FORM, facts)


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
        "blockers": list(rules.commission_blockers(case, inspections_open=queries.readiness(case).inspections_open)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def propose(request: web.SignedIn, reference: str, kind: str) -> HttpResponse:
    case = visible(request, reference)
    seen = queries.seen_of(case)
    offered = queries.offered_for(case, today=timezone.localdate())
    form = decision_forms.PROPOSALS[kind](
        web.typed(request),
        initial={"starts": renewal_rules.next_first_day(case, today=timezone.localdate())},
        offered=offered,
        seen=seen,
    )
    tried = web.attempt(request, form, proposals.propose, case, typed=form.proposed)
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    facts = {
        "application": case,
        "form": form,
        "kind": kind,
        "seen": seen,
        "offered": offered,
        "blockers": list(decision_rules.begin_blockers(case, kind=kind, ready=queries.readiness(case))),
    }
    return web.form_page(request, "licensing/case_officer/propose.html", facts)
