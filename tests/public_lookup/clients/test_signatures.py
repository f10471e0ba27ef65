"""What we post can be verified by whoever has our public key, with nothing but a library for Ed25519."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from public_lookup.clients import signatures
from registry import signing
from tests.conftest import NOW

KEY = signing.private_key_from("only for tests")
BODY = '{"name": "Świeże Ręce"}'.encode()


def test_the_headers_are_those_of_standard_webhooks() -> None:
    """Verified here as its document says, without any code of ours."""
    headers = signatures.headers("D-7KQ2-M9XD", BODY, private_key=KEY, at=NOW)
    version, _comma, encoded = headers["webhook-signature"].partition(",")
    prefix, _line, public = signatures.public_key(KEY).partition("_")

    assert (version, prefix) == ("v1a", "whpk")
    assert headers["webhook-id"] == "D-7KQ2-M9XD"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + BODY
    Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(base64.b64decode(encoded), said)


def test_what_was_altered_is_not_signed() -> None:
    headers = signatures.headers("D-1", BODY, private_key=KEY, at=NOW)
    timestamp, signature = headers["webhook-timestamp"], headers["webhook-signature"]
    public = signing.public_key(KEY)

    assert signatures.is_signed("D-1", timestamp, BODY, signature, public_key=public)
    assert signatures.is_signed("D-1", timestamp, BODY, f"v1,abc {signature}", public_key=public)
    assert not signatures.is_signed("D-2", timestamp, BODY, signature, public_key=public)
    assert not signatures.is_signed("D-1", f"{timestamp}0", BODY, signature, public_key=public)
    assert not signatures.is_signed("D-1", timestamp, BODY + b" ", signature, public_key=public)
    assert not signatures.is_signed("D-1", timestamp, BODY, signature.replace("v1a", "v1"), public_key=public)
    assert not signatures.is_signed("D-1", timestamp, BODY, "", public_key=public)
    other = signing.public_key(signing.new_private_key())
    assert not signatures.is_signed("D-1", timestamp, BODY, signature, public_key=other)
