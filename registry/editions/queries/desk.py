"""Editions as the statistician sees them: the list, what one is made of, and its preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from registry.accounts.models import User
from registry.editions.filters import EditionFilter
from registry.editions.models import Edition, EditionVersion, PreReleaseReader
from registry.editions.queries.published import PublishedEdition, finer_tables
from registry.editions.rules.quarters import before, in_words, quarter_on
from registry.editions.tables import ReleaseTable

#: How many quarters ahead a date can be announced.
QUARTERS_AHEAD = 4


def editions(params: Mapping[str, Any], *, by: User) -> EditionFilter:
    return EditionFilter(params, queryset=Edition.objects.visible_to(by))


def quarters_to_announce(today: date) -> list[tuple[str, str]]:
    """Quarters that have no announced date: the one before this, this one and those after."""
    now = quarter_on(today)
    codes = [before(now, steps) for steps in range(1, -QUARTERS_AHEAD, -1)]
    taken = set(Edition.objects.filter(code__in=codes).values_list("code", flat=True))
    return [(code, in_words(code)) for code in codes if code not in taken]


def versions_of(edition: Edition) -> list[EditionVersion]:
    """All that were made, the newest first."""
    people = ("made_by", "signed_by", "countersigned_by", "refused_by")
    return list(edition.versions.select_related(*people).order_by("-pk"))


def readers_of(edition: Edition) -> list[PreReleaseReader]:
    return list(edition.readers.listed())


@dataclass(frozen=True)
class PreviewedEdition(PublishedEdition):
    """Tables that wait for a signature, those for partners last: dated with the minute that is announced."""

    @cached_property
    def tables(self) -> tuple[ReleaseTable, ...]:
        """Those who sign answer for both."""
        return (*PublishedEdition(self.version).tables, *finer_tables(self.version))

    @property
    def published_at(self) -> datetime:
        return max(self.version.made_at, self.edition.publish_at)


def preview_of(edition: Edition) -> PreviewedEdition | None:
    """What waits for a signature, else what was last signed."""
    version = edition.versions.filter(refused_at=None).select_related("edition").order_by("-number").first()
    return PreviewedEdition(version) if version else None
