"""What the public may read of the statistics at an instant. Pages, files, feed and API read only this."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.db.models import QuerySet

from registry.editions.models import Edition, EditionDateMove, EditionVersion, EditionVersionQuerySet
from registry.editions.rules.content import table_of
from registry.editions.rules.quarters import before, in_words
from registry.editions.tables import Cell, Mark, ReleaseTable

#: An edition as it is now, or one version of it for good: 2026-Q3, 2026-Q3-v1.
_ADDRESS = re.compile(r"([12][0-9]{3}-Q[1-4])(?:-v([1-9][0-9]?))?")
#: How many versions the feed tells of.
NEWS = 40
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of an earlier edition or version that is another one now."""

    table: str
    key: Key
    measure: str
    was: Cell
    now: Cell


@dataclass(frozen=True)
class PublishedEdition:
    """One version that the public may read, with its tables."""

    version: EditionVersion

    @property
    def edition(self) -> Edition:
        return self.version.edition

    @property
    def code(self) -> str:
        return self.edition.code

    @property
    def address(self) -> str:
        return self.version.address

    @property
    def published_at(self) -> datetime:
        found = self.version.published_at
        assert found is not None
        return found

    @property
    def drawn_as(self) -> str:
        """Under what is kept what is drawn of it: never what is drawn for other readers, nor of another version."""
        return f"{type(self).__name__} {self.version.pk} {self.address} {self.version.digest}"

    @cached_property
    def tables(self) -> tuple[ReleaseTable, ...]:
        return _tables_of(self.version.digest)

    def table(self, code: str) -> ReleaseTable | None:
        return next((one for one in self.tables if one.code == code), None)

    @property
    def hidden(self) -> tuple[int, int]:
        """How many cells are hidden so that no person can be recognised, and how many there are."""
        cells = [cell for table in self.tables for row in table.rows for cell in row[len(table.dimensions) :]]
        return sum(cell == Mark.HIDDEN for cell in cells), len(cells)


@dataclass(frozen=True, slots=True)
class ReleaseNews:
    """That an edition or a correction was published, for a feed."""

    address: str
    quarter: str
    because: str
    at: datetime

    @property
    def is_correction(self) -> bool:
        return bool(self.because)


@dataclass(frozen=True, slots=True)
class AnnouncedEdition:
    """A date that was announced: not come yet, or come and nothing signed."""

    edition: Edition
    is_late: bool
    moves: tuple[EditionDateMove, ...]


@lru_cache(maxsize=32)
def _tables_of(digest: str) -> tuple[ReleaseTable, ...]:
    """The frozen tables with this digest, which says all that is in them: they are read once in a process."""
    version = EditionVersion.objects.filter(digest=digest).order_by("pk")[0]
    return tuple(table_of(one.content) for one in version.tables.filter(for_partners=False))


def finer_tables(version: EditionVersion) -> tuple[ReleaseTable, ...]:
    """Those of this version that only authorities under agreement read."""
    return tuple(table_of(one.content) for one in version.tables.filter(for_partners=True))


def published(at: datetime) -> EditionVersionQuerySet:
    """Every version that the public may read: the newest quarter first, of each the newest version first."""
    found = EditionVersion.objects.published(at).select_related("edition", "signed_by", "countersigned_by")
    return found.order_by("-edition__first_day", "-number")


def current(at: datetime) -> list[PublishedEdition]:
    """Of each published edition the version that holds now, the newest quarter first."""
    newest: dict[int, EditionVersion] = {}
    for version in published(at):
        newest.setdefault(version.edition_id, version)
    return [PublishedEdition(version) for version in newest.values()]


def published_edition(address: str, at: datetime) -> PublishedEdition | None:
    """The edition, or the version of it, at this address: nothing before its announced minute."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    versions = published(at).filter(edition__code=found[1])
    version = (versions.filter(number=int(found[2])) if found[2] else versions).first()
    return PublishedEdition(version) if version else None


def news(at: datetime) -> list[ReleaseNews]:
    """What was published last, and every correction."""
    shown = map(PublishedEdition, published(at)[:NEWS])
    return [
        ReleaseNews(one.address, in_words(one.code), one.version.corrects, one.published_at)
        for one in sorted(shown, key=lambda one: one.published_at, reverse=True)
    ]


def versions_of(edition: Edition, at: datetime) -> list[EditionVersion]:
    """All that were published of an edition, the newest first."""
    return list(published(at).filter(edition=edition))


def not_published(at: datetime) -> QuerySet[Edition]:
    """What is announced and cannot be read yet."""
    out = EditionVersion.objects.published(at).values("edition")
    return Edition.objects.filter(announced_at__lte=at).exclude(pk__in=out)


def announced(at: datetime) -> list[AnnouncedEdition]:
    """What is to come, the next first: with why it is late, and every date that was moved."""
    waiting = not_published(at).prefetch_related("moves")
    return [
        AnnouncedEdition(edition, edition.publish_at <= at, tuple(edition.moves.all()))
        for edition in waiting.order_by("publish_at", "pk")
    ]


def edition_before(shown: PublishedEdition, at: datetime) -> PublishedEdition | None:
    """With what this version is compared: the version before a correction, else the edition of the quarter before."""
    former = published_edition(f"{shown.code}-v{shown.version.number - 1}", at) if shown.version.is_correction else None
    return former or published_edition(before(shown.code), at)


def revisions(shown: PublishedEdition, former: PublishedEdition | None) -> list[Revision]:
    """Every figure that both have, and that is another one now."""
    found: list[Revision] = []
    for table in shown.tables if former else ():
        earlier = former.table(table.code) if former else None
        if earlier is not None and [one.code for one in earlier.dimensions] == [one.code for one in table.dimensions]:
            found += _revised(table, cells_of(earlier), cells_of(table))
    return found


def _revised(
    table: ReleaseTable, was: Mapping[Key, Mapping[str, Cell]], now: Mapping[Key, Mapping[str, Cell]]
) -> list[Revision]:
    return [
        Revision(table.code, key, measure, was[key][measure], cell)
        for key, cells in now.items()
        if key in was
        for measure, cell in cells.items()
        if measure in was[key] and was[key][measure] != cell
    ]


def cells_of(table: ReleaseTable) -> dict[Key, dict[str, Cell]]:
    """The cells by the codes of their row, and by measure."""
    keys = len(table.dimensions)
    return {
        tuple(str(value) for value in row[:keys]): dict(zip(table.measures, _numbers(row[keys:]), strict=True))
        for row in table.rows
    }


def _numbers(cells: tuple[str | Cell, ...]) -> list[Cell]:
    return [cell if isinstance(cell, int | float | Mark) else Mark(cell) for cell in cells]
