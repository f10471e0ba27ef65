"""Asking a provider of OpenID Connect: what it offers, its keys, and what it says of a person now."""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.cache import cache

from registry.directory_service import IdentityProvider

#: In seconds, for one question: a person waits for the page.
WITHIN = 4.0
#: How long what a provider offers, and its keys, are believed.
KEPT_FOR = 300
#: How soon the keys are asked for again because a token names one that is not among them.
ASKED_AGAIN_AFTER = 10
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class ProviderSilent(Exception):
    """The provider cannot be asked now, or says something that cannot be understood: no rights are confirmed."""


class NoLongerSignedIn(Exception):
    """The provider does not know this sign-in any more."""


def discovered(provider: IdentityProvider) -> dict[str, Any]:
    """What the provider offers, by its own document (OpenID Connect Discovery 1.0). Raises `ProviderSilent`."""
    return _kept(place_of("offers", provider.issuer), lambda: discover(provider))


def discover(provider: IdentityProvider) -> dict[str, Any]:
    """The same, asked now."""
    offers = _asked("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if offers.get("issuer") != provider.issuer:
        raise ProviderSilent(f"{provider.issuer} says that it is {offers.get('issuer')}.")
    secure = urlsplit(provider.issuer).scheme
    for name in NEEDED:
        if urlsplit(str(offers.get(name, ""))).scheme != secure:
            raise ProviderSilent(f"{provider.issuer} offers no {name} that can be used.")
    return offers


def keys(provider: IdentityProvider, *, again: bool = False) -> dict[str, Any]:
    """The public keys with which the provider signs; `again`: a token names one that is not among those we know."""
    place = place_of("keys", provider.issuer)
    if again and cache.add(f"{place}-again", True, ASKED_AGAIN_AFTER):
        cache.delete(place)
    return _kept(place, lambda: fetch_keys(discovered(provider)))


def fetch_keys(offers: Mapping[str, Any]) -> dict[str, Any]:
    """The same, asked now."""
    return _asked("GET", offers["jwks_uri"])


def userinfo(provider: IdentityProvider, access_token: str) -> dict[str, Any]:
    """What the provider says of the person now. Raises `NoLongerSignedIn` and `ProviderSilent`."""
    said = {"Authorization": f"Bearer {access_token}"}
    return _asked("GET", discovered(provider)["userinfo_endpoint"], headers=said, expires=True)


def refreshed(provider: IdentityProvider, refresh_token: str) -> dict[str, Any]:
    """New tokens in place of one that has expired. Raises `NoLongerSignedIn` and `ProviderSilent`."""
    offers, us = discovered(provider), (provider.client_id, provider.secret)
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    if not says_who_in_header(offers):
        form |= {"client_id": us[0], "client_secret": us[1]}
    basic = us if says_who_in_header(offers) else None
    tokens = _asked("POST", offers["token_endpoint"], data=form, basic=basic, expires=True)
    if not isinstance(tokens.get("access_token"), str):
        raise ProviderSilent("The provider gave no access token.")
    return tokens


def place_of(*parts: str) -> str:
    """A key of the cache, which takes neither spaces nor long names."""
    return f"directory-{hashlib.sha256(' '.join(parts).encode()).hexdigest()}"


def says_who_in_header(offers: Mapping[str, Any]) -> bool:
    """Whether we say who we are by HTTP Basic: only where the provider takes nothing else, as allauth does."""
    ways = offers.get("token_endpoint_auth_methods_supported", [])
    return "client_secret_post" not in ways and "client_secret_basic" in ways


def _kept(place: str, ask: Any) -> dict[str, Any]:
    found: dict[str, Any] | None = cache.get(place)
    if found is None:
        found = ask()
        cache.set(place, found, KEPT_FOR)
    return found


def _asked(
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    data: Mapping[str, str] | None = None,
    basic: tuple[str, str] | None = None,
    expires: bool = False,
) -> dict[str, Any]:
    """The answer, an object of JSON. `expires`: what was sent may have expired, which 400 and 401 say."""
    try:
        answer = requests.request(
            method, address, headers=headers, data=data, auth=basic, timeout=WITHIN, allow_redirects=False
        )
        said = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as fault:
        raise ProviderSilent(f"{urlsplit(address).netloc} does not answer ({type(fault).__name__}).") from None
    if expires and answer.status_code in (400, 401, 403):
        raise NoLongerSignedIn
    if not isinstance(said, dict):
        raise ProviderSilent(f"{urlsplit(address).netloc} answers {answer.status_code}.")
    return said
