"""What staff say of a report, one page each; and a report that they write down for somebody."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance import vault
from compliance.reports.actions import reports as reports_actions
from compliance.reports.actions import triage as actions
from compliance.reports.forms import triage as forms
from compliance.reports.lists import HANDLES
from compliance.reports.models.reports import Report
from compliance.reports.queries import help_lines as queries
from compliance.reports.queries import triage as sorting
from compliance.reports.queries.reports import ReportComparison, compared
from compliance.reports.queries.signs import signs_of_schemes
from compliance.reports.views.reports import one_read
from registry import web


@web.page_with_form(HANDLES)
def translate_message(request: web.SignedIn, reference: str, key: int) -> HttpResponse:
    """Of the reporter’s in English; of ours in their language, which they then read first."""
    seen = one_read(request, reference)
    if not isinstance(seen, Report):
        return seen
    message = get_object_or_404(seen.messages.exclude(text=""), pk=key)
    form = (forms.TranslateOurs if message.from_authority else forms.Translate)(web.typed(request))

    def translated(*, language: str = seen.language, **typed: Any) -> object:
        return actions.translate_message(message, language=language, **typed)

    if web.attempt(request, form, translated, made_of=[seen]).is_done:
        return redirect("staff_report", reference)
    return _page(request, seen, form, _("Add a translation"), message.text)


@web.page_with_form(HANDLES)
def link(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = one_read(request, reference)
    if not isinstance(seen, Report):
        return seen
    asked = request.GET.get("other", "")[:20]
    form = forms.Link(web.typed(request), initial={"other": asked})

    def linked(*, other: str, **typed: Any) -> object:
        return actions.link(seen, other=sorting.called(other, by=request.user), **typed)

    if web.attempt(request, form, linked, made_of=[seen]).is_done:
        return redirect("staff_report", reference)
    beside = compared(seen, sorting.called(asked, by=request.user), by=request.user, at=timezone.now())
    web.shows(request, *(beside.reports if beside else ()), way="page")
    return _page(request, seen, form, _("Compare with another report"), "", beside=beside)


def _page(
    request: web.SignedIn, seen: Report, form: Form, title: str, about: str, *, beside: ReportComparison | None = None
) -> HttpResponse:
    return web.show_form(
        request,
        form,
        title=title,
        about=about,
        press=_("Save"),
        back=reverse("staff_report", args=[seen.reference]),
        template="compliance/reports/officer_step.html",
        heading="compliance/reports/officer_heading.html",
        subject=seen,
        report=seen,
        beside=beside,
    )


@web.page("compliance.count_reports")
def clocks(request: web.SignedIn) -> HttpResponse:
    """How many reports are late, for whoever may not read them."""
    return render(request, "compliance/reports/officer_clocks.html", {"clocks": sorting.clocks(at=timezone.now())})


@web.page_with_form("compliance.take_reports")
def take(request: web.SignedIn) -> HttpResponse:
    """Write down what somebody tells by telephone, by post or in person: the same questions, the same rules."""
    at = timezone.now()
    form = forms.Taken(web.typed(request), request.FILES if request.method == "POST" else None)
    facts: dict[str, Any] = {"form": form, "ticket": request.POST.get("ticket") or vault.new_ticket(at=at)}
    ticket = vault.open_ticket(str(facts["ticket"]), at=at)
    tried = web.attempt(
        request,
        form,
        reports_actions.receive,
        typed=lambda: {**form.told, "group": form.told["group"] or ticket.group_words()},
        once=ticket.once,
        # In English, whatever the reporter reads: an officer reads them out.
        passphrase=ticket.passphrase(),
    )
    if tried.is_done:
        is_first = (tried.result.people or 0) > 1 and not form.told["group"]
        group_words = ticket.group_words() if is_first else ""
        facts |= {"report": tried.result, "passphrase": ticket.passphrase(), "group_words": group_words}
    facts["helpers"] = queries.helpers(timezone.localdate(at))
    return web.form_page(request, "compliance/reports/officer_take_report.html", facts)


@web.page("registry.work_for_authority")
def signs(request: web.SignedIn) -> HttpResponse:
    """How each sign and each method looks, what to do and who to tell: for all staff and for other authorities."""
    page = {"schemes": signs_of_schemes(timezone.localdate())}
    return render(request, "compliance/reports/signs.html", page)
