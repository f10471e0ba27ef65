"""How to say that something is wrong: open to everybody, without a session, without a cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance import queries


@login_not_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    facts = {"helpers": queries.helpers(today), "authorities": queries.authorities(today)}
    return render(request, "compliance/intake/report.html", facts)
