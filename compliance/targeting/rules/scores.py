"""What must be true before a holder's reply to its signals is kept."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

#: Enough to explain, and short enough to be read beside every score.
LONGEST_REPLY = 4000


def reply_blockers(text: str) -> Iterator[Reason]:
    if not text.strip():
        yield Reason("no_text", _("Write what you want to say about the signals."), "text")
    elif len(text) > LONGEST_REPLY:
        yield Reason("too_long", _("Write at most 4,000 characters."), "text")
