"""Feeds of what is published: of one entry, of a place and a sector, and of a list. Nobody gives an address for them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from public_lookup import web
from public_lookup.bulk_checks.queries.lists import firms_of, list_of
from public_lookup.bulk_checks.states import OF_A_LIST
from public_lookup.follows.forms import follows
from public_lookup.follows.queries.follows import place_in_words
from public_lookup.lookup.queries import entries, history, instants
from public_lookup.open_data.queries import changes, feeds
from registry.errors import Reason
from registry.signing import digest


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One change: what a reader shows, and what it is known by."""

    title: str
    said: str
    address: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    says: str
    address: str
    items: list[FeedItem]
    etag: str


Draw = Callable[[HttpRequest, Feed], HttpResponse]


def _as_atom(request: HttpRequest, feed: Feed) -> HttpResponse:
    written = Atom1Feed(
        title=feed.title,
        link=feed.address,
        description=feed.says,
        language=get_language(),
        feed_url=f"{settings.SITE_ADDRESS}{request.get_full_path()}",
        author_name=settings.ORGANISATION_NAME,
    )
    for item in feed.items:
        written.add_item(
            title=item.title,
            link=item.address,
            description=item.said,
            unique_id=item.key,
            pubdate=item.at,
            updateddate=item.at,
        )
    text = written.writeString("utf-8")
    return _fed(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"), feed.etag)


def _as_json(request: HttpRequest, feed: Feed) -> HttpResponse:
    """JSON Feed 1.1."""
    items = [
        {"id": item.key, "url": item.address, "content_text": item.said, "date_published": item.at.isoformat()}
        | ({"title": item.title} if item.title != item.said else {})
        for item in feed.items
    ]
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": f"{settings.SITE_ADDRESS}{request.get_full_path()}",
        "language": get_language(),
        "items": items,
    }
    return _fed(HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/feed+json"), feed.etag)


def _fed(response: HttpResponse, etag: str) -> HttpResponse:
    return web.open_to_sites(web.asked_for_anew(response, etag))


# --- of one entry ---


@web.data
def atom(request: HttpRequest, number: str) -> HttpResponse:
    """What is published of one entry, for a feed reader."""
    shown = entries.entry(number, at=timezone.now())
    return web.known_by(request, shown.etag) or _as_atom(request, _of_entry(shown))


@web.data
def json_feed(request: HttpRequest, number: str) -> HttpResponse:
    shown = entries.entry(number, at=timezone.now())
    return web.known_by(request, shown.etag) or _as_json(request, _of_entry(shown))


def _of_entry(shown: entries.PublicEntry) -> Feed:
    address = f"{settings.SITE_ADDRESS}{reverse('entry', args=[shown.number])}"
    items = [_item(change, address, whose="") for change in shown.history]
    return Feed(f"{shown.entry.name} ({shown.number})", shown.says, address, items, shown.etag)


def _item(change: history.PublishedChange, address: str, *, whose: str) -> FeedItem:
    """Known by the number of its entry, or by the instant at which it was taken off."""
    said = " ".join(change.said)
    key = f"{address}#{change.entry_number or change.at.isoformat()}"
    return FeedItem(f"{whose}: {said}" if whose else said, said, address, key, change.at)


# --- of a place and a sector ---


@web.data_by(*follows.What.base_fields)
def place_atom(request: HttpRequest) -> HttpResponse:
    return _of_place(request, _as_atom, "feed_atom")


@web.data_by(*follows.What.base_fields)
def place_json(request: HttpRequest) -> HttpResponse:
    return _of_place(request, _as_json, "feed_json")


def _of_place(request: HttpRequest, draw: Draw, own: str) -> HttpResponse:
    """Where one entry is meant, the way to the feed of its own."""
    form, now = _asked(request), timezone.now()
    if form.listing is not None:
        return HttpResponseRedirect(reverse(own, args=[entries.number_of(form.cleaned_data["number"])]), status=303)
    etag = _etag(now)
    return web.known_by(request, etag) or draw(request, _place_feed(request, form.what(), etag, now))


def _asked(request: HttpRequest) -> follows.What:
    form = follows.What(request.GET, on=timezone.localdate())
    if not form.is_valid():
        raise instants.UnreadableQuestion(
            [Reason("invalid", str(text), name) for name, texts in form.errors.items() for text in texts]
        )
    return form


def _place_feed(request: HttpRequest, what: Mapping[str, str], etag: str, now: datetime) -> Feed:
    place, sector = what["place"], what["sector"]
    title = place_in_words(place, sector, on=timezone.localdate(now))
    address = f"{settings.SITE_ADDRESS}{reverse('follow_ask')}?{request.GET.urlencode()}"
    return Feed(title, title, address, _items(feeds.of_place(place, sector, at=now)), etag)


def _items(found: Iterable[feeds.FeedChange]) -> list[FeedItem]:
    return [
        _item(
            one.change,
            f"{settings.SITE_ADDRESS}{reverse('entry', args=[one.number])}",
            whose=f"{one.name} ({one.number})",
        )
        for one in found
    ]


def _etag(now: datetime, of: str = "") -> str:
    """Changes with the register and the day: what is too old leaves the feed."""
    return f'W/"{changes.Position.newest()}-{timezone.localdate(now).isoformat()}-{get_language()}{of}"'


# --- of a list ---


@web.data
def list_atom(request: HttpRequest, key: str) -> HttpResponse:
    firms, etag = _of_list(key)
    return web.known_by(request, etag) or _as_atom(request, _list_feed(key, firms, etag))


@web.data
def list_json(request: HttpRequest, key: str) -> HttpResponse:
    firms, etag = _of_list(key)
    return web.known_by(request, etag) or _as_json(request, _list_feed(key, firms, etag))


def _of_list(key: str) -> tuple[set[int], str]:
    """The firms of a list that has been looked up, for as long as it is kept."""
    found = list_of(key)
    if found is None or found.done_at is None:
        raise entries.NotShown(key)
    firms = firms_of(found)
    return firms, _etag(timezone.now(), of=f"-{digest(sorted(firms))[:16]}")


def _list_feed(key: str, firms: set[int], etag: str) -> Feed:
    address = f"{settings.SITE_ADDRESS}{reverse('many_list', args=[key])}"
    title = str(OF_A_LIST % {"number": f"{len(firms):,}"})
    return Feed(title, title, address, _items(feeds.of_firms(firms, at=timezone.now())), etag)
