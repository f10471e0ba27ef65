"""When a letter that was refused goes out again."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.letters.models import Letter


def send_again_blockers(letter: Letter, *, address: str | None = None) -> Iterator[Reason]:
    """Only what was refused for good, or has nowhere to go, waits for a person; the rest is tried again by itself."""
    if letter.refused_at is None and letter.address:
        yield Reason("not_refused", _("No mail server has refused this letter for good."))
    if address is not None and not address.strip():
        yield Reason("no_address", _("Enter the email address to send it to."), "address")
