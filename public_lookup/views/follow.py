"""Being told of changes by email or by a feed, without an account."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from public_lookup import forms, queries, web
from public_lookup.actions import follows
from public_lookup.models import Channel, Follow
from public_lookup.queries.follows import follow_of
from public_lookup.views import texts
from registry.web import count, is_too_often


@web.keeping
def ask(request: HttpRequest) -> HttpResponse:
    """What to be told of, and where to: the answer is the same whether the address is known or not."""
    now = timezone.now()
    if request.method != "POST":
        wanted = {name: request.GET.get(name, "") for name in ("number", "place", "sector")}
        form = forms.Follow(initial=wanted, on=timezone.localdate(now))
        return web.not_kept(render(request, "public_lookup/follow_ask.html", {"form": form}))
    form = forms.Follow(request.POST, on=timezone.localdate(now))
    too_many = is_too_often(request, "follow", most=texts.MOST_SENT, at=now)
    if form.is_valid() and not too_many:
        count(request, "follow", at=now)
        wish = form.wish()
        follows.ask(**wish, language=get_language() or settings.LANGUAGE_CODE, by=None, at=now)
        if wish["channel"] == Channel.TEXT:
            return texts.send_code(request, wish["address"], at=now)
        asked = {"address": form.cleaned_data["email"]}
        return web.not_kept(render(request, "public_lookup/follow_asked.html", asked))
    page = {"form": form, "too_many": too_many, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/follow_ask.html", page, status=429 if too_many else 422))


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
    page = {"follow": found, "what": queries.what_is_followed(found)}
    return web.not_kept(render(request, "public_lookup/follow.html", page))


def _found(key: str) -> Follow:
    found = follow_of(key)
    if found is None:
        raise queries.NotShown(key)
    return found


@web.data
def atom(request: HttpRequest, number: str) -> HttpResponse:
    """What is published of one entry, for a feed reader."""
    shown = queries.entry(number, at=timezone.now())
    known = web.known_by(request, shown.etag)
    if known is not None:
        return known
    address = f"{settings.SITE_ADDRESS}{reverse('entry', args=[shown.number])}"
    feed = Atom1Feed(
        title=f"{shown.entry.name} ({shown.number})",
        link=address,
        description=shown.says,
        language=get_language(),
        feed_url=f"{settings.SITE_ADDRESS}{request.path}",
        author_name=settings.ORGANISATION_NAME,
    )
    for change, key in _keyed(shown):
        feed.add_item(
            title=" ".join(change.said),
            link=address,
            description=" ".join(change.said),
            unique_id=f"{address}#{key}",
            pubdate=change.at,
            updateddate=change.at,
        )
    text = feed.writeString("utf-8")
    return _fed(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"), shown.etag)


@web.data
def json_feed(request: HttpRequest, number: str) -> HttpResponse:
    """The same as JSON Feed 1.1."""
    shown = queries.entry(number, at=timezone.now())
    known = web.known_by(request, shown.etag)
    if known is not None:
        return known
    address = f"{settings.SITE_ADDRESS}{reverse('entry', args=[shown.number])}"
    items = [
        {
            "id": f"{address}#{key}",
            "url": address,
            "content_text": " ".join(change.said),
            "date_published": change.at.isoformat(),
        }
        for change, key in _keyed(shown)
    ]
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{shown.entry.name} ({shown.number})",
        "home_page_url": address,
        "feed_url": f"{settings.SITE_ADDRESS}{request.path}",
        "language": get_language(),
        "items": items,
    }
    return _fed(HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/feed+json"), shown.etag)


def _keyed(shown: queries.Shown) -> list[tuple[queries.Change, str]]:
    """Each change with a name of its own: the number of its entry, or the instant at which it was taken off."""
    return [(change, str(change.entry_number or change.at.isoformat())) for change in shown.history]


def _fed(response: HttpResponse, etag: str) -> HttpResponse:
    return web.open_to_sites(web.asked_for_anew(response, etag))
