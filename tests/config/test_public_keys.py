"""The keys by which anybody checks what we sign."""

from django.test import Client
from pytest_django import Settings

from registry import signing

# Not marked as needing the database: a key must be had while it is down.


def test_the_public_keys_are_given_to_everybody(client: Client, settings: Settings) -> None:
    former = signing.public_key(signing.new_private_key())
    settings.FORMER_PUBLIC_KEYS = [former]

    answer = client.get("/.well-known/jwks.json")

    assert [key["x"] for key in answer.json()["keys"]] == [signing.public_key(settings.SIGNING_KEY), former]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert settings.SIGNING_KEY not in answer.content.decode()
    assert not answer.cookies
