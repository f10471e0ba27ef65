"""Keys, certificates and the list of breached passwords: our own, long enough, able to sign, readable."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils import timezone

from config import passwords
from registry import signing
from registry.papers import pades

KNOWN = ("django-insecure", "only for tests", "changeme", "secret", "demo")


SHORTEST_KEY = 50  # as many as Django asks for


# How long before its end somebody should see to a new one.
CERTIFICATE_ENDS_SOON = timedelta(days=30)


@register(Tags.security, deploy=True)
def keys_are_our_own(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} is short, or one that everybody knows.",
            hint=f"python -m config.new_secrets makes one. It needs {SHORTEST_KEY} random characters or more.",
            id="config.E002",
        )
        for name, key in _long_keys()
        if len(key) < SHORTEST_KEY or key.lower().startswith(KNOWN)
    ]


def _long_keys() -> list[tuple[str, str]]:
    own = [(name, getattr(settings, name)) for name in ("SECRET_KEY", "NAMES_KEY")]
    return [*own, *(("A key of SEALING_KEYS", key) for key in settings.SEALING_KEYS)]


@register(Tags.security, deploy=True)
def seals_have_keys_of_their_own(**_: Any) -> list[CheckMessage]:
    keys = [*settings.SEALING_KEYS, *{settings.SECRET_KEY, settings.NAMES_KEY}]
    if len(set(keys)) == len(keys):
        return []
    hint = "python -m config.new_secrets makes one. Put it before the others (docs/operations.md, Keys that seal)."
    return [Error("A key of SEALING_KEYS is there twice, or is SECRET_KEY or NAMES_KEY.", hint=hint, id="config.E041")]


@register(Tags.security, deploy=True)
def names_have_a_key_of_their_own(**_: Any) -> list[CheckMessage]:
    if settings.NAMES_KEY != settings.SECRET_KEY:
        return []
    return [
        Caution(
            "NAMES_KEY is the same as SECRET_KEY: changing the one would make the digests of named people useless.",
            id="config.W002",
        )
    ]


@register(Tags.security, deploy=True)
def signatures_have_a_key_of_their_own(**_: Any) -> list[CheckMessage]:
    derived = signing.private_key_from(settings.SECRET_KEY)
    if derived != settings.SIGNING_KEY:
        return []
    return [
        Caution(
            "SIGNING_KEY is not set: changing SECRET_KEY would make every certificate look forged.",
            hint="Make one with manage.py new_signing_key.",
            id="config.W004",
        )
    ]


@register(Tags.security)
def keys_can_sign(**_: Any) -> list[CheckMessage]:
    """A key that cannot be read stops the service at once, and not with the first certificate."""
    try:
        signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)
    except ValueError:
        return [
            Error(
                "SIGNING_KEY or one of FORMER_PUBLIC_KEYS is not a key.",
                hint="Each is 43 characters, as manage.py new_signing_key prints them.",
                id="config.E005",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def pdfs_can_be_signed(**_: Any) -> list[CheckMessage]:
    """Once a certificate is configured no PDF leaves without its signature: better told here than by a page."""
    try:
        found = pades.configured()
    except pades.NotACertificate as fault:
        return [
            Error(f"PDFs cannot be signed: {fault}.", hint="Set PDF_CERTIFICATE right, or unset it.", id="config.E008")
        ]
    if found is None or found.until > timezone.now() + CERTIFICATE_ENDS_SOON:
        return []
    words = f"The certificate that signs PDFs ({found.subject}) ends on {found.until:%Y-%m-%d}."
    if found.until > timezone.now():
        return [Caution(words, hint="Get a new one in time.", id="config.W007")]
    return [Error(words, hint="Readers of PDFs call its signatures wrong: get a new one.", id="config.E008")]


@register(Tags.security, deploy=True)
def breached_passwords_can_be_read(**_: Any) -> list[CheckMessage]:
    """A file of another kind would find nothing, and no one would notice."""
    if not (file := settings.BREACHED_PASSWORDS) or passwords.is_a_list(Path(file)):
        return []
    words = f"BREACHED_PASSWORDS is no list of SHA-1 digests in their order: {file}."
    return [Error(words, hint="Fetch it again (docs/operations.md, Settings), or unset it.", id="config.E034")]
