"""Checking a labour provider: ask the register, and read what it says of one of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from public_lookup import forms, queries, web

#: Rows on the page of results: nobody reads more, they ask again.
ROWS = 20


@web.public
def check(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    as_at = forms.AsAt(asked, now=timezone.now())
    search = queries.search(asked, at=as_at.instant)
    found = search.found(ROWS) if as_at.is_valid() and search.form.is_valid() else None
    page = {"search": search, "form": search.form, "as_at": as_at, "found": found, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/check.html", page, status=web.status_of(search.form, as_at)))


@web.public
def entry(request: HttpRequest, number: str) -> HttpResponse:
    as_at = forms.AsAt(request.GET, now=timezone.now())
    if not as_at.is_valid():
        page = {"form": as_at, "number": number}
        return web.not_kept(render(request, "public_lookup/day.html", page, status=422))
    if not as_at.is_typed and (known := web.known_already(request, number, as_at.instant)):
        return known
    shown = queries.entry(number, at=as_at.instant)
    if shown.number != number or as_at.is_typed:
        return HttpResponseRedirect(reverse("entry", args=[shown.number]) + as_at.query, status=303)
    if request.method == "POST":
        return _acts_for(request, shown, as_at)
    page = {"shown": shown, "entry": shown.entry, "form": forms.Person(), "as_at": as_at}
    if as_at.is_now:
        page["linked_data"] = web.linked_data(shown)
    return web.asked_for_anew(render(request, "public_lookup/entry.html", page), shown.etag)


def _acts_for(request: HttpRequest, shown: queries.Shown, as_at: forms.AsAt) -> HttpResponse:
    """May this person act for them? A typed name is confirmed or not; the names are not listed."""
    form = forms.Person(request.POST)
    confirmed = form.is_valid() and shown.confirms(form.cleaned_data["person"])
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": form,
        "as_at": as_at,
        "confirmed": confirmed,
        "posted": web.posted(request),
    }
    return web.not_kept(render(request, "public_lookup/entry.html", page, status=web.status_of(form)))
