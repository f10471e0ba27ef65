"""The keys that somebody who works here has given to programs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, queries, web
from registry.actions import keys as actions
from registry.models import ApiKey

WORKS_HERE = "registry.work_for_authority"
form_page = require_http_methods(["GET", "HEAD", "POST"])
CONFIRM = "registry/own_account/confirm_key.html"


@require_safe
@web.needs(WORKS_HERE)
def keys(request: web.SignedIn) -> HttpResponse:
    rows = queries.keys_of(request.user, at=timezone.now())
    return render(request, "registry/own_account/keys.html", {"rows": rows})


@form_page
@web.needs(WORKS_HERE)
def make_key(request: web.SignedIn) -> HttpResponse:
    """Whoever makes a key has just shown a second factor: it lets a program in for months. The secret is shown once."""
    form = forms.MakeKey(web.typed(request))
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.make)
    if tried.is_done:
        return web.not_kept(render(request, "registry/own_account/key_made.html", {"made": tried.result}))
    return web.form_page(request, "registry/own_account/make_key.html", {"form": form})


@form_page
@web.needs(WORKS_HERE)
def revoke_key(request: web.SignedIn, reference: str) -> HttpResponse:
    key = get_object_or_404(ApiKey, reference=reference, user=request.user)
    form = forms.Confirm(web.posted(request))
    tried = web.attempt(request, form, actions.revoke, key)
    if tried.is_done:
        return redirect("keys")
    words = {
        "title": _("Revoke the key %(name)s") % {"name": key},
        "text": _("Whatever has it is shut out from the next request on."),
        "press": _("Revoke"),
    }
    return web.form_page(request, CONFIRM, {"form": form, **words})


@form_page
@web.needs(WORKS_HERE)
def step_up_key(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the page of deciding asks of a person, asked for a program of theirs."""
    key = get_object_or_404(ApiKey, reference=reference, user=request.user)
    form = forms.Confirm(web.posted(request))
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.step_up, key)
    if tried.is_done:
        return redirect("keys")
    words = {
        "title": _("Let the key %(name)s decide") % {"name": key},
        "text": _("For ten minutes it may take decisions that others have proposed, in your name."),
        "press": _("Let it decide for ten minutes"),
    }
    return web.form_page(request, CONFIRM, {"form": form, **words})
