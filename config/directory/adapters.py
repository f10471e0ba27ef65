"""What allauth does with an identity that a provider has shown: accounts and roles come by our own actions."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from config.directory.faults import page_for_error
from config.directory.oidc import RegistryProvider
from config.directory.session import Tokens
from config.directory.signing_in import sign_in_staff
from registry.directory import actions
from registry.directory_service import STAFF, provider_of

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
        raise ImmediateHttpResponse(page_for_error(request, provider.said))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Of staff all is done here; a citizen is signed in by allauth, which asks for a second factor that they have set up."""
        if sociallogin.provider.said.kind == STAFF:
            login = sociallogin
            going = sign_in_staff(
                request,
                login.provider.said,
                login.claims,
                following=login.state.get("next") or "",
                tokens=Tokens(login.token.token, login.token.token_secret or "", login.id_token),
            )
            raise ImmediateHttpResponse(going)
        sociallogin.user = actions.admit_citizen(
            sub=sociallogin.claims["sub"],
            email=sociallogin.provider.said.verified_email(sociallogin.claims),
            language=get_language() or settings.LANGUAGE_CODE,
            by=None,
            at=timezone.now(),
        )
