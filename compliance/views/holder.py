"""For holders: what is looked at of their own licence when it is chosen whom to visit, and the reports of inspections."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from compliance import queries
from compliance.actions import follow_ups, scores, visit_reports
from compliance.forms.follow_ups import Answer
from compliance.forms.scores import Reply
from compliance.forms.visit_reports import ReplyToReport
from compliance.models import FollowUp, ReportSending
from compliance.queries import follow_ups as follow_up_queries
from compliance.queries import visit_reports as report_queries
from compliance.views.visit_reports import disclosable_pdf
from registry import permissions, web
from registry.documents.models import Document
from registry.licences.models import Licence
from registry.memberships.models import Act
from registry.organisations.models import Organisation


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def licence_signals(request: web.SignedIn, number: str) -> HttpResponse:
    own = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    licence = get_object_or_404(own.select_related("organisation"), number=number)
    today = timezone.localdate()
    signals = queries.own_signals(licence, on=today)
    if signals is None:
        raise Http404
    form = Reply(web.typed(request))
    tried = web.attempt(request, form, scores.reply, licence)
    if tried.is_done:
        return redirect("licence_signals", number)
    blockers = list(permissions.act_blockers(request.user, licence.organisation, Act.REPLY, on=today))
    page = {"own": signals, "licence": licence, "form": form, "blockers": blockers}
    return web.form_page(request, "compliance/holder/signals.html", page)


def _own_report(request: web.SignedIn, reference: str) -> ReportSending:
    own = report_queries.sendings_to(Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own, inspection__reference=reference)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def own_report(request: web.SignedIn, reference: str) -> HttpResponse:
    """The report that the business was sent, and its reply; a late one is taken too."""
    sending, today = _own_report(request, reference), timezone.localdate()
    form = ReplyToReport(web.typed(request))
    tried = web.attempt(request, form, visit_reports.reply, sending)
    if tried.is_done:
        return redirect("own_inspection_report", reference)
    organisation = sending.inspection.organisation
    page = {
        "sending": sending,
        "inspection": sending.inspection,
        "report": report_queries.shown_report(sending.inspection, sending.content),
        "replies": list(report_queries.replies_to_report(sending)),
        "is_late": not sending.is_open_on(today),
        "form": form,
        "blockers": list(permissions.act_blockers(request.user, organisation, Act.REPLY, on=today)),
    }
    return web.form_page(request, "compliance/holder/report.html", page)


@require_safe
@web.needs("licensing.apply")
def own_report_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    return disclosable_pdf(request, _own_report(request, reference))


@require_safe
@web.needs("licensing.apply")
def own_inspections(request: web.SignedIn) -> HttpResponse:
    """The reports that the business was sent, and what it is to put right. Of a visit that is to come nothing is shown."""
    own = Organisation.objects.acted_for_by(request.user)
    page = {"sendings": report_queries.sendings_to(own), "follow_ups": follow_up_queries.own_follow_ups(own)}
    return render(request, "compliance/holder/inspections.html", page)


def _own_follow_up(request: web.SignedIn, reference: str) -> FollowUp:
    own = follow_up_queries.own_follow_ups(Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own, reference=reference)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def own_follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = _own_follow_up(request, reference), timezone.localdate()
    form = Answer(web.typed(request), request.FILES if request.method == "POST" else None)
    tried = web.attempt(
        request,
        form,
        follow_ups.answer,
        one,
        typed=lambda: {"text": form.cleaned_data["text"], "uploads": form.uploads},
    )
    if tried.is_done:
        return redirect("own_follow_up", reference)
    organisation = one.inspection.organisation
    page = {
        "file": follow_up_queries.follow_up_file(one, by=request.user, on=today),
        "form": form,
        "blockers": list(permissions.act_blockers(request.user, organisation, Act.REPLY, on=today)),
    }
    return web.form_page(request, "compliance/holder/follow_up.html", page)


@require_safe
@web.needs("licensing.apply")
def own_follow_up_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    of = Document.objects.about(_own_follow_up(request, reference).reference).served()
    return web.serve(get_object_or_404(of, reference=document))
