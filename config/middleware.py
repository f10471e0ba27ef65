"""Between the request and every view: the second factor of staff, and the headers that each answer carries."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from config.api import not_signed_in
from registry import reading, web
from registry.accounts.models import User
from registry.clients import machines
from registry.editions.states import REVIEWS
from registry.errors import NotWritable, Refused
from registry.integrity import head_file
from registry.integrity.covering import RowRewritten
from registry.reading import actions as consultations
from registry.reading.models import Way
from registry.trail.actions import verifications
from registry.web.addresses import path_in

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]

# What is left to staff who have not yet shown a second factor in this session. Somebody who has one may not read or
# make recovery codes with the password alone.
SETTING_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"})
#: Answers that have something in them: what a step refuses, or a form does not take, shows its subject too.
SHOWING_SOMETHING = frozenset({200, 206, 409, 422})
SHOWING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})


class Middleware:
    """One that lets every request pass, unless it says otherwise of its view, or of what went wrong there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page is behind the sign-in unless it says otherwise. A public page does not even ask who is there.

    Django's own asks first, so that a public page would read the session (docs/rules.md G15). What somebody sends whose session
    has ended, has lasted as long as any may, or was left alone for too long, is there again after the sign-in, if its
    form is sealed. Sent once more, it is held no longer.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        web.end_what_is_over(request)
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if to_sign_in is None:
            _goes_on(cast(web.SignedIn, request), view_func)
        elif request.path.startswith("/api/"):
            return not_signed_in(request)  # a program cannot follow the way to a form
        elif request.method == "POST":
            web.hold(request)
        return to_sign_in


def _goes_on(request: web.SignedIn, view_func: View) -> None:
    if request.method != "GET" or not getattr(view_func, "asks_only", False):
        web.seen(request)
    if request.method == "POST" and web.page_held(request) == request.path:
        web.let_go(request)


class SecondFactorMiddleware(Middleware):
    """Staff go nowhere behind the sign-in before they have shown a second factor in this session (docs/rules.md G16)."""

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not web.lacks_second_factor(request):
            return None
        user = cast(User, request.user)
        has_one = is_mfa_enabled(user)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in (SHOWING if has_one else SETTING_UP):
            return None
        to = reverse(_way_to_show(user) if has_one else "mfa_activate_totp")
        return HttpResponseRedirect(f"{to}?{urlencode({'next': request.get_full_path()})}")


def _way_to_show(user: User) -> str:
    """An app's code for whoever has an app; else the passkey. The one page leads to the other."""
    has_app = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
    has_passkey = is_mfa_enabled(user, types=[Authenticator.Type.WEBAUTHN])
    return "mfa_reauthenticate" if has_app or not has_passkey else "mfa_reauthenticate_webauthn"


class WaitingMiddleware(Middleware):
    """A page waits for other machines only so long, however many it asks: a person waits, and so do those behind (decision 202)."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with machines.for_a_page():
            return self.get_response(request)


class LanguageMiddleware(Middleware):
    """A page that does not speak the language of the address is shown in the language of the site."""

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if get_language() in web.speaks(view):
            return None
        return HttpResponseRedirect(path_in(settings.LANGUAGE_CODE, request.get_full_path()))


class RefusalMiddleware(Middleware):
    """An action that said no where its page has no form to say so on: a page with the reasons, never a fault.

    What the client did wrong is 400 or 413 on every page, and no error in the log.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return web.page_for_fault(request, exception)
        return render(request, "409.html", {"reasons": exception.reasons}, status=409)


class ConsultationMiddleware(Middleware):
    """Who was shown what of a case, a document or a person, by page, list, file or API (docs/decisions/0114).

    Written after the page is made and before it is sent: what cannot be written down is not shown.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code not in SHOWING_SOMETHING:
            return response
        shown = web.shown_by(request)
        if web.is_shown(request):
            way = _way(match.route, response)
            shown = [*((read, way) for read in reading.reads(match.route, match.kwargs)), *shown]
        shown = [*shown, *_of_reviewer(request, match, response)]
        if shown and isinstance(request.user, User):
            consultations.consult(shown, address=request.path, by=request.user, at=timezone.now())
        return response


def _of_reviewer(
    request: HttpRequest, match: ResolverMatch, response: HttpResponse
) -> Iterator[tuple[reading.Read, Way]]:
    """Each page of staff that the independent reviewer opens, even one that is about no case."""
    if not reading.is_of_staff(match.route):
        return  # a page for everyone asks no one who they are
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.has_perm(REVIEWS):
        yield reading.Read(reading.PAGE, match.view_name), _way(match.route, response)


def _way(route: str, response: HttpResponse) -> Way:
    if reading.is_of_api(route):
        return Way.API
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return Way.PAGE if is_page else Way.DOCUMENT


class ReadOnlyMiddleware(Middleware):
    """While the database is behind the head that was kept outside, pages are only read (docs/decisions/0075).

    The writer of the trail refuses whatever comes past this. Signing in and out go on, and so does the look-up.
    """

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in {"GET", "HEAD", "OPTIONS"} or not getattr(view, "login_required", True):
            return None
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if name.startswith(("account_", "mfa_")) or not head_file.is_behind():
            return None
        return _read_only(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotWritable):
            return None
        logger.error("%s", exception)
        if isinstance(exception, RowRewritten):
            by = request.user if request.user.is_authenticated else None
            verifications.ask_after_refusal(exception, by=by, at=timezone.now())
            return _read_only(request, why="rewritten")
        return _read_only(request, why="clock" if isinstance(exception, head_file.ClockSetBack) else "behind")


def _read_only(request: HttpRequest, *, why: str = "behind") -> HttpResponse:
    response = render(request, "read_only.html", {"why": why, **web.what_was_sent(request)}, status=503)
    response.headers["Retry-After"] = "600"
    return response


class HeadersMiddleware(Middleware):
    """What django and django-csp do not send. Whatever depends on who is signed in is kept nowhere and found by nobody."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()",
        )
        if request.session.accessed:
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        # Said of everything, so that no cache guesses: it may be kept, and must be asked for anew each time.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
