"""Between the request and every view: staff go nowhere with rights that the directory has not confirmed."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from config.directory import saml, session
from config.directory.faults import page_of_refusal, page_of_silence
from config.directory.views import to_sign_in
from config.middleware import Middleware
from registry import web
from registry.accounts.models import User
from registry.directory import rules
from registry.directory_service import IdentityProvider, staff_directory
from registry.directory_service.provider import NoLongerSignedIn, ProviderSilent
from registry.directory_service.tokens import NotBelieved

logger = logging.getLogger(__name__)


class DirectoryMiddleware(Middleware):
    """After the sign-in was asked for, and before the second factor is."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        directory = staff_directory()
        if directory is None or not getattr(view, "login_required", True) or not isinstance(request.user, User):
            return None
        if session.has_record(request):
            return _confirmed(request, request.user, directory)
        return _ended(request) if rules.signs_in_by_directory(request.user) else None


def _confirmed(request: HttpRequest, user: User, directory: IdentityProvider) -> HttpResponse | None:
    try:
        person = session.confirm(user, request.session, directory)
    except session.AsksByBrowser:
        return _asked_by_browser(request, directory)
    except (NoLongerSignedIn, NotBelieved):
        return _ended(request)
    except ProviderSilent as fault:
        logger.error("The directory does not answer: %s", fault)
        return page_of_silence(request)
    if not person.is_active or not person.roles:
        logout(request)
        return page_of_refusal(request, directory, rules.groups_blockers(frozenset()))
    request.user = person
    return None


def _asked_by_browser(request: HttpRequest, directory: IdentityProvider) -> HttpResponse:
    """To the directory and back to this page, which people who are signed in there hardly see; what was sent is held."""
    if request.method == "POST":
        web.hold(request)
    return saml.to_directory(request, directory, following=request.get_full_path(), again=False)


def _ended(request: HttpRequest) -> HttpResponse:
    """The session is over; what was sent in it can be held until the person has signed in again."""
    logout(request)
    if request.method == "POST":
        web.hold(request)
    return to_sign_in(request)
