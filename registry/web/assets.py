"""The bytes of our own static files, for addresses that must answer with one of them."""

from pathlib import Path

from django.contrib.staticfiles import finders


def asset(name: str) -> bytes:
    """The bytes of one of our static files. Raises `FileNotFoundError`."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
