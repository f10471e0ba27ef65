"""For holders: what is looked at of their own licence when it is chosen whom to visit, and the reports of inspections.

For the authority: the versions of a report, its printed forms, what the business is given and when."""

from datetime import date, timedelta
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.follow_ups import queries as follow_up_queries
from compliance.inspection_reports import actions as visit_reports
from compliance.inspection_reports import forms, letters, rules
from compliance.inspection_reports import queries as report_queries
from compliance.inspection_reports.forms import ReplyToReport
from compliance.inspection_reports.models import ReportSending
from compliance.inspections import rules as inspection_rules
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as work
from compliance.inspections.queries.findings import scheme_of
from registry import permissions, web
from registry.letters.letters.previews import LetterPreview
from registry.memberships.states import Act
from registry.organisations.models import Organisation

METHODS = ("GET", "HEAD", "POST")


TO_REPLY = timedelta(days=14)


def _inspection(request: web.SignedIn, reference: str) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation", "inspector", "confirmed_by")
    return get_object_or_404(visible, reference=reference)


def _sending(inspection: Inspection) -> ReportSending | None:
    return ReportSending.objects.filter(inspection=inspection).select_related("sent_by").first()


@require_safe
@web.needs(*SEES)
def versions(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    page = {"inspection": inspection, "versions": report_queries.versions_of(inspection)}
    return render(request, "compliance/inspection_reports/officer_versions.html", page)


@require_safe
@web.needs(*SEES)
def report_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    """The report in full, for those who may see the inspection."""
    inspection = _inspection(request, reference)
    version = report_queries.standing_version(inspection)
    if version is None:
        raise Http404
    sending = _sending(inspection)
    facts: dict[str, Any] = {
        "full": True,
        "version": version,
        "versions": report_queries.versions_of(inspection),
        "sending": sending,
        "replies": list(report_queries.replies_to_report(sending)) if sending else [],
    }
    shown, language = report_queries.shown_report(inspection, version.content), get_language() or "en-gb"
    return web.as_pdf(
        request,
        lambda: letters.inspection_report(
            shown,
            content=version.content,
            digest=version.digest,
            facts=facts,
            language=language,
            at=version.reported_at,
        ),
        name=inspection.reference,
    )


@require_safe
@web.needs(*SEES)
def for_business(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the business reads, or would read; and what it says to it."""
    inspection = _inspection(request, reference)
    sending = _sending(inspection)
    content = (
        sending.content if sending else rules.disclosable(report_queries.content_now(inspection), scheme_of(inspection))
    )
    page = {
        "inspection": inspection,
        "sending": sending,
        "report": report_queries.shown_report(inspection, content),
        "replies": list(report_queries.replies_to_report(sending)) if sending else [],
        "send_blockers": list(rules.send_blockers(inspection, sent=sending is not None, on=timezone.localdate())),
        "word_blockers": list(inspection_rules.record_blockers(inspection, by=request.user)),
    }
    return render(request, "compliance/inspection_reports/officer_for_business.html", page)


@require_safe
@web.needs(*SEES)
def for_business_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    sending = get_object_or_404(
        ReportSending.objects.select_related("inspection__organisation"), inspection=_inspection(request, reference)
    )
    return disclosable_pdf(request, sending)


def disclosable_pdf(request: web.SignedIn, sending: ReportSending) -> HttpResponse:
    """The same for the authority and for the business: as it was sent."""
    shown, language = report_queries.shown_report(sending.inspection, sending.content), get_language() or "en-gb"
    return web.as_pdf(
        request,
        lambda: letters.inspection_report(
            shown,
            content=sending.content,
            digest=sending.digest,
            facts={"full": False, "sending": sending},
            language=language,
            at=sending.sent_at,
        ),
        name=f"{sending.inspection.reference}-for-business",
    )


@require_http_methods(METHODS)
@web.needs("compliance.report_inspection")
def word(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    file = work.inspection_file(inspection, by=request.user, on=timezone.localdate())
    kept = {one.part: one.text for one in inspection.wordings.all()}
    form = forms.WordForBusiness(web.typed(request), summary=inspection.summary, unmet=file.unmet, kept=kept)
    tried = web.attempt(request, form, visit_reports.word, inspection, typed=lambda: {"wordings": form.wordings})
    if tried.is_done:
        return redirect("report_for_business", reference)
    about = _(
        "The business reads the summary and the evidence as you wrote them, unless you write something else here."
        " Do not name workers or people who told us something, and write nothing that could identify them."
    )
    blockers = list(inspection_rules.record_blockers(inspection, by=request.user))
    return _page(request, inspection, form, _("What the business will read"), about, _("Save"), blockers)


@require_http_methods(METHODS)
@web.needs("compliance.send_inspection_report")
def send(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection, today = _inspection(request, reference), timezone.localdate()
    form = forms.SendReport(web.typed(request), initial={"reply_by": _offered(today)})
    tried = web.attempt(request, form, visit_reports.send, inspection, previews=True)
    if tried.is_done:
        return redirect("report_for_business", reference)
    sent = _sending(inspection) is not None
    about = _("A letter says that the report is there to be read, and by when the business may reply.")
    blockers = list(rules.send_blockers(inspection, sent=sent, on=today))
    title = _("Send the report to the business")
    return _page(request, inspection, form, title, about, _("Send"), blockers, previews=True, foreseen=tried.letters)


def _offered(today: date) -> date:
    return today + TO_REPLY


def _page(
    request: web.SignedIn,
    inspection: Inspection,
    form: Form,
    title: str,
    about: str,
    press: str,
    blockers: list[Any],
    *,
    previews: bool = False,
    foreseen: list[LetterPreview] | None = None,
) -> HttpResponse:
    back = reverse("report_for_business", args=[inspection.reference])
    act = {"title": title, "about": about, "press": press, "back": back, "previews": previews}
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers, "letters": foreseen}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)


def _own_report(request: web.SignedIn, reference: str) -> ReportSending:
    own = report_queries.sendings_to(Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own, inspection__reference=reference)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def own_report(request: web.SignedIn, reference: str) -> HttpResponse:
    """The report that the business was sent, and its reply; a late one is taken too."""
    sending, today = _own_report(request, reference), timezone.localdate()
    form = ReplyToReport(web.typed(request))
    tried = web.attempt(
        request, form, visit_reports.reply, sending, made_of=[sending.inspection], done=_("We have your reply.")
    )
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
    return web.form_page(request, "compliance/inspection_reports/holder_report.html", page)


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
    return render(request, "compliance/inspection_reports/holder_inspections.html", page)
