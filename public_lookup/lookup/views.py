"""Checking a labour provider: ask the register, and read what it says of one of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.certificates.queries import Certificate
from public_lookup.help.queries import topics_for
from public_lookup.lookup import forms
from public_lookup.lookup.queries import entries, findings
from public_lookup.lookup.queries.linked_data import linked_data
from public_lookup.lookup.rules.messages import is_message
from registry import schemes
from registry.campaigns.states import CampaignTotal
from registry.schemes import said
from registry.telephone import number_for
from registry.web import count, count_visit, is_too_often

#: Rows on the page of results: nobody reads more, they ask again.
ROWS = 20


#: Where somebody has what was typed, others are shown only so that they are not confused.
BESIDE = 5
#: Where nobody has it: names that may be meant, on the first screen of a phone.
HINTS = 5
MOST_PAGES = 20


#: Names that are not confirmed, from one connection in an hour: enough for slips, too few to find out who is named.
MOST_NAMES = 20


TOO_OFTEN = _("Too many names were tried from this connection. Try again in an hour, or ring the registered number.")


#: How an address says that somebody came by what stands on a certificate.
BY_CERTIFICATE = "certificate"


@web.public
def check(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    as_at = forms.AsAt(asked, now=timezone.now())
    search = findings.search(asked, at=as_at.instant)
    if request.method == "POST" and (address := _address_of(search, as_at)):
        return web.not_kept(HttpResponseRedirect(address, status=303))
    nth = _page_of(asked)
    can_ask = as_at.is_valid() and search.form.is_valid()
    found = search.found(max(ROWS, HINTS * nth), beside=BESIDE, hints=HINTS * nth) if can_ask else None
    if found is not None:
        question = repr(sorted(search.form.cleaned_data.items(), key=str))
        count_visit(as_at.campaign, CampaignTotal.LOOK_UP, question=f"{as_at.campaign} {question}", at=as_at.now)
    page: dict[str, Any] = {"search": search, "form": search.form, "as_at": as_at, "found": found}
    page |= {"posted": web.posted(request), "number_to_ring": number_for(get_language())}
    if found is not None:
        page |= {"found": found.after(HINTS * (nth - 1)), "next_page": nth + 1, "address": _address_of(search, as_at)}
        page["help_topics"] = topics_for(found.outcomes, timezone.localdate(as_at.now))
        if found.only and not as_at.is_now:
            page["today"] = entries.today(found.only.entry.number, as_at.now)
    return web.not_kept(
        render(request, "public_lookup/lookup/check.html", page, status=web.status_of(search.form, as_at))
    )


@web.public
def entry(request: HttpRequest, number: str) -> HttpResponse:
    as_at = forms.AsAt(request.GET, now=timezone.now())
    if not as_at.is_valid():
        page = {"form": as_at, "number": number}
        return web.not_kept(render(request, "public_lookup/lookup/day.html", page, status=422))
    if not as_at.is_typed and as_at.is_now and (known := web.known_already(request, number, as_at.instant)):
        return web.kept_nowhere(known)
    shown = entries.entry(number, at=as_at.instant)
    if shown.number != number or as_at.is_typed:
        return HttpResponseRedirect(reverse("entry", args=[shown.number]) + as_at.query, status=303)
    if request.method == "POST":
        return _acts_for(request, shown, as_at)
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": forms.Person(),
        "as_at": as_at,
        "certificate": _certificate(request),
        "help_topics": topics_for({shown.entry.outcome}, timezone.localdate(as_at.now)),
    }
    if not as_at.is_now:
        return web.not_kept(
            render(request, "public_lookup/lookup/entry.html", page | {"today": entries.today(shown.number, as_at.now)})
        )
    page["linked_data"] = linked_data(shown)
    return web.kept_nowhere(web.asked_for_anew(render(request, "public_lookup/lookup/entry.html", page), shown.etag))


@web.everybody
def standards(request: HttpRequest, scheme: str) -> HttpResponse:
    """The standards of a scheme that are in force today: what the conditions of a licence refer to."""
    try:
        pack = schemes.in_force(scheme, timezone.localdate())
    except LookupError:
        raise entries.NotShown(scheme) from None
    language = get_language()
    page = {
        "scheme_title": said(pack.title, language),
        "standards": [
            {"code": one.code, "title": said(one.title, language), "guidance": said(one.guidance, language)}
            for one in pack.standards
        ],
    }
    return render(request, "public_lookup/open_data/standards.html", page)


def _page_of(asked: Mapping[str, Any]) -> int:
    """Which page of those who may be meant; the first where it cannot be read."""
    typed = str(asked.get("page", ""))
    return min(max(int(typed), 1), MOST_PAGES) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def _address_of(search: findings.Search, as_at: forms.AsAt) -> str:
    """Where the answer can be reloaded, gone back to and shared; empty where what was typed must be in no address.

    A message that was pasted may name people, and who leaves no trace wants none (docs/decisions/0190-back-reload-and-no-trace.md).
    """
    if as_at.leaves_no_trace or not (as_at.is_valid() and search.form.is_valid()) or is_message(search.text):
        return ""
    typed = {name: value for name in search.form.fields if (value := str(search.form.data.get(name, "")).strip())}
    return f"{reverse('check')}?{urlencode(typed)}{as_at.query.replace('?', '&', 1)}"


def _certificate(request: HttpRequest) -> Certificate | None:
    return Certificate() if request.GET.get("by") == BY_CERTIFICATE else None


def _acts_for(request: HttpRequest, shown: entries.PublicEntry, as_at: forms.AsAt) -> HttpResponse:
    """May this person act for them? A typed name is confirmed or not; the names are not listed."""
    form = forms.Person(request.POST)
    too_often = is_too_often(request, "person", most=MOST_NAMES, at=as_at.now)
    if too_often:
        form.add_error("person", TOO_OFTEN)
    today = None if as_at.is_now else entries.today(shown.number, as_at.now)
    may_act = shown.entry.is_licensed and (as_at.is_now or bool(today and today.entry.is_licensed))
    # Of a firm that may not act no name is confirmed: the answer is no, whoever asks about whom.
    confirmed = may_act and form.is_valid() and shown.confirms(form.cleaned_data["person"])
    if not confirmed:
        count(request, "person", at=as_at.now)
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": form,
        "as_at": as_at,
        "confirmed": confirmed,
        "may_act": may_act,
        "posted": web.posted(request),
        "today": today,
        "help_topics": topics_for({shown.entry.outcome}, timezone.localdate(as_at.now)),
    }
    status = 429 if too_often else web.status_of(form)
    return web.not_kept(render(request, "public_lookup/lookup/entry.html", page, status=status))
