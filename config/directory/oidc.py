"""allauth's OpenID Connect, made stricter: PKCE and a nonce always, and ID tokens judged by the keys of the provider."""

import hashlib
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from registry.directory_service import IdentityProvider, tokens
from registry.directory_service import provider as asking


class RegistryProvider(OpenIDConnectProvider):
    """One of the two providers that the file names. Nothing of it is in the database."""

    def __init__(self, request: HttpRequest, said: IdentityProvider) -> None:
        self.said = said
        app = SocialApp(
            provider=self.id,
            provider_id=said.kind,
            name=said.name,
            client_id=said.client_id,
            secret=said.secret,
            settings={"server_url": said.issuer, "oauth_pkce_enabled": True},
        )
        super().__init__(request, app=app)

    def get_scope(self) -> list[str]:
        return list(self.said.scopes)

    def get_pkce_params(self) -> dict[str, Any]:
        """The nonce follows from the verifier of PKCE, which waits in the session beside the state."""
        params: dict[str, Any] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_oauth2_adapter(self, request: HttpRequest) -> "RegistryOAuth2Adapter":
        return RegistryOAuth2Adapter(request, self)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Nothing is kept of what the provider says: it is asked again."""
        return {}


class RegistryOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    def __init__(self, request: HttpRequest, provider: RegistryProvider) -> None:
        self.provider = provider
        super().__init__(request, provider.said.kind)

    def get_provider(self) -> RegistryProvider:
        return self.provider

    @property
    def openid_config(self) -> dict[str, Any]:
        return asking.discovered(self.provider.said)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return str(build_absolute_uri(request, reverse(f"{self.provider.said.kind}_callback")))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None
    ) -> dict[str, Any]:
        """Before the code is used: it must come from this provider (RFC 9207), for the sign-in of this browser."""
        issuer = request.GET.get("iss")
        if issuer is None and self.openid_config.get("authorization_response_iss_parameter_supported"):
            raise OAuth2Error("The answer does not say who gave it.")
        if issuer not in (None, self.provider.said.issuer):
            raise OAuth2Error("The answer is of another provider.")
        self.verifier = str(pkce_code_verifier)
        grant = {"grant_type": "authorization_code", "code": request.GET["code"], "code_verifier": self.verifier}
        try:
            return asking.tokens_for(self.provider.said, redirect_uri=client.callback_url, **grant)
        except asking.NoLongerSignedIn:
            raise OAuth2Error("The provider does not take the code.") from None

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **options: Any) -> Any:
        """Raises `NotBelieved` unless the ID token is signed for this sign-in, and speaks of the same person as userinfo."""
        said, response = self.provider.said, options["response"]
        claims = tokens.id_token_claims(said, str(response.get("id_token")), nonce=nonce_of(self.verifier))
        now = asking.userinfo(said, token.token)
        if now.get("sub") != claims["sub"]:
            raise tokens.NotBelieved("sub")
        login = self.provider.sociallogin_from_response(request, {"userinfo": now, "id_token": claims})
        # Groups are said in either; what was said of this sign-in (how, and when) only in the ID token.
        login.claims, login.id_token = {**claims, **now}, response["id_token"]
        return login


def nonce_of(verifier: str) -> str:
    return hashlib.sha256(b"nonce:" + verifier.encode()).hexdigest()
