"""Judging what a provider has signed: ID tokens, and log-out tokens (OpenID Connect Back-Channel Logout 1.0)."""

from typing import Any

import jwt
from django.core.cache import cache

from registry.directory_service import IdentityProvider
from registry.directory_service import provider as asking

#: Signatures by a private key of the provider. Never "none", and never a shared secret.
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LOG_OUT = "http://schemas.openid.net/event/backchannel-logout"
#: By how many seconds the clocks may differ; and how old a log-out token may be.
LEEWAY = 60
LOG_OUT_WITHIN = 300


class NotBelieved(Exception):
    """The token is not what the provider signed for us, or is over."""


def id_token_claims(provider: IdentityProvider, token: str, *, nonce: str | None) -> dict[str, Any]:
    """What an ID token says, once everything about it is right. Raises `NotBelieved` and `ProviderSilent`.

    One that was given for a refresh token answers no question of a browser, and may lack the nonce (`None`).
    """
    claims = _verified(provider, token, needs=["iss", "aud", "exp", "iat", "sub"])
    if nonce is not None and claims.get("nonce") != nonce:
        raise NotBelieved("nonce")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise NotBelieved("azp")
    return claims


def log_out_claims(provider: IdentityProvider, token: str, *, now: float) -> dict[str, Any]:
    """What a log-out token says, once everything about it is right. Each is taken once."""
    claims = _verified(provider, token, needs=["iss", "aud", "iat", "jti"])
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOG_OUT), dict):
        raise NotBelieved("events")
    if "nonce" in claims:
        raise NotBelieved("nonce")
    if not claims.get("sub") and not claims.get("sid"):
        raise NotBelieved("sub or sid")
    if claims["iat"] < now - LOG_OUT_WITHIN:
        raise NotBelieved("iat")
    seen = asking.place_of("log-out", provider.issuer, str(claims["jti"]))
    if not cache.add(seen, True, LOG_OUT_WITHIN + 2 * LEEWAY):
        raise NotBelieved("jti")
    return claims


def _verified(provider: IdentityProvider, token: str, *, needs: list[str]) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in SIGNED_BY:
            raise NotBelieved("alg")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(provider, header),
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": needs},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as fault:
        raise NotBelieved(type(fault).__name__) from None
    return claims


def _key(provider: IdentityProvider, header: dict[str, Any]) -> Any:
    """The key of the provider that the token names; one that we do not know yet is looked for once more."""
    for again in (False, True):
        for key in _keys(asking.keys(provider, again=again)):
            if key.key_id == header.get("kid") and key.public_key_use in (None, "sig"):
                return key.key
    raise NotBelieved("kid")


def _keys(said: dict[str, Any]) -> list[jwt.PyJWK]:
    """A key of a kind that we do not know is another's business."""
    return jwt.PyJWKSet.from_dict(said).keys
