"""What is read on a certificate: a code that is shown live, and the code that was meant by a mistyped one."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from registry import identifiers, signing
from registry.models import Listing


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


def code_that_was_meant(text: str) -> str:
    """The one code of this register that is a single slip away from what was typed; nothing when there is none, or several."""
    given = Listing.objects.filter(code__in=identifiers.neighbours_of_code(text), entries__isnull=False)
    codes = list(given.values_list("code", flat=True).distinct()[:2])
    return codes[0] if len(codes) == 1 else ""
