"""When something that could not be delivered may be sent again."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind


def send_again_blockers(
    item: OutboxItem, *, address: str | None = None, because: str | None = None, at: datetime
) -> Iterator[Reason]:
    """Only what was given up, or has no address, waits for a person; the rest is tried again automatically."""
    if item.sent_at or (item.failed_at is None and item.next_try is not None):
        yield Reason("not_refused", _("It has not been given up: it is sent, or still being tried."))
    elif item.failed_at is None and item.kind != OutboxKind.MAIL:
        yield Reason("withdrawn", _("It is not to be sent any more."))
    if item.useful_until is not None and item.useful_until < at:
        yield Reason("too_late", _("It is too late to send this."))
    if address is not None and not address.strip():
        yield Reason("no_address", _("Enter the email address to send it to."), "address")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")
