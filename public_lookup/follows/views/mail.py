"""Being told of changes by email, without an account."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.follows.actions import follows
from public_lookup.follows.forms import follows as forms
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.queries import follows as follows_queries
from public_lookup.follows.queries.follows import follow_of
from public_lookup.follows.views import texts
from public_lookup.lookup.queries import entries
from registry.campaigns.queries import plain_word
from registry.campaigns.states import CampaignTotal
from registry.web import count, count_visit, is_too_often


@web.keeping
def ask(request: HttpRequest) -> HttpResponse:
    """What to be told of, and where to: the answer is the same whether the address is known or not."""
    now = timezone.now()
    if request.method != "POST":
        wanted = {name: request.GET.get(name, "") for name in ("number", "place", "sector")}
        form = forms.Follow(initial=wanted, on=timezone.localdate(now))
        feed = _feed(forms.What(request.GET, on=timezone.localdate(now)))
        begun = {"form": form, "feed": feed, "campaign": plain_word(request.GET.get("campaign"))}
        return web.not_kept(render(request, "public_lookup/follows/ask.html", begun))
    campaign = plain_word(request.POST.get("campaign"))
    form = forms.Follow(request.POST, on=timezone.localdate(now))
    too_many = is_too_often(request, "follow", most=texts.MOST_SENT, at=now)
    if form.is_valid() and not too_many:
        count(request, "follow", at=now)
        wish = form.wish()
        follows.ask(**wish, language=get_language() or settings.LANGUAGE_CODE, by=None, at=now)
        count_visit(campaign, CampaignTotal.FOLLOW, at=now)
        if wish["channel"] == FollowChannel.TEXT:
            return texts.send_code(request, wish["address"], at=now)
        return web.mail_sent(request, form.cleaned_data["email"], onward="check", text=_("Check the register"))
    feed = _feed(forms.What(request.POST, on=timezone.localdate(now)))
    page = {"form": form, "too_many": too_many, "posted": web.posted(request), "feed": feed, "campaign": campaign}
    return web.not_kept(render(request, "public_lookup/follows/ask.html", page, status=429 if too_many else 422))


def _feed(asked: forms.What) -> dict[str, str]:
    """The feeds of what is asked about, by their kind; none while nothing is, or it cannot be read."""
    if not asked.is_valid():
        return {}
    query = urlencode({name: value for name, value in asked.cleaned_data.items() if value})
    return {kind: f"{reverse(name)}?{query}" for kind, name in (("Atom", "place_atom"), ("JSON Feed", "place_json"))}


@web.keeping
def follow(request: HttpRequest, key: str) -> HttpResponse:
    """From the mail: a page with a button, as programs that read mail open every address in it."""
    return _after(request, key, follows.confirm)


@web.keeping
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """By the button of the page, or of the mail program itself (RFC 8058)."""
    return _after(request, key, follows.stop)


def _after(request: HttpRequest, key: str, action: Callable[..., None]) -> HttpResponse:
    found = _found(key)
    if request.method == "POST":
        action(found, by=None, at=timezone.now())
        found.refresh_from_db()
    page = {"follow": found, "what": follows_queries.what_is_followed(found)}
    return web.not_kept(render(request, "public_lookup/follows/follow.html", page))


def _found(key: str) -> Follow:
    found = follow_of(key)
    if found is None:
        raise entries.NotShown(key)
    return found
