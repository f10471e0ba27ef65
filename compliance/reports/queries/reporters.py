"""What of a reporter is in a text, found by digests: who reported is not opened."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.reports.models.reports import Report
from registry.errors import Reason

WHO_REPORTED = Reason("who_reported", _("There is a name, number or address in the text that must not appear."), "text")


def reporter_in(text: str, *, own: Collection[Report]) -> Iterator[Reason]:
    """The number or address of any reporter, and of the reporters of these `own` reports any part of the name too."""
    if vault.has_reporter(text, own=own):
        yield WHO_REPORTED
