"""Notes: the page of a neutral name from which the look-up, help and a draft report work without a connection."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from public_lookup import web
from public_lookup.notes import queries
from registry.web import asset

SIZES = (192, 512)


@web.public
def notes(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    page = {"facts": queries.facts(on), "nations": queries.nations(on)}
    return _asked_for_anew(render(request, "public_lookup/notes/notes.html", page))


@web.public
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers without a connection, on the phones of those who have chosen to keep the pages."""
    response = HttpResponse(asset("vendor/notes-worker.js"), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return _asked_for_anew(response)


@web.public
def web_manifest(request: HttpRequest) -> HttpResponse:
    icons = {static(f"notes/icon-{size}.png"): size for size in SIZES}
    said = queries.manifest(reverse("notes"), icons, scope="/")
    return _asked_for_anew(JsonResponse(said, content_type="application/manifest+json"))


def _asked_for_anew(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    return response
