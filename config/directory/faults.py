"""The pages that say why a provider let no one in."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.directory_service import IdentityProvider
from registry.errors import Reason
from registry.web import unavailable


def page_of_refusal(request: HttpRequest, provider: IdentityProvider, reasons: Iterable[Reason]) -> HttpResponse:
    return render(request, "directory/refused.html", {"provider": provider, "reasons": list(reasons)}, status=403)


def page_for_error(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """The answer of the provider is not to be believed, too late, or of another browser: the person begins again."""
    return render(request, "directory/again.html", {"provider": provider}, status=403)


def page_of_silence(request: HttpRequest) -> HttpResponse:
    return unavailable(request, page="directory/silent.html")
