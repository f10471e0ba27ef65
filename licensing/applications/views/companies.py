"""A company is looked up by its number, and what the companies register says of it is taken over with one press."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from licensing.application_form.forms.fields import language
from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.registered import taken_over
from licensing.applications.actions import companies as actions
from licensing.applications.forms.applicant import FindCompany, UseCompany
from licensing.applications.models import Application
from licensing.applications.queries import applications as queries
from licensing.applications.queries import companies
from licensing.applications.rules.companies import LEGAL_NAME
from licensing.applications.views.asked import CHECK, ApplicationPage
from registry import company_service, web
from registry.company_service import CompanyAnswer
from registry.schemes import said


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def company_register(request: web.SignedIn, reference: str) -> HttpResponse:
    """Find the company, look at what the register says, and use it; or go on by hand."""
    asked = _asked(request, reference)
    if asked is None:
        return redirect("application_tasks", reference)
    if "by_hand" in request.POST:
        actions.answer_by_hand(asked.application, by=request.user, at=timezone.now())
        return redirect(_following(asked))
    find = FindCompany(_sought(request, asked))
    number = companies.normal_number(find.data.get("number"))
    answer, cannot_ask = _asked_register(number, asked)
    match = companies.match_of(asked.filled, number, today=asked.today, answer=answer)
    nations = {one.code: said(one.title, language()) for one in asked.filled.scheme.nations}
    use = UseCompany(web.typed(request), nations=nations if match and match.lacks_nation else {})
    opened = asked.opened(request.POST or None, "")
    tried = web.attempt(request, use, actions.take_over, asked.application, opened=opened, answer=answer)
    if tried.is_done:
        return redirect(_following(asked))
    shown = match if match and match.company and match.is_fresh else None
    words: dict[str, Any] = {
        "find": find,
        "match": shown,
        "blockers": shown.use_blockers(today=asked.today) if shown else [],
        "cannot_ask": cannot_ask and shown is None,
        "is_missing": match is not None and shown is None and not cannot_ask,
        "form": use,
        "opened": opened,
        "then": asked.then,
        "is_taken_over": bool(taken_over(asked.filled)),
        "by_hand": asked.address_of(asked.page),
    }
    return web.form_page(request, "licensing/applications/applicant_company_register.html", {**asked.words(), **words})


def _asked(request: web.SignedIn, reference: str) -> ApplicationPage | None:
    """The page with the legal name, of a draft of a company."""
    application = get_object_or_404(
        Application.objects.filled_in_by(request.user).select_related("organisation", "paper"), reference=reference
    )
    today = timezone.localdate()
    filled = queries.form_of(application, today=today)
    page = filled.page_asking(LEGAL_NAME)
    if application.status != "draft" or page is None or filled.facts.get("legal_status") != "company":
        return None
    return ApplicationPage(application, filled, page, CHECK if request.GET.get("then") == CHECK else "", today, True)


def _asked_register(number: str, asked: ApplicationPage) -> tuple[CompanyAnswer | None, bool]:
    """What the register itself says of this number, where it can be asked; and whether it did not answer."""
    if not number or not company_service.is_configured():
        return None, False
    try:
        return company_service.ask(number, today=asked.today), False
    except company_service.RegisterSilent:
        return None, True


def _sought(request: web.SignedIn, asked: ApplicationPage) -> dict[str, str] | None:
    """The number that was typed, that is to be used, or that was given before."""
    typed = request.POST.get("number", request.GET.get("number"))
    given = asked.filled.facts.get(COMPANY_NUMBER)
    number = given if typed is None else typed
    return None if number is None else {"number": str(number)}


def _following(asked: ApplicationPage) -> str:
    return asked.back if asked.then else asked.address_of(asked.page)
