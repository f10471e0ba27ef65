"""The trail, and the proof that nothing in it was changed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, queries, web
from registry.actions import verifications


@require_safe
@web.needs("registry.read_trail")
def trail(request: web.SignedIn) -> HttpResponse:
    return web.list_page(request, "registry/auditor/trail.html", queries.events(request.GET), title=_("Trail"))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.read_trail")
def verify_trail(request: web.SignedIn) -> HttpResponse:
    """Asks the background worker to read everything from first to last, and shows its results."""
    form = forms.Published(web.posted(request))
    if form.is_valid():
        verifications.ask(form.head, by=request.user, at=timezone.now())
        return redirect("verify_trail")
    return render(
        request,
        "registry/auditor/verify.html",
        {"form": form, "verifications": queries.verifications()},
        status=422 if form.is_bound else 200,
    )
