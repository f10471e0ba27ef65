"""Ciphers for what is useless to someone who holds only a copy of the database."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings

from registry.sealing_keys import PurposeSeal


def cipher(what: str) -> Fernet:
    """One for each kind of secret that ends with a session, so that none can be put in place of another."""
    return Fernet(base64.urlsafe_b64encode(_derived(what)))


def second_factors() -> PurposeSeal:
    """The seal of secrets from which codes are made."""
    return PurposeSeal("second factor", _derived("second factor"))


def _derived(what: str) -> bytes:
    return hashlib.sha256(f"{what}:".encode() + settings.SECRET_KEY.encode()).digest()
