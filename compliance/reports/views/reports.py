"""Reports in the hands of those who handle them: the list, one report, what is asked, said and opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.inspections import forms as inspection_forms
from compliance.reports.actions import reports as actions
from compliance.reports.actions import triage
from compliance.reports.forms import triage as triage_forms
from compliance.reports.models.reports import Report, ReportPhoto
from compliance.reports.queries import columns
from compliance.reports.queries import reports as reports_queries
from compliance.reports.rules import handling
from registry import web
from registry.errors import Reason
from registry.trail.actions import exports
from registry.worklists.models import WorkList

HANDLES = "compliance.handle_reports"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@web.needs(HANDLES)
def reports(request: web.SignedIn) -> HttpResponse:
    at = timezone.now()
    found = reports_queries.reports(request.GET, by=request.user, at=at)
    return web.list_page(
        request,
        "compliance/reports/officer_reports.html",
        found,
        of_list=WorkList.REPORTS,
        offered=columns.views_of_reports(),
        title=_("Reports"),
        waiting=reports_queries.reports_waiting_for(request.user),
        overdue=reports_queries.reports_overdue(request.user, at=at),
        now=at,
    )


@require_POST
@web.needs(HANDLES)
@web.needs("registry.export_lists")
def reports_csv(request: web.SignedIn) -> HttpResponseBase:
    found = reports_queries.reports(request.GET, by=request.user, at=timezone.now())
    return web.list_file(request, WorkList.REPORTS, found, columns.report_columns(), note=exports.take_list)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def report(request: web.SignedIn, reference: str) -> HttpResponse:
    """Shown to whoever has said within the hour why they read it; everybody else is asked."""
    at = timezone.now()
    seen = _one(request, reference)
    if request.method == "POST" or not reports_queries.may_read_on(seen, by=request.user, at=at):
        return _why(request, seen)
    facts = {"report": seen, "file": reports_queries.report_file(seen, by=request.user, at=at)}
    return render(request, "compliance/reports/officer_report.html", facts)


def _why(request: web.SignedIn, seen: Report) -> HttpResponse:
    form = triage_forms.Why(web.typed(request))
    tried = web.attempt(request, form, triage.read, seen)
    if tried.is_done:
        return redirect("staff_report", seen.reference)
    return web.form_page(request, "compliance/reports/officer_reason.html", {"report": seen, "form": form})


def one_read(request: web.SignedIn, reference: str) -> Report | HttpResponse:
    """The report, for whoever has said why they read it; else the way to the page that asks."""
    seen = _one(request, reference)
    if reports_queries.may_read_on(seen, by=request.user, at=timezone.now()):
        return seen
    web.hold(request)
    return redirect("staff_report", reference)


@require_safe
@web.needs(HANDLES)
def photo(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    """To keep and look at elsewhere: never shown within a page."""
    seen = one_read(request, reference)
    if not isinstance(seen, Report):
        return seen
    kept = get_object_or_404(ReportPhoto, report=seen, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-{number}.jpg"'}
    return HttpResponse(bytes(kept.content), content_type="image/jpeg", headers=headers)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def begin(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, reference, BEGIN)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def ask(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, reference, ASK)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def close(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, reference, CLOSE)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def reopen(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, reference, REOPEN)


@require_http_methods(METHODS)
@web.needs(HANDLES)
def reach(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = _one(request, reference)
    form = triage_forms.Reach(web.typed(request))
    facts: dict[str, Any] = {"report": seen, "form": form}
    tried = web.attempt(request, form, actions.reach, seen)
    if tried.is_done:
        facts["details"] = tried.result
    facts["blockers"] = list(handling.reach_blockers(seen))
    return web.form_page(request, "compliance/reports/officer_contact.html", facts)


def _one(request: web.SignedIn, reference: str) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.user), reference=reference)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done with a report: its words, the form, the action, and the rule that speaks against it."""

    title: str | Promise
    about: str | Promise
    press: str | Promise
    form: type[Form]
    action: Callable[..., object]
    blockers: Callable[[Report], Iterable[Reason]]


BEGIN = Act(
    _("Begin to look at this report"),
    _("The reporter sees in the mailbox that it is being looked at."),
    _("Begin"),
    inspection_forms.Press,
    actions.begin,
    handling.begin_blockers,
)
ASK = Act(
    _("Write to the reporter"),
    _("No one else reads it. Do not promise what you cannot keep."),
    _("Send"),
    triage_forms.Ask,
    actions.ask,
    handling.ask_blockers,
)
CLOSE = Act(
    _("Close this report"),
    _("It can be opened again if the reporter writes more."),
    _("Close"),
    triage_forms.Close,
    actions.close,
    handling.close_blockers,
)
REOPEN = Act(
    _("Reopen this report"),
    _("The reporter sees in the mailbox that it is being looked at again."),
    _("Reopen"),
    inspection_forms.Because,
    actions.reopen,
    handling.reopen_blockers,
)


def _act(request: web.SignedIn, reference: str, act: Act) -> HttpResponse:
    """One page that does one thing, and leads back to the report."""
    seen = _one(request, reference)
    form = act.form(web.typed(request))
    tried = web.attempt(request, form, act.action, seen)
    if tried.is_done:
        return redirect("staff_report", reference)
    facts: dict[str, Any] = {"report": seen, "form": form, "act": act, "blockers": list(act.blockers(seen))}
    if issubclass(act.form, triage_forms.InTheirLanguage):
        facts["reads"] = reports_queries.language_of(seen)
    return web.form_page(request, "compliance/reports/officer_step.html", facts)
