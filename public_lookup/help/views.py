"""Help for workers: topics by nation, a wage calculator, letters and places. Nothing that is typed here is kept or logged."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup import web
from public_lookup.help import forms, letters, queries
from registry.schemes import Scheme, WorkerHelp, said

HERE = "public_lookup/help"


@web.public
def topics(request: HttpRequest) -> HttpResponse:
    _scheme, offered = _help()
    return _page(request, "topics", offered, {"topics": queries.topics_of(offered)})


@web.public
def topic(request: HttpRequest, topic: str, nation: str = "") -> HttpResponse:
    """One topic: first the nation is chosen, once, as the law of each differs; other topics are then of the same one."""
    scheme, offered = _help()
    chosen = next((one for one in offered.topics if one.code == topic), None)
    nations = [(one.code, said(one.title, get_language())) for one in scheme.nations]
    if chosen is None or (nation and nation not in dict(nations)):
        raise Http404
    page: dict[str, Any] = {
        "title": said(chosen.title, get_language()),
        "about": said(chosen.about, get_language()),
        "topic": chosen,
        "leaves_no_trace": chosen.leaves_no_trace,
        "nations": nations,
        "nation": nation,
    }
    if nation:
        page |= {
            "nation_title": dict(nations)[nation],
            "said": queries.topic_page(offered, chosen, nation, timezone.localdate()),
            "authority": scheme.authority,
            "authority_name": said(scheme.authority.name, get_language()),
            "authority_hours": said(scheme.authority.hours, get_language()),
            "others": [one for one in queries.topics_of(offered) if one.code != topic],
        }
    return _page(request, "topic" if nation else "nations", offered, page)


@web.public
def calculator(request: HttpRequest) -> HttpResponse:
    """First for which time. Counted on the device where there is a script, else here, from what is posted and not kept."""
    scheme, offered = _help()
    nation, time = (request.GET.get(name, "")[:30] for name in ("nation", "time"))
    if time not in forms.TIMES:
        times = [(code, title) for code, (title, _days) in forms.TIMES.items()]
        return _page(request, "calculator_time", offered, {"times": times, "nation": nation})
    posted = request.POST if request.method == "POST" else None
    form = forms.WorkForm(posted, scheme=scheme, time=time, nation=nation)
    rates = [
        {"since": str(one.since), "nations": one.nations, "amounts": one.amounts, "offset": one.offset}
        for one in offered.rates
    ]
    page = {
        "form": form,
        "answer": form.answer if posted else None,
        "faults": {
            "number": str(forms.NOT_A_NUMBER),
            "hours": str(forms.NO_HOURS),
            "nights": str(forms.NO_NIGHTS),
            "most": str(forms.TOO_MANY),
        },
        "time": forms.TIMES[time][0],
        "rates": rates,
        "posted": web.posted(request),
    }
    return _page(request, "calculator", offered, page, status=web.status_of(form))


@web.public
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """A letter from a few fields, in English to send, and in the language of the reader to understand it."""
    _scheme, offered = _help()
    chosen = next((one for one in offered.letters if one.code == code), None)
    if chosen is None:
        raise Http404
    form = forms.LetterForm(request.POST if request.method == "POST" else None, letter=chosen)
    language = get_language() or settings.LANGUAGE_CODE
    languages = dict.fromkeys([settings.LANGUAGE_CODE, language])
    written = (
        [letters.written(chosen, form.cleaned_data, form.labels(), one) for one in languages] if form.is_valid() else []
    )
    page = {
        "code": code,
        "title": said(chosen.title, language),
        "form": form,
        "written": written,
        "posted": web.posted(request),
    }
    return _page(request, "letter", offered, page, status=web.status_of(form))


@web.public
def near(request: HttpRequest) -> HttpResponse:
    """Places that help, near a postcode or in a town: asked by a post, so that no address holds it."""
    _scheme, offered = _help()
    form = forms.NearForm(request.POST if request.method == "POST" else None)
    found = queries.places_near(form.cleaned_data["place"]) if form.is_valid() else None
    lists = list(dict.fromkeys(one.listed_in for one in found or ()))
    page = {"form": form, "found": found, "lists": lists, "posted": web.posted(request)}
    return _page(request, "near", offered, page, status=web.status_of(form))


def _help() -> tuple[Scheme, WorkerHelp]:
    scheme = queries.scheme_with_help(timezone.localdate())
    if scheme is None or scheme.worker_help is None:
        raise Http404
    return scheme, scheme.worker_help


def _page(
    request: HttpRequest, name: str, offered: WorkerHelp, page: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, kept on no device. Where its language has no words of it yet, it is in English and says so."""
    page["is_translated"] = queries.is_translated(offered)
    return web.kept_nowhere(render(request, f"{HERE}/{name}.html", page, status=status))
