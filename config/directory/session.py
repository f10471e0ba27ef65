"""What a session keeps of a sign-in by the directory, and asking the directory again by it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from config.ciphers import cipher
from registry.accounts.models import User
from registry.directory import actions, rules
from registry.directory.queries import RECORD
from registry.directory_service import IdentityProvider, tokens
from registry.directory_service import provider as asking
from registry.directory_service.provider import NoLongerSignedIn

TOKENS = "directory tokens"
NOTED_EACH = 600.0


class AsksByBrowser(Exception):
    """Only the browser of the person can ask the directory again, which it has to do now."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What OpenID Connect gave at the sign-in; SAML gives none."""

    access: str = ""
    refresh: str = ""
    id_token: str = ""


def begin(request: HttpRequest, claims: Mapping[str, Any], tokens: Tokens) -> None:
    """Keep by which identity this session was begun. Tokens are sealed: a copy of the database opens nothing at the provider."""
    request.session[RECORD] = {
        "sub": claims["sub"],
        "sid": claims.get("sid", ""),
        "access": _sealed(tokens.access),
        "refresh": _sealed(tokens.refresh),
        "id_token": _sealed(tokens.id_token),
        "confirmed_at": time.time(),
        "until": claims.get("until"),
    }


def has_record(request: HttpRequest) -> bool:
    return RECORD in request.session


def id_token_of(request: HttpRequest) -> str:
    return _opened(request.session[RECORD]["id_token"])


def confirm(user: User, session: SessionBase, directory: IdentityProvider) -> User:
    """The person of this session, with the rights that the directory gives now; asked as often as the file says.

    Raises `ProviderSilent` where it does not answer, `NoLongerSignedIn`, and `NotBelieved`: no rights are then confirmed.
    Raises `AsksByBrowser` where the protocol is SAML, and what was said is over.
    """
    record = session[RECORD]
    now = time.time()
    if now < record["confirmed_at"] + directory.ask_again_after and now < (record.get("until") or now + 1):
        return user
    if directory.is_saml:
        raise AsksByBrowser
    claims = _refreshed(session, directory) if directory.ask_by == "refresh" else _userinfo(session, directory)
    if claims.get("sub") != record["sub"]:
        raise NoLongerSignedIn
    if directory.ask_again_after:
        record["confirmed_at"] = time.time()
        session.modified = True
    _note(user, session)
    return _following(user, directory.roles_of(claims))


def _note(user: User, session: SessionBase) -> None:
    """Outside the session too, for the keys of the person when they have signed out; at most every ten minutes."""
    record = session[RECORD]
    if time.time() >= record.get("noted_at", 0) + NOTED_EACH:
        record["noted_at"] = time.time()
        session.modified = True
        actions.note_confirmed(user, by=user, at=timezone.now())


def _following(user: User, roles: frozenset[str]) -> User:
    """The person as they are after their groups were followed; nothing is written where nothing has changed."""
    if user.roles == roles and not any(rules.follow_blockers(user, roles)):
        return user
    at = timezone.now()
    return actions.follow(user, roles=roles, by=actions.act_as_directory(by=None, at=at), at=at)


def _userinfo(session: SessionBase, directory: IdentityProvider) -> dict[str, Any]:
    """Asked with the token of the sign-in; with another one where that has expired and the provider gives another."""
    record = session[RECORD]
    try:
        return asking.userinfo(directory, _opened(record["access"]))
    except NoLongerSignedIn:
        _renew(session, directory)
        return asking.userinfo(directory, _opened(record["access"]))


def _refreshed(session: SessionBase, directory: IdentityProvider) -> dict[str, Any]:
    """The claims of a new ID token, where groups are said in those alone."""
    given = _renew(session, directory)
    return tokens.id_token_claims(directory, str(given.get("id_token")), nonce=None)


def _renew(session: SessionBase, directory: IdentityProvider) -> dict[str, Any]:
    record = session[RECORD]
    if not (refresh := _opened(record["refresh"])):
        raise NoLongerSignedIn
    given = asking.tokens_for(directory, grant_type="refresh_token", refresh_token=refresh)
    record["access"] = _sealed(given["access_token"])
    record["refresh"] = _sealed(given.get("refresh_token") or refresh)
    session.modified = True
    return given


def _sealed(text: str) -> str:
    return cipher(TOKENS).encrypt(text.encode()).decode()


def _opened(sealed: str) -> str:
    return cipher(TOKENS).decrypt(sealed.encode()).decode()
