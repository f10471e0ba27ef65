"""What allauth does with an identity that a provider has shown: accounts and roles come by our own actions."""

import logging
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import login as sign_in
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from requests import RequestException

from config.directory import session
from config.directory.faults import page_for_error, page_of_silence
from config.directory.oidc import RegistryProvider
from registry.accounts.models import User
from registry.accounts.rules import waiting_blockers
from registry.directory import actions, rules
from registry.directory_service import STAFF, IdentityProvider, provider_of
from registry.directory_service.tokens import LEEWAY
from registry.errors import refuse_for
from registry.web.addresses import own_address

logger = logging.getLogger(__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    """The two providers of the file are all there are: none is in the database, and pages ask it for none."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> RegistryProvider:
        said = provider_of(provider)
        if said is None:
            raise Http404
        return RegistryProvider(request, said)

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        return []

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        logger.warning("Sign-in by %s failed: %s", provider.said.kind, exception or error)
        if isinstance(exception, RequestException):
            raise ImmediateHttpResponse(page_of_silence(request))
        raise ImmediateHttpResponse(page_for_error(request, provider.said))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Of staff all is done here; a citizen is signed in by allauth, which asks for a second factor that they have set up."""
        if sociallogin.provider.said.kind == STAFF:
            raise ImmediateHttpResponse(_sign_in_staff(request, sociallogin))
        sociallogin.user = actions.admit_citizen(
            sub=sociallogin.claims["sub"],
            email=sociallogin.provider.said.verified_email(sociallogin.claims),
            language=get_language() or settings.LANGUAGE_CODE,
            by=None,
            at=timezone.now(),
        )


def _sign_in_staff(request: HttpRequest, login: Any) -> HttpResponseRedirect:
    """Sign a member of staff in, with the roles that their groups give. Raises `Refused` where there are none."""
    directory, claims = login.provider.said, login.claims
    person = _admitted(directory, claims)
    sign_in(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "socialaccount", provider=directory.kind)
    if directory.shows_factor(claims):
        record_authentication(request, person, "mfa", type="directory" if _is_fresh(claims) else "directory_before")
    session.begin(
        request, claims, access=login.token.token, refresh=login.token.token_secret or "", id_token=login.id_token
    )
    following = own_address(login.state.get("next") or "")
    return HttpResponseRedirect(following or get_adapter(request).get_login_redirect_url(request))


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
