"""The case page, and what officers and managers do with a case."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from licensing.applications.views.officer import FORM, visible
from licensing.requests import actions as requests
from licensing.requests import forms, rules
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.ask_applicant")
def ask(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Ask(web.typed(request))
    tried = web.attempt(request, form, requests.ask, case, previews=True)
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Ask the applicant"),
        "text": _("The case waits until the applicant has answered."),
        "press": _("Ask"),
        "blockers": list(rules.ask_blockers(case, today=timezone.localdate())),
    }
    return web.form_page(request, FORM, facts)
