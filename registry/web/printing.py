"""A document to keep, where it can be printed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.errors import PdfUnavailable


def as_pdf(request: HttpRequest, print_it: Callable[[], bytes], *, name: str) -> HttpResponse:
    """The document to keep; on a machine that cannot print, a page that says so."""
    try:
        content = print_it()
    except PdfUnavailable as unavailable:
        return render(request, "registry/no_pdf.html", {"why": unavailable}, status=503)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)
