"""The headers of what we post: the convention of Standard Webhooks, signed with the key that signs the register.

Whoever receives it verifies with the public key of `/.well-known/jwks.json`; there is no secret to hand over, keep or lose.
"""

import base64
from datetime import datetime

from registry import signing


def headers(reference: str, body: bytes, *, private_key: str, at: datetime) -> dict[str, str]:
    """`webhook-id`, the same at every try; `webhook-timestamp`, seconds since 1970 of this try; `webhook-signature`.

    The signature: `v1a,` and the 64 bytes of Ed25519 in base64, over `id.timestamp.body`. No other thing that we sign
    begins like a reference, so that none can be taken for another.
    """
    timestamp = str(int(at.timestamp()))
    raw = signing.sign(private_key, b".".join([reference.encode(), timestamp.encode(), body]))
    return {
        "content-type": "application/json",
        "user-agent": "labour-licensing-registry",
        "webhook-id": reference,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1a,{base64.b64encode(_bytes(raw)).decode()}",
    }


def is_signed(reference: str, timestamp: str, body: bytes, signature: str, *, public_key: str) -> bool:
    """Whether one of the signatures of the header is of this key, over exactly this."""
    said = b".".join([reference.encode(), timestamp.encode(), body])
    return any(
        signing.verify(public_key, said, encoded.translate(_URL_SAFE).rstrip("="))
        for version, _comma, encoded in (one.partition(",") for one in signature.split(" "))
        if version == "v1a"
    )


def public_key(private_key: str) -> str:
    """The key to verify with, as Standard Webhooks writes it: `whpk_` and the 32 bytes in base64."""
    return f"whpk_{base64.b64encode(_bytes(signing.public_key(private_key))).decode()}"


_URL_SAFE = str.maketrans("+/", "-_")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
