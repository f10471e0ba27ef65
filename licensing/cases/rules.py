"""When a note may be written."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.errors import Reason

LONGEST = 5_000


def note_blockers(text: str) -> Iterator[Reason]:
    if not text.strip():
        yield Reason("no_text", _("Enter the note."), "text")
    elif len(text) > LONGEST:
        yield Reason("too_long", _("Write at most 5,000 characters."), "text")
