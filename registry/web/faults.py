"""What the client did wrong: too large, too many fields, not to be read. It is told so, and no error is in the log."""

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render


def status_of_fault(fault: Exception) -> int:
    """400 or 413 where the client sent what no page takes; 0 where the fault is ours."""
    if isinstance(fault, RequestDataTooBig):
        return 413
    return 400 if isinstance(fault, BadRequest | SuspiciousOperation | MultiPartParserError) else 0


def page_for_fault(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    """The page that says so to people; None where the fault is ours."""
    status = status_of_fault(fault)
    if not status:
        return None
    response = render(request, "400.html", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
