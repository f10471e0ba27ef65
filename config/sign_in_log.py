"""One line of the log for each attempt to sign in, or to show again who one is: by which way, whether it held, and whose it was."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest, HttpResponse

from registry.accounts.models import User

logger = logging.getLogger("sign_in")

#: The pages on which a password, a code or a passkey is judged, by their names: the line says which.
SIGNING_IN = frozenset({"account_login", "mfa_authenticate", "mfa_login_webauthn"})
SHOWING_AGAIN = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
WAYS = SIGNING_IN | SHOWING_AGAIN
NO_ACCOUNT = "no account"


class SignInRequest(HttpRequest):
    shown_before: object


class SignInLogMiddleware:
    """Says how each attempt ended. A person who has shown again who they are goes on under a new key of the session.

    The address is in the line of the web server with the same id. What was typed is in neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_view(self, request: SignInRequest, view: Any, args: Any, kwargs: Any) -> None:
        if _way(request):
            request.shown_before = _shown(request)

    def __call__(self, request: SignInRequest) -> HttpResponse:
        response = self.get_response(request)
        way = _way(request)
        if way and hasattr(request, "shown_before"):
            is_accepted = _shown(request) != request.shown_before
            logger.info("%s %s: %s", way, "accepted" if is_accepted else "refused", _whose(request, way, is_accepted))
            if is_accepted and way in SHOWING_AGAIN:
                request.session.cycle_key()
        return response


def _way(request: HttpRequest) -> str:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name if request.method == "POST" and name in WAYS else ""


def _shown(request: HttpRequest) -> object:
    """allauth adds to this list whatever has just been shown and held."""
    return request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)


def _whose(request: HttpRequest, way: str, is_accepted: bool) -> str:
    """The reference of the account; of a wrong password, that of the address typed, which itself is not written down."""
    if isinstance(request.user, User):
        return request.user.reference
    if way == "account_login" and not is_accepted:
        found = User.objects.filter(email=request.POST.get("login", "").lower()).first()
    else:  # the password was right, and the second factor is still to come
        found = User.objects.filter(pk=request.session.get("account_authentication_methods_user") or 0).first()
    return found.reference if found else NO_ACCOUNT
