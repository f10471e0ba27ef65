"""The letters that an organisation was sent: to read here, and to print."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry import letters, web
from registry.letters import PdfUnavailable
from registry.models import Letter, Organisation


@require_safe
@web.needs("licensing.apply")
def letter(request: web.SignedIn, number: str) -> HttpResponse:
    own = _own(request, number)
    return render(request, "licensing/holder/letter.html", {"letter": own, "words": letters.fragment(own)})


@require_safe
@web.needs("licensing.apply")
def letter_pdf(request: web.SignedIn, number: str) -> HttpResponse:
    own = _own(request, number)
    return as_pdf(request, lambda: letters.printed(own), name=own.number)


def as_pdf(request: HttpRequest, print_it: Callable[[], bytes], *, name: str) -> HttpResponse:
    """The document to keep; on a machine that cannot print, a page that says so."""
    try:
        content = print_it()
    except PdfUnavailable as unavailable:
        return render(request, "licensing/holder/no_pdf.html", {"why": unavailable}, status=503)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def _own(request: web.SignedIn, number: str) -> Letter:
    own = Letter.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own.select_related("organisation"), number=number)
