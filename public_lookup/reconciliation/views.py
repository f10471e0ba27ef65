"""Reconciliation for programs of any site: nothing of what is asked is kept, and nothing needs a key."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from public_lookup import web
from public_lookup.reconciliation import forms, queries
from registry import search
from registry.web import QUESTIONS


@web.data_by("queries", "extend", methods=("GET", "HEAD", "POST"))
def reconcile(request: HttpRequest) -> HttpResponse:
    """What the service is; or to each of `queries` those who may be meant; or what `extend` asks of some numbers."""
    asked, at = request.POST or request.GET, timezone.now()
    if "queries" in asked:
        questions = forms.questions(asked["queries"])
        QUESTIONS.take(request, times=len(questions))
        return _said(queries.reconciled(questions, at))
    if "extend" in asked:
        ids, fields = forms.extension(asked["extend"])
        QUESTIONS.take(request, times=len(ids))
        return _said(queries.extended(ids, fields, at))
    return _said(queries.manifest())


@web.data_by("prefix")
def suggest(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("prefix", "").strip()[: search.LONGEST]
    return _said(queries.suggested(typed, timezone.now()))


@web.data_by("type", "limit")
def properties(request: HttpRequest) -> HttpResponse:
    most = request.GET.get("limit", "")
    return _said(queries.properties(int(most) if most.isdecimal() and len(most) < 4 else None))


def _said(answer: dict[str, Any]) -> HttpResponse:
    return web.open_to_sites(web.not_kept(JsonResponse(answer, json_dumps_params={"ensure_ascii": False})))
