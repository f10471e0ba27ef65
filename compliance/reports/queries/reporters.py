"""What of a reporter is in a text, found by digests: who reported is not opened."""

from collections.abc import Collection, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.releases import rules
from compliance.reports.models.reports import Report, ReporterMark, ReporterMarkKind
from registry.errors import Reason

#: SQLite takes no more in one question.
TOGETHER = 500

WHO_REPORTED = Reason("who_reported", _("There is a name, number or address in the text that must not appear."), "text")


def reporter_in(text: str, *, own: Collection[Report]) -> Iterator[Reason]:
    """The number or address of any reporter, and of the reporters of these `own` reports any part of the name too."""
    reached = vault.marks_in(rules.ends_of_numbers(text)) | vault.marks_in(rules.addresses_in(text))
    if _is_marked(reached, ~Q(kind=ReporterMarkKind.NAME)) or (
        own
        and _is_marked(
            vault.marks_in(rules.words_in(text)), Q(kind=ReporterMarkKind.NAME, contact__report__in=list(own))
        )
    ):
        yield WHO_REPORTED


def _is_marked(digests: set[str], among: Q) -> bool:
    listed = sorted(digests)
    return any(
        ReporterMark.objects.filter(among, digest__in=listed[start : start + TOGETHER]).exists()
        for start in range(0, len(listed), TOGETHER)
    )
