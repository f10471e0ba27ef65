"""Yearly statements for those who write and sign them, and for the independent reviewer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry import web
from registry.editions.states import PUBLISHES, REVIEWS
from registry.trail.queries import history
from registry.yearly_statements import queries
from registry.yearly_statements.steps import STATEMENT


@web.page(PUBLISHES, REVIEWS)
def yearly_statement(request: web.SignedIn, reference: str) -> HttpResponse:
    one = STATEMENT.subject(request.user, reference=reference)
    facts = {
        "statement": one,
        "page": queries.page_of(one, timezone.now()),
        "buttons": STATEMENT.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.events_of("yearlystatement", one.code),
    }
    return render(request, "registry/yearly_statements/statement.html", facts)
