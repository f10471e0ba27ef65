"""How long somebody stays signed in, and forms that arrive after their session has ended."""

import time
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from registry import permissions
from registry.web.access import SignedIn, View

HELD, SEAL, SINCE, SEEN = "held_form", "seal", "signed_in_since", "seen_at"
SEEN_AGAIN = 30
HELD_FOR = 3600
SEALED_FOR = 24 * 3600
LONGEST_HELD = 200_000


def seal_of(request: HttpRequest, *, who: int | str) -> str:
    """What a form carries so that what is typed into it survives a sign-in: who opened which page, signed by us.

    `who` is the key of a user, or whatever else a browser is let in by.
    """
    return dumps([who, request.path], salt=HELD)


def hold(request: HttpRequest) -> bool:
    """Keep what was posted until its writer has signed in again; False when the form carries no seal of this page.

    It waits in the session of this browser for an hour, for the person and the page of the seal alone; nothing is saved.
    """
    try:
        who, path = loads(request.POST.get(SEAL, ""), salt=HELD, max_age=SEALED_FOR)
    except BadSignature:
        return False
    typed = request.POST.urlencode()
    if path != request.path or len(typed) > LONGEST_HELD:
        return False
    request.session[HELD] = {"who": who, "path": path, "at": time.time(), "typed": typed}
    return True


def held(request: HttpRequest, *, who: int | str) -> QueryDict | None:
    """What this person typed into this page and could not save, because the session had ended."""
    is_here = request.method in ("GET", "HEAD") and page_held(request) == request.path
    if not is_here:
        return None
    found = request.session[HELD]
    if found.get("who") != who or found["at"] + HELD_FOR < time.time():
        let_go(request)
        return None
    return QueryDict(found["typed"])


def typed(request: SignedIn) -> QueryDict | None:
    """What was posted, for a form; or what this person could not send, to be shown once more: see `is_sent`."""
    if request.method == "POST":
        return request.POST
    request.has_stepped_up = request.session.get(HELD, {}).get("to_step_up", False)
    found = held(request, who=request.user.pk)
    request.is_held = found is not None
    return found


def page_held(request: HttpRequest) -> str:
    """The page of the form that waits in the session of this browser; empty for none."""
    return str(request.session.get(HELD, {}).get("path", ""))


def let_go(request: HttpRequest) -> None:
    """What was held has been saved, or is nobody's business any more."""
    request.session.pop(HELD, None)


def session_left(request: SignedIn) -> int:
    """For how many seconds this person stays signed in: counted from signing in, whatever was done since (docs/rules.md T18)."""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    if not shown and SINCE not in request.session:  # who has just signed up has shown nothing yet
        request.session[SINCE] = time.time()
    since = min([*shown, request.session.get(SINCE, time.time())])
    return max(0, int(since + settings.SESSION_COOKIE_AGE - time.time()))


def idle_left(request: SignedIn) -> int | None:
    """For how many seconds somebody who works for the authority may do nothing; None for all others (docs/rules.md T18)."""
    if not permissions.is_staff(request.user):
        return None
    return max(0, int(request.session.get(SEEN, time.time()) + settings.STAFF_IDLE_SECONDS - time.time()))


def seen(request: SignedIn) -> None:
    """Note that somebody who works for the authority has done something; twice a minute at most, as it is written down."""
    if permissions.is_staff(request.user) and request.session.get(SEEN, 0) + SEEN_AGAIN < time.time():
        request.session[SEEN] = time.time()


def asks_only(view: View) -> View:
    """What a program asks while its reader may be away: to fetch it is not to do something."""
    vars(view)["asks_only"] = True
    return view


def end_what_is_over(request: HttpRequest) -> None:
    """Sign out whoever signed in too long ago, or has done nothing for too long, so that they sign in anew.

    What they send now can be held.
    """
    if not request.user.is_authenticated:
        return
    request = cast(SignedIn, request)
    if session_left(request) <= 0 or idle_left(request) == 0:
        logout(request)


def to_step_up(request: HttpRequest) -> HttpResponse:
    """Where the second factor is shown once more. What was typed waits, and is on the page again afterwards."""
    return _to_show(request, reverse("account_step_up"))


def to_show_who(request: HttpRequest) -> HttpResponse:
    """Where a person who has no second factor shows the password or a passkey once more; what was typed waits likewise."""
    return _to_show(request, get_adapter(request).get_reauthentication_methods(request.user)[0]["url"])


def _to_show(request: HttpRequest, way: str) -> HttpResponse:
    if hold(request):
        request.session[HELD] |= {"to_step_up": True}
    return redirect(f"{way}?{urlencode({'next': request.get_full_path()})}")
