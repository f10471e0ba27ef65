"""The private look-up: the signed register and the page that asks it on the phone, where the server learns nothing of it."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from public_lookup import web
from public_lookup.notes import queries as notes
from public_lookup.private.queries import phone_index, snapshot
from public_lookup.private.views.words import facts
from registry.languages import own_names
from registry.register.states import Outcome

#: What a folder for any web server holds beside the pages: where it comes from, and how it is called there.
ASSETS = {
    "vendor/private.js": "private.js",
    "vendor/private-worker.js": "worker.js",
    "vendor/public.css": "public.css",
    "vendor/public.rtl.css": "public.rtl.css",
    "brand/brand.css": "brand.css",
    "notes/icon.svg": "icon.svg",
    "notes/icon-192.png": "icon-192.png",
    "notes/icon-512.png": "icon-512.png",
}


@web.public
def private(request: HttpRequest) -> HttpResponse:
    here = reverse("private")
    addresses = {
        "page": here,
        "register": reverse("snapshot"),
        "index": reverse("snapshot_index"),
        "worker": "",
        "keep": reverse("notes"),
        "entries": reverse("check"),
    }
    response = render(
        request, "public_lookup/private/private.html", {"facts": facts(addresses), "outcomes": list(Outcome)}
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


@web.public
def register(request: HttpRequest) -> HttpResponseBase:
    """The signed copy of the register that was made last; the page itself judges how old it is."""
    return _copied(request, snapshot.NAME)


@web.public
def register_index(request: HttpRequest) -> HttpResponseBase:
    """The index of the copy that was made last: the copy names its digest."""
    return _copied(request, phone_index.NAME)


def _copied(request: HttpRequest, name: str) -> HttpResponseBase:
    kept = snapshot.kept()
    if kept is None:
        return web.problem_of(LookupError("no copy"))
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{kept.digest[:32]}-{kept.made_at.timestamp():.0f}{"-gzip" if takes_gzip else ""}"'
    response = get_conditional_response(request, etag=etag) or _file(kept, name, takes_gzip=takes_gzip)
    for name, value in {"ETag": etag, "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}.items():
        response.headers[name] = value
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _file(kept: snapshot.SnapshotCopy, name: str, *, takes_gzip: bool) -> HttpResponseBase:
    path = kept.path.with_name(f"{name}.gz" if takes_gzip else name)
    response = FileResponse(path.open("rb"), content_type="application/x-ndjson; charset=utf-8")
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def manifest() -> dict[str, Any]:
    """What a phone asks before it keeps the page of the folder beside its other applications: neutral, as on the site."""
    return notes.manifest("index.html", {"icon-192.png": 192, "icon-512.png": 512})


def alone(language: str) -> str:
    """The page as it stands in a folder of its own, on any web server, beside the same page in the other languages."""
    with translation.override(language):
        site = settings.SITE_ADDRESS
        addresses = {
            "page": page_alone(language),
            "register": snapshot.NAME,
            "index": phone_index.NAME,
            "worker": "worker.js",
            "keep": "",
            "entries": site + reverse("check"),
        }
        page = {
            "facts": facts(addresses),
            "outcomes": list(Outcome),
            "language": language,
            "languages": [(code, name, page_alone(code)) for code, name in own_names()],
            "ordinary": site + reverse("check"),
        }
        return render_to_string("public_lookup/private/private_alone.html", page)


def page_alone(language: str) -> str:
    """How the page in a language is called in a folder of its own."""
    return "index.html" if language == settings.LANGUAGE_CODE else f"{language}.html"
