"""The trail, and the proof that nothing in it was changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, queries, web


@require_safe
@web.needs("registry.read_trail")
def trail(request: web.SignedIn) -> HttpResponse:
    return web.list_page(request, "registry/auditor/trail.html", queries.events(request.GET), title=_("Trail"))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.read_trail")
def verify_trail(request: web.SignedIn) -> HttpResponse:
    """Reads everything from first to last, so only at the press of a button. Changes nothing."""
    form = forms.Published(web.posted(request))
    verification = queries.verify_history(form.head) if form.is_valid() else None
    return render(
        request,
        "registry/auditor/verify.html",
        {"form": form, "verification": verification},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )
