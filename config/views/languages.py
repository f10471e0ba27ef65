"""How much of each language a translator has read, and the file that is sent to one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from config import translators
from registry import web

SEES = "registry.preview_packs"


@web.page(SEES)
def languages(request: web.SignedIn) -> HttpResponse:
    return render(request, "languages.html", {"languages": list(translators.languages())})


@web.page(SEES)
def catalogue(request: web.SignedIn, code: str) -> HttpResponse:
    """Every message of the language, as programs of translators read it."""
    try:
        taken = translators.to_take_out(code)
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Content-Disposition": f'attachment; filename="{code}.po"'}
    return HttpResponse(str(taken), content_type="text/x-gettext-translation; charset=utf-8", headers=headers)
