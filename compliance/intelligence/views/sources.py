"""Sources in the hands of their handlers: kept under a pseudonym, opened for a reason."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from compliance.intelligence import forms, rules
from compliance.intelligence.actions import sources as actions
from compliance.intelligence.models.sources import Source
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.steps import HANDLES, SOURCE
from registry import web
from registry.accounts.models import User


@web.page(HANDLES)
def sources(request: web.SignedIn) -> HttpResponse:
    own = list(queries.sources(request.user))
    web.shows_rows(request, own, way="list")
    return render(request, "compliance/intelligence/sources.html", {"sources": own})


@sensitive_post_parameters()
@sensitive_variables()
@web.page_with_form(HANDLES)
def keep(request: web.SignedIn) -> HttpResponse:
    # Never held over a sign-in: who a source is waits in no session.
    form = forms.KeepSource(web.posted(request))

    def kept(*, about: str, by: User, at: datetime, **identity: Any) -> Source:
        return actions.keep(identity=identity, about=about, by=by, at=at)

    tried = web.attempt(request, form, kept)
    if tried.is_done:
        return redirect("source", tried.result.reference)
    facts = {"form": form, "title": _("Keep a source"), "is_sealed": True}
    return web.form_page(request, "compliance/intelligence/form.html", facts)


@web.page(HANDLES)
def source(request: web.SignedIn, reference: str) -> HttpResponse:
    one = SOURCE.subject(request.user, reference=reference)
    page = {
        "source": one,
        "file": queries.source_file(one, by=request.user),
        "buttons": SOURCE.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/intelligence/source.html", page)


@sensitive_variables()
@web.page_with_form(HANDLES)
def look(request: web.SignedIn, reference: str) -> HttpResponse:
    """Who a source is, once: a second factor shown within ten minutes, and a reason each time."""
    one = SOURCE.subject(request.user, reference=reference)
    form = forms.Why(web.typed(request))
    facts: dict[str, Any] = {"source": one, "form": form}
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.look, one)
    if tried.is_done:
        facts["identity"] = tried.result
    facts["blockers"] = list(rules.look_blockers(one, by=request.user))
    return web.form_page(request, "compliance/intelligence/source_look.html", facts)
