"""Asking a provider of OpenID Connect: what it offers, its keys, and what it says of a person now."""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.cache import cache

from registry.clients import machines
from registry.directory_service import IdentityProvider
from registry.json_reader import read_json

#: In seconds, for one question: a person waits for the page. And what is read of an answer.
WITHIN, MOST_READ = 4.0, 512 * 1024
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


def tokens_for(provider: IdentityProvider, **grant: str) -> dict[str, Any]:
    """Tokens for the code of a sign-in, or in place of one that has expired. Raises `NoLongerSignedIn` and `ProviderSilent`."""
    offers, form, headers = discovered(provider), grant, dict[str, str]()
    if says_who_in_header(offers):
        headers = machines.basic(provider.client_id, provider.secret)
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.secret}
    tokens = _asked("POST", offers["token_endpoint"], headers=headers, form=form, expires=True)
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
    form: Mapping[str, str] | None = None,
    expires: bool = False,
) -> dict[str, Any]:
    """The answer, an object of JSON. `expires`: what was sent may have expired, which 400 and 401 say."""
    given = {"Accept": "application/json", **(headers or {})}
    body = urlencode(form).encode() if form else None
    if body:
        given["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        answer = machines.ask(method, address, within=WITHIN, most=MOST_READ, headers=given, body=body)
        said = read_json(answer.body) if answer.code == 200 else None
    except (machines.MachineSilent, ValueError) as fault:
        raise ProviderSilent(f"{urlsplit(address).netloc} does not answer ({type(fault).__name__}: {fault}).") from None
    if expires and answer.code in (400, 401, 403):
        raise NoLongerSignedIn
    if not isinstance(said, dict):
        raise ProviderSilent(f"{urlsplit(address).netloc} answers {answer.code}.")
    return said
