"""For holders: what is looked at of their own licence when it is chosen whom to visit, and the reports of inspections.

For the authority: the versions of a report, its printed forms, what the business is given and when."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.follow_ups import queries as follow_up_queries
from compliance.inspection_reports import actions as visit_reports
from compliance.inspection_reports import letters, rules
from compliance.inspection_reports import queries as report_queries
from compliance.inspection_reports.forms import ReplyToReport
from compliance.inspection_reports.models import ReportSending
from compliance.inspection_reports.steps import FOR_BUSINESS
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from registry import permissions, web
from registry.memberships.states import Act
from registry.organisations.models import Organisation


def _inspection(request: web.SignedIn, reference: str) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation", "inspector", "confirmed_by")
    return get_object_or_404(visible, reference=reference)


@web.page(*SEES)
def versions(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    page = {"inspection": inspection, "versions": report_queries.versions_of(inspection)}
    return render(request, "compliance/inspection_reports/officer_versions.html", page)


@web.page(*SEES)
def report_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    """The report in full, for those who may see the inspection."""
    inspection = _inspection(request, reference)
    version = report_queries.standing_version(inspection)
    if version is None:
        raise Http404
    sending = report_queries.sending_of(inspection)
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


@web.page(*SEES)
def for_business(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the business reads, or would read; and what it says to it."""
    inspection = _inspection(request, reference)
    sending = report_queries.sending_of(inspection)
    content = (
        sending.content if sending else rules.disclosable(report_queries.content_now(inspection), scheme_of(inspection))
    )
    page = {
        "inspection": inspection,
        "sending": sending,
        "report": report_queries.shown_report(inspection, content),
        "replies": list(report_queries.replies_to_report(sending)) if sending else [],
        "buttons": FOR_BUSINESS.buttons(inspection, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/inspection_reports/officer_for_business.html", page)


@web.page(*SEES)
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


def _own_report(request: web.SignedIn, reference: str) -> ReportSending:
    own = report_queries.sendings_to(Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own, inspection__reference=reference)


@web.page_with_form("licensing.apply")
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


@web.page("licensing.apply")
def own_report_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    return disclosable_pdf(request, _own_report(request, reference))


@web.page("licensing.apply")
def own_inspections(request: web.SignedIn) -> HttpResponse:
    """The reports that the business was sent, and what it is to put right. Of a visit that is to come nothing is shown."""
    own = Organisation.objects.acted_for_by(request.user)
    page = {"sendings": report_queries.sendings_to(own), "follow_ups": follow_up_queries.own_follow_ups(own)}
    return render(request, "compliance/inspection_reports/holder_inspections.html", page)
