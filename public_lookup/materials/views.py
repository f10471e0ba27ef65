"""Materials: posters, cards, stickers, payslip inserts and texts, for anyone who passes them on to workers."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup import web
from public_lookup.certificates.letters import MOST_LANGUAGES
from public_lookup.certificates.views import MOST_POSTERS, TOO_MANY_POSTERS
from public_lookup.materials import letters, queries
from registry.campaigns.queries import is_approved, plain_word
from registry.errors import PdfUnavailable
from registry.languages import own_names
from registry.material_orders.states import PrintKind
from registry.web import count, is_too_often


@web.everybody
def materials(request: HttpRequest) -> HttpResponse:
    """The choice of languages; for those chosen, each kind to download, and the texts."""
    return _page(request)


@web.everybody
def material_pdf(request: HttpRequest, kind: str) -> HttpResponse:
    now = timezone.now()
    if kind not in PrintKind:
        raise Http404
    if is_too_often(request, "poster", most=MOST_POSTERS, at=now):
        return _page(request, why=TOO_MANY_POSTERS, status=429)
    count(request, "poster", at=now)
    languages, address = _languages(request), queries.address_of(plain_word(request.GET.get("campaign")))
    try:
        content = letters.sheet(PrintKind(kind), languages=languages, address=address, on=timezone.localdate(now))
    except PdfUnavailable as unavailable:
        return _page(request, why=unavailable, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}-{"-".join(languages)}.pdf"'
    return response


def _languages(request: HttpRequest) -> list[str]:
    asked = queries.known_languages(request.GET.getlist("language"), most=MOST_LANGUAGES)
    return asked or [get_language() or settings.LANGUAGE_CODE]


def _page(request: HttpRequest, *, why: object = "", status: int = 200) -> HttpResponse:
    word, chosen = plain_word(request.GET.get("campaign")), _languages(request)
    address = queries.address_of(word)
    page = {
        "word": word if is_approved(word) else "",
        "address": address,
        "languages": own_names(),
        "chosen": chosen,
        "kinds": PrintKind.choices,
        "texts": queries.texts(chosen, address),
        "why": why,
    }
    response = render(request, "public_lookup/materials/materials.html", page, status=status)
    response.headers["Cache-Control"] = "no-cache"
    return response
