"""Where officers ask an applicant for something."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from licensing.applications.queries.applications import scheme_of
from licensing.applications.views.officer import visible
from licensing.requests import forms, rules
from licensing.requests.actions import asking
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.ask_applicant")
def ask(request: web.SignedIn, reference: str) -> HttpResponse:
    case, today = visible(request, reference), timezone.localdate()
    form = forms.Ask(web.typed(request), scheme=scheme_of(case), today=today)
    tried = web.attempt(request, form, asking.ask, case, typed=form.asked, previews=True)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "blockers": list(rules.begin_blockers(case)),
    }
    return web.form_page(request, "licensing/requests/officer_ask.html", facts)
