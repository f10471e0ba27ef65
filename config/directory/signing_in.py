"""Signing in a member of staff as the directory has shown them to us, by either protocol."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login as sign_in
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language

from config.directory import session
from config.directory.session import Tokens
from registry.accounts.models import User
from registry.accounts.rules import waiting_blockers
from registry.directory import actions, rules
from registry.directory_service import IdentityProvider
from registry.directory_service.tokens import LEEWAY
from registry.errors import refuse_for
from registry.web.addresses import own_address


def sign_in_staff(
    request: HttpRequest, directory: IdentityProvider, claims: dict[str, Any], *, following: str, tokens: Tokens
) -> HttpResponseRedirect:
    """Sign a member of staff in, with the roles that their groups give; `following`: the page that they asked for.

    Raises `Refused` where the groups give no role, or roles that must not meet in one person.
    """
    person = _admitted(directory, claims)
    sign_in(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "socialaccount", provider=directory.kind)
    if directory.shows_factor(claims):
        record_authentication(request, person, "mfa", type="directory" if _is_fresh(claims) else "directory_before")
    session.begin(request, claims, tokens)
    return HttpResponseRedirect(own_address(following) or get_adapter(request).get_login_redirect_url(request))


def _admitted(directory: IdentityProvider, claims: dict[str, Any]) -> User:
    at, roles = timezone.now(), directory.roles_of(claims)
    by, name = actions.act_as_directory(by=None, at=at), str(claims.get("name") or "")[:200]
    person = actions.admit(
        sub=claims["sub"],
        email=directory.verified_email(claims),
        name=name,
        language=_language(claims),
        roles=roles,
        by=by,
        at=at,
    )
    person = actions.follow(person, roles=roles, by=by, at=at)
    refuse_for(rules.follow_blockers(person, roles))
    if not person.roles:
        refuse_for(waiting_blockers(person))
        refuse_for(rules.not_approved_blockers())
    if name and name != person.name:
        actions.rename(person, name=name, by=by, at=at)
    return person


def _language(claims: dict[str, Any]) -> str:
    """The language that the provider names, where the whole service speaks it; else that of the page."""
    asked = str(claims.get("locale") or "").lower().partition("-")[0]
    known = (code for code in settings.SITE_LANGUAGES if code.partition("-")[0] == asked)
    return next(known, get_language() or settings.LANGUAGE_CODE)


def _is_fresh(claims: dict[str, Any]) -> bool:
    """Whether the person has just shown the factor, and was not let in by a sign-in of before."""
    shown = claims.get("auth_time")
    return isinstance(shown, int | float) and shown > time.time() - LEEWAY
