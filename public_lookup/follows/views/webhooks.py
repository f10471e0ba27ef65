"""Web addresses of a labour user's systems, and what is posted to each."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from public_lookup.follows.actions import webhooks as actions
from public_lookup.follows.forms import webhooks as forms
from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.webhooks import Webhook
from public_lookup.follows.queries import webhooks as queries
from registry import web


@web.page_with_form(actions.USE)
def webhooks(request: web.SignedIn) -> HttpResponse:
    """The addresses that this person has named, and a form for one more."""
    form = forms.Webhook(web.posted(request))
    tried = web.attempt(request, form, actions.name)
    if tried.is_done:
        return redirect("webhook", tried.result.reference)
    context = {"form": form, "webhooks": queries.webhooks_of(request.user)}
    return web.form_page(request, "public_lookup/follows/webhooks.html", context)


@web.page_with_form(actions.USE)
def webhook(request: web.SignedIn, reference: str) -> HttpResponse:
    """One address: how it stands, what it is told of, what was posted; and a form for one more thing to be told of."""
    shown = _own(request, reference)
    form = forms.ToldOf(web.posted(request), on=timezone.localdate())
    tried = web.attempt(request, form, actions.follow, shown, typed=form.what)
    if tried.is_done:
        return redirect("webhook", reference)
    return _page(request, shown, form)


@web.button(actions.USE)
def test(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, _own(request, reference), actions.test)


@web.button(actions.USE)
def pause(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, _own(request, reference), actions.pause)


@web.button(actions.USE)
def resume(request: web.SignedIn, reference: str) -> HttpResponse:
    return _act(request, _own(request, reference), actions.resume)


@web.page_with_form(actions.USE)
def stop(request: web.SignedIn, reference: str) -> HttpResponse:
    """Asks once more first: it cannot be taken back."""
    shown = _own(request, reference)
    if request.method == "POST":
        actions.stop(shown, by=request.user, at=timezone.now())
        return redirect("webhooks")
    return render(request, "public_lookup/follows/stop_webhook.html", {"webhook": shown})


@web.button(actions.USE)
def unfollow(request: web.SignedIn, reference: str, of: int) -> HttpResponse:
    shown = _own(request, reference)
    followed = get_object_or_404(Follow, pk=of, address=shown.reference, stopped_at=None)
    return _act(request, shown, actions.unfollow, of=followed)


@web.button(actions.USE)
def resend(request: web.SignedIn, reference: str, delivery: str) -> HttpResponse:
    shown = _own(request, reference)
    return _act(request, shown, actions.resend, delivery=get_object_or_404(shown.deliveries, reference=delivery))


def _own(request: web.SignedIn, reference: str) -> Webhook:
    return get_object_or_404(Webhook.objects.visible_to(request.user), reference=reference)


def _act(request: web.SignedIn, shown: Webhook, action: Callable[..., None], **what: Any) -> HttpResponse:
    """A button of the page: back to it, or the page with the reasons why not."""
    pressed = django_forms.Form({})
    pressed.full_clean()
    with web.reasons_on(pressed):
        action(shown, **what, by=request.user, at=timezone.now())
    if not pressed.errors:
        return redirect("webhook", shown.reference)
    return _page(request, shown, forms.ToldOf(on=timezone.localdate()), pressed=pressed)


def _page(
    request: web.SignedIn, shown: Webhook, form: forms.ToldOf, *, pressed: django_forms.Form | None = None
) -> HttpResponse:
    context = {"file": queries.webhook_file(shown), "form": form, "pressed": pressed}
    status = 422 if form.errors or (pressed and pressed.errors) else 200
    return render(request, "public_lookup/follows/webhook.html", context, status=status)
