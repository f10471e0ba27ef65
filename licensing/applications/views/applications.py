"""An application as its applicant sees it, from the door to what became of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from licensing.application_form.forms import fields
from licensing.application_form.rules import effort
from licensing.applications.actions import applications as applications_actions
from licensing.applications.actions import start as applications
from licensing.applications.forms import applicant as answers
from licensing.applications.forms.applicant import answers_in
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.applications.queries import eligibility, holders
from licensing.applications.queries.companies import can_look_up
from licensing.applications.rules import papers
from licensing.progress.queries import durations
from registry import schemes, web
from registry.memberships.states import Act
from registry.schemes import said


@login_not_required
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """What a licence is, what it costs today and what is needed; anyone may read it."""
    today, language = timezone.localdate(), fields.language()
    offered = applications_queries.schemes_offered(today)
    is_registered = can_look_up(today=today)
    return render(
        request,
        "licensing/applications/applicant_apply.html",
        {"schemes": [_offer(scheme, language, is_registered=is_registered) for scheme in offered.values()]},
    )


@web.page_with_form("licensing.apply")
def start_application(request: web.SignedIn) -> HttpResponse:
    """Whoever comes from the question whether they need a licence brings along, in the address, what they answered there."""
    own = {one.reference: one for one in holders.organisations_of(request.user)}
    checker = eligibility.checkers(timezone.localdate()).get(request.GET.get("scheme", ""))
    known = answers_in(request.GET, checker.eligibility) if checker and checker.eligibility else {}
    typed_name, today = request.POST.get("legal_name", ""), timezone.localdate()
    form = answers.Start(
        web.posted(request),
        schemes=applications_queries.schemes_offered(today),
        asks_whether_another=applications_queries.licensed_namesake(typed_name, today=today) is not None,
        organisations={reference: one.legal_name for reference, one in own.items()},
        initial={"scheme": checker.name} if checker else None,
    )

    def started(*, organisation: str, whose: str, client_email: str, **typed: Any) -> str:
        if form.is_for_client:
            return applications.ask_client(email=client_email, **typed).reference
        return applications.start(own.get(organisation), known=known, **typed).reference

    tried = web.attempt(request, form, started)
    if tried.is_done and form.is_for_client:
        words = gettext("We have asked %s. Once they say what you may do for the business, start the application here.")
        messages.success(request, words % form.cleaned_data["client_email"])
        return redirect("start_application")
    if tried.is_done:
        return redirect("application_tasks", tried.result)
    return web.form_page(
        request, "licensing/applications/applicant_start.html", {"form": form, "is_begun": bool(known)}
    )


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def withdraw_application(request: web.SignedIn, reference: str) -> HttpResponse:
    application = get_object_or_404(Application.objects.filled_in_by(request.user), reference=reference)
    form = answers.Withdraw(web.posted(request))
    tried = web.attempt(
        request,
        form,
        applications_actions.withdraw,
        application,
        done=gettext("You have withdrawn the application."),
    )
    if tried.is_done:
        return redirect("application_tasks", reference)
    return web.form_page(
        request,
        "licensing/applications/applicant_withdraw.html",
        {
            "application": application,
            "form": form,
            "blockers": list(papers.act_blockers(application, Act.WITHDRAW, by=request.user, on=timezone.localdate())),
        },
    )


def _offer(scheme: schemes.Scheme, language: str, *, is_registered: bool) -> dict[str, object]:
    asked = effort.effort_of_ordinary_company(scheme, language=language, is_registered=is_registered)
    bands = [
        (said(band.title, language), f"£{scheme.fee(band.code):,.0f}", f"£{scheme.fee(band.code, 'inspection'):,.0f}")
        for band in scheme.fees.bands
    ]
    return {
        "name": scheme.name,
        "title": said(scheme.title, language),
        "minutes": _rounded(asked.minutes),
        "needs": [said(text, language) for text in effort.to_have_at_hand(scheme)],
        "summary": said(scheme.summary, language),
        "service": said(scheme.service.apply, language),
        "authority": said(scheme.authority.name, language),
        "fee": _fee(scheme),
        "fee_headings": [gettext("Turnover"), gettext("Application"), gettext("Inspection, if one is needed")],
        "fees": bands,
        "decision_times": durations.decision_times(scheme.name),
        "fees_since": scheme.fees_since,
        "fees_from": said(scheme.payments.table, language) if scheme.payments else "",
        "payment_note": said(scheme.payment_note, language),
        "sections": [said(section.title, language) for section in scheme.form.sections],
        "sectors": [said(sector.title, language) for sector in scheme.sectors],
        "months": scheme.licence_months,
        "paper_form": reverse("paper_form", args=(scheme.name, scheme.version)),
    }


def _rounded(minutes: int) -> int:
    """To five minutes, upwards: nobody reads and types to the minute."""
    return -(-minutes // 5) * 5


def _fee(scheme: schemes.Scheme) -> str:
    """What it costs, in a line; the table beside it says it by turnover."""
    fees = sorted(scheme.fee(band.code) for band in scheme.fees.bands)
    if fees[0] == fees[-1]:
        return gettext("The fee is £%(fee)s.") % {"fee": f"{fees[0]:,.0f}"}
    said = {"least": f"{fees[0]:,.0f}", "most": f"{fees[-1]:,.0f}"}
    return gettext("The fee is from £%(least)s to £%(most)s, by yearly turnover.") % said
