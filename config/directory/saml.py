"""The way to a directory that speaks SAML, and back.

Its answer is posted by a page of the directory, and so comes without the cookies of our session: it is judged, and what
was believed goes on in a cookie of its own to the page that knows which questions this browser has asked.
"""

import json
import time
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from config.ciphers import cipher
from config.directory.session import Tokens
from config.directory.signing_in import sign_in_staff
from registry.accounts.models import User
from registry.directory import actions
from registry.directory_service import IdentityProvider, saml
from registry.directory_service.tokens import NotBelieved

ANSWER = "directory-answer"
#: Seconds between the answer and the page that takes it, which a browser does at once.
ANSWER_FOR = 60
#: In the session: the questions that this browser has asked, and where each leads afterwards. Several tabs may ask.
ASKED = "saml_asked"
ASKED_FOR, MOST_ASKED = 600, 10


def to_directory(
    request: HttpRequest, directory: IdentityProvider, *, following: str, again: bool
) -> HttpResponseRedirect:
    """On to the directory; `following`: the page to come back to. `again`: it is to ask the person, although it knows them already."""
    going = saml.request(directory, origin=settings.SITE_ADDRESS, again=again)
    asked = dict(list(_asked(request).items())[1 - MOST_ASKED :])
    asked[going.name] = {"at": time.time(), "following": following}
    request.session[ASKED] = asked
    return HttpResponseRedirect(going.address)


def believed(request: HttpRequest, directory: IdentityProvider) -> HttpResponse:
    """What the directory posts, judged. Raises `NotBelieved`."""
    question, claims = saml.claims(directory, request.POST.get("SAMLResponse", ""), origin=settings.SITE_ADDRESS)
    page = reverse("directory_answer")
    going = HttpResponseRedirect(page)
    going.status_code = 303
    going.set_cookie(
        ANSWER,
        _cipher().encrypt(json.dumps([question, claims]).encode()).decode(),
        max_age=ANSWER_FOR,
        path=page,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return going


def signed_in(request: HttpRequest, directory: IdentityProvider) -> HttpResponse:
    """The person that an answer to a question of this browser names, once. Raises `NotBelieved` and `Refused`."""
    question, claims = _answer(request)
    asked = _asked(request).pop(question, None)
    if asked is None:
        raise NotBelieved("this browser has not asked")
    request.session.modified = True
    going = sign_in_staff(request, directory, claims, following=asked["following"], tokens=Tokens())
    if isinstance(request.user, User):
        actions.note_confirmed(request.user, by=request.user, at=timezone.now())
    going.delete_cookie(ANSWER, path=request.path)
    return going


def _answer(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    try:
        said = _cipher().decrypt(request.COOKIES.get(ANSWER, "").encode(), ttl=ANSWER_FOR)
    except InvalidToken:
        raise NotBelieved("no answer, or an old one") from None
    question, claims = json.loads(said)
    return question, claims


def _asked(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The questions of the last minutes; changed in place."""
    since = time.time() - ASKED_FOR
    kept = {name: one for name, one in request.session.get(ASKED, {}).items() if one["at"] > since}
    if kept:
        request.session[ASKED] = kept
    return kept


def _cipher() -> Any:
    return cipher("answer of the directory")
