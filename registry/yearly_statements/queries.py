"""Yearly statements: the list, the figures of a year from frozen tables, and what the public reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.accounts.models import User
from registry.editions.models import EditionVersion
from registry.editions.queries.headlines import HEADLINES, cell_of
from registry.editions.queries.published import PublishedEdition, current
from registry.editions.rules.charts import in_figures
from registry.editions.rules.quarters import in_a_table, trend_of
from registry.yearly_statements.filters import YearlyStatementFilter
from registry.yearly_statements.models import YearlyStatement


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The headline figures of each quarter of a year, as one frozen edition has them."""

    address: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement as the public and the preview show it."""

    statement: YearlyStatement
    title: str
    figures: YearFigures | None
    waits_for_opinion: bool


def statements(params: Mapping[str, Any], *, by: User) -> YearlyStatementFilter:
    return YearlyStatementFilter(params, queryset=YearlyStatement.objects.visible_to(by))


def years_to_announce(today: date) -> list[tuple[str, str]]:
    """This year and the two before it, where nothing is announced."""
    years = [str(today.year - back) for back in range(3)]
    taken = set(YearlyStatement.objects.filter(code__in=years).values_list("code", flat=True))
    return [(year, year) for year in years if year not in taken]


def source_of(year: str, at: datetime) -> PublishedEdition | None:
    """The newest published edition that has all quarters of the year."""
    wanted = set(_quarters(year))
    return next((one for one in current(at) if wanted <= set(trend_of(one.code))), None)


def figures_of(year: str, version: EditionVersion) -> YearFigures:
    shown, quarters = PublishedEdition(version), _quarters(year)
    return YearFigures(shown.address, tuple(map(in_a_table, quarters)), tuple(_rows(shown, quarters)))


def _quarters(year: str) -> tuple[str, ...]:
    return tuple(f"{year}-Q{number}" for number in range(1, 5))


def _rows(shown: PublishedEdition, quarters: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in HEADLINES:
        table = shown.table(one.table)
        if table is not None:
            yield str(one.of), tuple(in_figures(cell_of(table, code, one.measure)) for code in quarters)


def page_of(statement: YearlyStatement, at: datetime) -> StatementPage:
    """With the figures that it was written with; before that, those of the newest edition that has them."""
    source = source_of(statement.code, at) if statement.version is None else None
    version = statement.version or (source.version if source else None)
    until, today = statement.opinion_until, timezone.localdate(at)
    return StatementPage(
        statement=statement,
        title=title_of(statement),
        figures=figures_of(statement.code, version) if version else None,
        waits_for_opinion=until is not None and today <= until,
    )


def title_of(statement: YearlyStatement) -> str:
    return _("Yearly statement %(year)s") % {"year": statement.code}


def published(at: datetime) -> list[YearlyStatement]:
    """What the public may read, the newest first."""
    return list(YearlyStatement.objects.published(at).order_by("-code"))


def announced(at: datetime) -> list[YearlyStatement]:
    """What is announced and not published."""
    return list(YearlyStatement.objects.filter(announced_at__lte=at, countersigned_at=None).order_by("publish_by"))


def published_page(year: int, at: datetime) -> StatementPage | None:
    rows = YearlyStatement.objects.published(at).select_related(
        "version__edition", "signed_by", "countersigned_by", "opinion__given_by"
    )
    one = rows.filter(code=str(year)).first()
    return page_of(one, at) if one else None
