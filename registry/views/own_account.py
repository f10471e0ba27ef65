"""Where somebody is signed in, and signing out there."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from registry import forms, queries, web
from registry.actions import accounts


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: web.SignedIn) -> HttpResponse:
    """Every browser in which this person is signed in; the button signs them out in all but this one."""
    here = request.session.session_key or ""
    form = forms.Confirm(web.posted(request))
    if form.is_valid():
        accounts.end_other_sessions(request.user, here=here, by=request.user, at=timezone.now())
        return redirect("own_sessions")
    sessions = queries.sessions_of(request.user, here=here, at=timezone.now())
    return render(request, "registry/own_account/sessions.html", {"sessions": sessions})


@require_http_methods(["GET", "POST"])
@web.asks_only
def session_left(request: web.SignedIn) -> JsonResponse:
    """For how many seconds this person stays signed in if they do nothing; to post here is to do something."""
    idle = web.idle_left(request)
    left = web.session_left(request)
    return JsonResponse({"left": left if idle is None else min(left, idle)})
