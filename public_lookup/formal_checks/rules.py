"""What must be so before a formal check is made: plain values in, reasons out."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.schemes import Scheme


def formal_check_blockers(scheme: Scheme, *, last_on: date | None, on: date) -> Iterator[Reason]:
    """`last_on` is the last day on which the same person checked the same labour provider formally."""
    if scheme.formal_check is None:
        yield Reason("no_formal_check", _("This scheme has no formal checks. Keep a proof instead."))
    if last_on == on:
        yield Reason("checked_today", _("You have made this check today, and they have been told."))
