"""What must be true before a person is reminded by text message."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason


def reminder_blockers(*, by_text: bool, telephone: str, sends_texts: bool) -> Iterator[Reason]:
    """`sends_texts`: whether this service has a sender of text messages."""
    if by_text and not sends_texts:
        yield Reason("no_texts", _("This service sends no text messages."), "by_text")
    elif by_text and not telephone:
        yield Reason("no_telephone", _("Enter a mobile number, like 07700 900 123."), "telephone")
