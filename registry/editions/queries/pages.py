"""All that the page of one edition says, for the public and for the preview alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from registry.editions.models import EditionVersion, PartnerAgreement, PreReleaseReader
from registry.editions.queries.declaring import word
from registry.editions.queries.figures import EditionFigure, figures_of
from registry.editions.queries.headlines import ShownHeadline, headlines_of
from registry.editions.queries.published import (
    AnnouncedEdition,
    PublishedEdition,
    Revision,
    announced,
    edition_before,
    revisions,
    versions_of,
)
from registry.editions.rules.charts import in_figures
from registry.editions.rules.quarters import in_words

#: More revised figures than these are in the files alone.
MOST_REVISIONS = 30


@dataclass(frozen=True, slots=True)
class RevisionInWords:
    """A figure that was another one: of which table and row, what it was and what it is."""

    table: str
    row: str
    measure: str
    was: str
    now: str


@dataclass(frozen=True)
class EditionPage:
    """What follows from frozen tables is counted only when it is drawn: the template keeps what it has drawn of them."""

    shown: PublishedEdition
    title: str
    former: PublishedEdition | None
    versions: tuple[EditionVersion, ...]
    readers: tuple[PreReleaseReader, ...]
    authorities: tuple[PartnerAgreement, ...]
    coming: AnnouncedEdition | None

    @cached_property
    def headlines(self) -> tuple[ShownHeadline, ...]:
        return tuple(headlines_of(self.shown))

    @cached_property
    def figures(self) -> tuple[EditionFigure, ...]:
        return tuple(figures_of(self.shown))

    @cached_property
    def _revised(self) -> list[Revision]:
        return revisions(self.shown, self.former)

    @property
    def revised(self) -> int:
        return len(self._revised)

    @property
    def revisions(self) -> list[RevisionInWords]:
        return list(_in_words(self.shown, self._revised[:MOST_REVISIONS]))

    @property
    def is_newest(self) -> bool:
        """Whether no later version of this edition is published."""
        return not self.versions or self.versions[0].number <= self.shown.version.number

    @property
    def hidden(self) -> str:
        return in_figures(self.shown.hidden[0])

    @property
    def cells(self) -> str:
        return in_figures(self.shown.hidden[1])


def page_of(shown: PublishedEdition, at: datetime) -> EditionPage:
    return EditionPage(
        shown=shown,
        title=in_words(shown.code),
        former=edition_before(shown, at),
        versions=tuple(versions_of(shown.edition, at)),
        readers=tuple(shown.edition.readers.listed()),
        authorities=tuple(PartnerAgreement.objects.before(shown.version).order_by("agency__name")),
        coming=next((one for one in announced(at) if one.edition.pk != shown.edition.pk), None),
    )


def _in_words(shown: PublishedEdition, revised: list[Revision]) -> Iterator[RevisionInWords]:
    for one in revised:
        table = shown.table(one.table)
        assert table is not None
        row = ", ".join(
            word(dimension.values[value]) for dimension, value in zip(table.dimensions, one.key, strict=True)
        )
        yield RevisionInWords(
            word(table.title), row, word(table.measures[one.measure]), in_figures(one.was), in_figures(one.now)
        )
