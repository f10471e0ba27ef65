"""The page of an undertaking, and of the order that may follow it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.enforcement.lists import SEES
from compliance.enforcement.queries import undertakings as queries
from compliance.enforcement.steps.undertakings import UNDERTAKING
from registry import web


@web.page(*SEES)
def undertaking(request: web.SignedIn, reference: str) -> HttpResponse:
    one = UNDERTAKING.subject(request.user, reference=reference)
    buttons = UNDERTAKING.buttons(one, by=request.user, on=timezone.localdate())
    page = {"one": one, "file": queries.undertaking_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/undertaking.html", page)
