"""What the client did wrong: too large, too many fields, not to be read. It is told so, and no error is in the log."""

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone

from registry.schemes import contact
from registry.web.limits import Allowance, LimitSpent


def status_of_fault(fault: Exception) -> int:
    """400, 413 or 429 where the client sent what no page takes; 0 where the fault is ours."""
    if isinstance(fault, RequestDataTooBig):
        return 413
    if isinstance(fault, LimitSpent):
        return 429
    return 400 if isinstance(fault, BadRequest | SuspiciousOperation | MultiPartParserError) else 0


def page_for_fault(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    """The page that says so to people; None where the fault is ours."""
    if isinstance(fault, LimitSpent):
        return too_many(request, fault.allowance)
    status = status_of_fault(fault)
    if not status:
        return None
    response = render(request, "400.html", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    """The page for a client that has sent too many, and when it may come back."""
    response = render(request, "429.html", {"telephone": contact.telephone(timezone.localdate())}, status=429)
    response.headers["Cache-Control"] = "no-store"
    return allowance.told(response)
