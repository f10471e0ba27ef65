"""What is read on a certificate: a code that is shown live, and the code that was meant by a mistyped one."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from registry import codes as identifiers
from registry import live_codes as signing
from registry import signing as registry_signing
from registry.register.models import Entry, Listing


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that somebody was shown: on paper, or live on the holder's own screen in the minute of `shown_at`."""

    code: str = ""
    shown_at: datetime | None = None
    is_live: bool = False


def live_certificate(text: str, at: datetime) -> Certificate | None:
    """What a code that changes each minute says; None for any other text, and for one that was altered."""
    found = signing.read_live_code(settings.SECRET_KEY, identifiers.characters_of_code(text))
    if found is None:
        return None
    code, shown_at = found
    return Certificate(code, shown_at, is_live=at < shown_at + signing.LIVE_FOR)


class FalseSquare(ValueError):
    """The text of a square code that is not ours, or that was altered."""


_PLACES = re.compile(
    r"(?:/[a-z]{2})?/(?:c/(?P<code>[^/]{1,20})|check/(?P<licence>[^/]{1,20})|(?:proofs|verify)/(?P<proof>[^/]{1,20})(?:/[^/]{1,60})?)/?"
)


def is_text_of_square(text: str) -> bool:
    """Whether this is what a reader of square codes gives for one of ours: an address, or the signed mark behind its #."""
    return "://" in text or text.startswith("L1.")


def read_square(text: str) -> str:
    """The number or code that the text of a square code is about. Raises `FalseSquare`.

    The address must be on this service, and a signed mark must be ours and of the same licence: a forger's square code
    leads elsewhere, or bears days that we never signed.
    """
    address, _hash, mark = text.partition("#")
    if text.startswith("L1."):
        return _licence_of_mark(text)
    try:
        site, given = urlsplit(settings.SITE_ADDRESS), urlsplit(address)
    except ValueError as error:
        raise FalseSquare from error
    found = _PLACES.fullmatch(given.path)
    if found is None or given.netloc.lower() != site.netloc.lower():
        raise FalseSquare
    code = next(part for part in found.groups() if part)
    if mark and not _is_of_code(_licence_of_mark(mark), code):
        raise FalseSquare
    return code


def _licence_of_mark(mark: str) -> str:
    said, _point, signature = mark.rpartition(".")
    parts = said.split(".")
    keys = registry_signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)["keys"]
    public = next((key["x"] for key in keys if key["kid"] == parts[-1]), "")
    if len(parts) != 7 or not registry_signing.verify(public, said.encode("utf-8", "surrogatepass"), signature):
        raise FalseSquare
    return parts[1]


def _is_of_code(number: str, code: str) -> bool:
    if not identifiers.code_is_valid(code):
        return False
    return Entry.objects.filter(number=number, listing__code=identifiers.code(code)).exists()


def code_that_was_meant(text: str) -> str:
    """The one code of this register that is a single slip away from what was typed; nothing when there is none, or several."""
    given = Listing.objects.filter(code__in=identifiers.neighbours_of_code(text), entries__isnull=False)
    codes = list(given.values_list("code", flat=True).distinct()[:2])
    return codes[0] if len(codes) == 1 else ""
