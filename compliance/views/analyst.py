"""Reports in the hands of those who handle them: the list, one report, what is asked, said and opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance import forms, queries
from compliance.actions import reports as actions
from compliance.forms import reports as report_forms
from compliance.models import Report, ReportPhoto
from compliance.rules import handling
from registry import web
from registry.errors import Reason

HANDLES = "compliance.handle_reports"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@web.needs(HANDLES)
def reports(request: web.SignedIn) -> HttpResponse:
    found = queries.reports(request.GET, by=request.user)
    return web.list_page(
        request,
        "compliance/analyst/reports.html",
        found,
        title=_("Reports"),
        waiting=queries.reports_waiting_for(request.user),
    )


@require_safe
@web.needs(HANDLES)
def report(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = _one(request, reference)
    return render(request, "compliance/analyst/report.html", {"report": seen, "file": queries.report_file(seen)})


@require_safe
@web.needs(HANDLES)
def photo(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    """To keep and look at elsewhere: never shown within a page."""
    kept = get_object_or_404(ReportPhoto, report=_one(request, reference), number=number)
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
    form = report_forms.Reach(web.typed(request))
    facts: dict[str, Any] = {"report": seen, "form": form}
    if web.is_sent(request, form):
        with web.reasons_on(form):
            facts["details"] = actions.reach(seen, by=request.user, at=timezone.now(), **form.cleaned_data)
    facts["blockers"] = list(handling.reach_blockers(seen))
    return render(request, "compliance/analyst/reach.html", facts, status=422 if form.errors else 200)


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
    forms.Press,
    actions.begin,
    handling.begin_blockers,
)
ASK = Act(
    _("Write to the reporter"),
    _("Nobody else reads it. Do not promise what you cannot keep."),
    _("Send"),
    report_forms.Ask,
    actions.ask,
    handling.ask_blockers,
)
CLOSE = Act(
    _("Close this report"),
    _("It can be opened again if the reporter writes more."),
    _("Close"),
    report_forms.Close,
    actions.close,
    handling.close_blockers,
)
REOPEN = Act(
    _("Reopen this report"),
    _("The reporter sees in the mailbox that it is being looked at again."),
    _("Reopen"),
    forms.Because,
    actions.reopen,
    handling.reopen_blockers,
)


def _act(request: web.SignedIn, reference: str, act: Act) -> HttpResponse:
    """One page that does one thing, and leads back to the report."""
    seen = _one(request, reference)
    form = act.form(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            act.action(seen, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("staff_report", reference)
    facts = {"report": seen, "form": form, "act": act, "blockers": list(act.blockers(seen))}
    return render(request, "compliance/analyst/act.html", facts, status=422 if form.errors else 200)
