"""Background entry point: tells of releases that are out, and forgets the addresses."""

from datetime import datetime

from public_lookup.release_notices import actions


def tell_of_releases(*, at: datetime) -> int:
    """Says how many mails were written."""
    told = actions.tell_of_releases(by=None, at=at)
    actions.forget_notices(by=None, at=at)
    return told
