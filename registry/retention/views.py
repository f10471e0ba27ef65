"""The files of organisations and of premises, for staff."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from registry import web
from registry.organisations.models import Organisation
from registry.retention import actions as holds
from registry.retention import forms


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.hold_data")
def place_hold(request: web.SignedIn, reference: str) -> HttpResponse:
    """Keep what would otherwise be erased of this organisation, and say why."""
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    form = forms.HoldBecause(web.typed(request))
    tried = web.attempt(request, form, holds.place, visible)
    if tried.is_done:
        return redirect("organisation", reference)
    return _hold(request, visible, form, "registry/retention/place_hold.html")


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.hold_data")
def lift_hold(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    hold = get_object_or_404(visible.holds.in_force())
    form = forms.HoldBecause(web.typed(request))
    tried = web.attempt(request, form, holds.lift, hold, made_of=[hold.organisation])
    if tried.is_done:
        return redirect("organisation", reference)
    return _hold(request, visible, form, "registry/retention/lift_hold.html")


def _hold(request: web.SignedIn, organisation: Organisation, form: Form, template: str) -> HttpResponse:
    page = {"organisation": organisation, "form": form, "hold": organisation.holds.in_force().first()}
    return web.form_page(request, template, page)
