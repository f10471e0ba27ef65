"""Ciphers for what is useless to someone who holds only a copy of the database."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(what: str) -> Fernet:
    """One for each kind of secret, so that none can be put in place of another."""
    key = hashlib.sha256(f"{what}:".encode() + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
