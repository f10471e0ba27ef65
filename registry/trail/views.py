"""The trail, and the proof that nothing in it was changed."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import forms, web
from registry.trail.actions import exports, verifications
from registry.trail.queries import files, history, verification


@web.page("registry.read_trail")
def trail(request: web.SignedIn) -> HttpResponse:
    found = history.events(request.GET)
    may_take = request.user.has_perm("registry.export_lists")
    csv = f"{reverse('trail_csv')}?{web.query_to_keep(request.GET)}" if may_take else ""
    return web.list_page(request, "registry/trail/trail.html", found, title=_("Trail"), csv=csv)


@web.button("registry.read_trail")
@web.needs("registry.export_lists")
def trail_csv(request: web.SignedIn) -> HttpResponseBase:
    found = history.events(request.GET)
    return web.list_file(request, "trail", found, files.event_columns(), note=exports.take_list)


@web.page_with_form("registry.read_trail")
def verify_trail(request: web.SignedIn) -> HttpResponse:
    """Asks the background worker to read everything from first to last, and shows its results."""
    form = forms.Published(web.posted(request))
    if form.is_valid():
        verifications.ask(form.head, by=request.user, at=timezone.now())
        return redirect("verify_trail")
    return render(
        request,
        "registry/trail/verify.html",
        {"form": form, "verifications": verification.verifications()},
        status=422 if form.is_bound else 200,
    )
