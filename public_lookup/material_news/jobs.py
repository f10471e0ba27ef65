"""Background entry point: mails of what is new to pass on, and addresses that no one confirmed."""

from datetime import datetime

from public_lookup.material_news import actions


def tell_of_news(*, at: datetime) -> int:
    """Says how many mails were written."""
    told = actions.tell_of_news(by=None, at=at)
    actions.forget_unconfirmed(by=None, at=at)
    return told
