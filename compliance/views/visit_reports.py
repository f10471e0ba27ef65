"""For the authority: the versions of a report, its printed forms, what the business is given and when."""

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

from compliance import letters
from compliance import queries as work
from compliance import rules as inspection_rules
from compliance.actions import visit_reports as actions
from compliance.forms import visit_reports as forms
from compliance.models import Inspection, ReportSending
from compliance.queries import visit_reports as queries
from compliance.queries.findings import scheme_of
from compliance.rules import visit_reports as rules
from compliance.views.staff import SEES
from registry import web
from registry.letters.letters.previews import Foreseen

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
    page = {"inspection": inspection, "versions": queries.versions_of(inspection)}
    return render(request, "compliance/quality/versions.html", page)


@require_safe
@web.needs(*SEES)
def report_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    """The report in full, for those who may see the inspection."""
    inspection = _inspection(request, reference)
    version = queries.standing_version(inspection)
    if version is None:
        raise Http404
    sending = _sending(inspection)
    facts: dict[str, Any] = {
        "full": True,
        "version": version,
        "versions": queries.versions_of(inspection),
        "sending": sending,
        "replies": list(queries.replies_to_report(sending)) if sending else [],
    }
    shown, language = queries.shown_report(inspection, version.content), get_language() or "en-gb"
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
    content = sending.content if sending else rules.disclosable(queries.content_now(inspection), scheme_of(inspection))
    page = {
        "inspection": inspection,
        "sending": sending,
        "report": queries.shown_report(inspection, content),
        "replies": list(queries.replies_to_report(sending)) if sending else [],
        "send_blockers": list(rules.send_blockers(inspection, sent=sending is not None, on=timezone.localdate())),
        "word_blockers": list(inspection_rules.record_blockers(inspection, by=request.user)),
    }
    return render(request, "compliance/quality/for_business.html", page)


@require_safe
@web.needs(*SEES)
def for_business_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    sending = get_object_or_404(
        ReportSending.objects.select_related("inspection__organisation"), inspection=_inspection(request, reference)
    )
    return disclosable_pdf(request, sending)


def disclosable_pdf(request: web.SignedIn, sending: ReportSending) -> HttpResponse:
    """The same for the authority and for the business: as it was sent."""
    shown, language = queries.shown_report(sending.inspection, sending.content), get_language() or "en-gb"
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
    tried = web.attempt(request, form, actions.word, inspection, typed=lambda: {"wordings": form.wordings})
    if tried.is_done:
        return redirect("report_for_business", reference)
    about = _(
        "The business reads the summary and the evidence as you wrote them, unless you write something else here."
        " Name no worker here, nobody who told us something, and nothing that gives them away."
    )
    blockers = list(inspection_rules.record_blockers(inspection, by=request.user))
    return _page(request, inspection, form, _("What the business will read"), about, _("Save"), blockers)


@require_http_methods(METHODS)
@web.needs("compliance.send_inspection_report")
def send(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection, today = _inspection(request, reference), timezone.localdate()
    form = forms.SendReport(web.typed(request), initial={"reply_by": _offered(today)})
    tried = web.attempt(request, form, actions.send, inspection, previews=True)
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
    foreseen: list[Foreseen] | None = None,
) -> HttpResponse:
    back = reverse("report_for_business", args=[inspection.reference])
    act = {"title": title, "about": about, "press": press, "back": back, "previews": previews}
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers, "letters": foreseen}
    return web.form_page(request, "compliance/inspector/act.html", facts)
