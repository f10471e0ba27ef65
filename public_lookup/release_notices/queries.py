"""The announced release that can be asked about, and a notice by the key of its mails."""

from datetime import datetime

from public_lookup.release_notices.models import ReleaseNotice
from registry import signing
from registry.editions.queries import published
from registry.editions.queries.published import AnnouncedEdition


def announced_edition(code: str, at: datetime) -> AnnouncedEdition | None:
    """The release of this quarter, if it is announced and not published."""
    return next((one for one in published.announced(at) if one.edition.code == code), None)


def notice_of(key: str) -> ReleaseNotice | None:
    """The notice that this key belongs to; None for any other text."""
    number, _dash, digest = key.partition("-")
    rows = ReleaseNotice.objects.select_related("edition")
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    return found if found and signing.same_digest(found.key, f"{number}-{digest}") else None
