"""Yearly statements for those who write and sign them, and for the independent reviewer."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.editions.states import PUBLISHES, REVIEWS
from registry.trail.queries import history
from registry.yearly_statements import actions, forms, queries
from registry.yearly_statements.steps import STATEMENT


@require_safe
@web.needs(PUBLISHES, REVIEWS)
def yearly_statement(request: web.SignedIn, reference: str) -> HttpResponse:
    one = STATEMENT.subject(request.user, reference=reference)
    facts = {
        "statement": one,
        "page": queries.page_of(one, timezone.now()),
        "buttons": STATEMENT.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.events_of("yearlystatement", one.code),
    }
    return render(request, "registry/yearly_statements/statement.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(PUBLISHES)
def announce(request: web.SignedIn) -> HttpResponse:
    form = forms.AnnounceStatement(web.typed(request), years=queries.years_to_announce(timezone.localdate()))
    tried = web.attempt(request, form, actions.announce_statement)
    if tried.is_done:
        return redirect("yearly_statement", tried.result.code)
    return web.show_form(
        request,
        form,
        title=_("Announce a yearly statement"),
        press=_("Announce the day"),
        back=reverse("yearly_statements"),
        about=(_("The public reads by which day it is published."),),
    )
