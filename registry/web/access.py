"""Who may open a page: the sign-in, permissions, and a second factor shown lately."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry import permissions
from registry.accounts.models import User

View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request behind the sign-in: `LoginRequiredMiddleware` has let it through, so there is a user."""

    user: User
    #: What was typed has been kept while its writer signed in again, or showed the second factor once more.
    is_held: bool
    has_stepped_up: bool


def needs(*codenames: str) -> Callable[[View], View]:
    """Only for those who hold one of these permissions: others get Django's 403 page. The action asks again."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            permissions.require_one(cast(User, request.user), *codenames)
            return view(request, *args, **kwargs)

        vars(guarded)["needs"] = codenames  # for who leads to the page, and for tests
        return guarded

    return wrap


def page(*codenames: str) -> Callable[[View], View]:
    """A page that is only read, by those who hold one of these permissions."""
    return lambda view: require_safe(needs(*codenames)(view))


def page_with_form(*codenames: str) -> Callable[[View], View]:
    """A page with a form, which is sent to the address of the page."""
    return lambda view: require_http_methods(["GET", "HEAD", "POST"])(needs(*codenames)(view))


def button(*codenames: str) -> Callable[[View], View]:
    """What a button of another page does: it has no page of its own."""
    return lambda view: require_POST(needs(*codenames)(view))


def for_workers(view: View) -> View:
    """What a worker reads: in every language that has a catalogue, not only in those of the whole service."""
    vars(view)["for_workers"] = True
    return view


def speaks(view: object) -> list[str]:
    """The languages of a page by its view: those of the whole service, or all of them."""
    if getattr(view, "for_workers", False):
        return [code for code, _name in settings.LANGUAGES]
    return settings.SITE_LANGUAGES


def lacks_second_factor(request: HttpRequest) -> bool:
    """Works for the authority, and has not shown a second factor in this session: may see nothing behind the sign-in yet."""
    if not isinstance(request.user, User) or not permissions.is_staff(request.user):
        return False
    return all(record["method"] != "mfa" for record in get_authentication_records(request, request.user))


# A second factor that somebody holds in the hand; a recovery code stands in for one to sign in, and for nothing more.
# "directory" is one that was just shown there, where the file of the directory trusts it.
IN_HAND = frozenset({"totp", "webauthn", "directory"})
STEPPED_UP_FOR = 600


def is_stepped_up(request: HttpRequest) -> bool:
    """Whether this person has shown a second factor within the last ten minutes (docs/rules.md G16): asked before deciding.

    In a demonstration the one click that signs in shows it too, and another shows it again.
    """
    ways = IN_HAND | {"demo"} if settings.DEMO else IN_HAND
    shown = get_authentication_records(request, cast(User, request.user))
    fresh = time.time() - STEPPED_UP_FOR
    return any(one["method"] == "mfa" and one.get("type") in ways and one["at"] > fresh for one in shown)


def has_shown_who(request: HttpRequest) -> bool:
    """Whether this person has just shown the password or a passkey, or has neither: asked before what is hard to undo."""
    adapter = get_adapter(request)
    if not adapter.get_reauthentication_methods(request.user) or not adapter.is_reauthentication_required(app=""):
        return True
    fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    shown = get_authentication_records(request, cast(User, request.user))
    return any(one.get("reauthenticated") and one["at"] > fresh for one in shown)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, for a form: an empty post is an answer too, and must be told what is missing."""
    return request.POST if request.method == "POST" else None


def whole_number(request: HttpRequest, name: str) -> int:
    """What a hidden input carried back, at most nine digits; nonsense counts as nothing."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
