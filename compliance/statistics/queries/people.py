"""Tables about people: as the staff's page shows them, and as an edition of the statistics releases them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from compliance.statistics.queries.periods import title_of
from compliance.statistics.queries.quarters import Quarter
from compliance.statistics.queries.referrals import of_referrals
from compliance.statistics.queries.reports import of_reports
from compliance.statistics.queries.tables import Former, N, Row, StatisticsTable, SuppressionRule
from registry import schemes
from registry.disclosure.rules.releases import TOTAL
from registry.disclosure.rules.windows import Window
from registry.editions.queries.declaring import ALL, in_languages, measures, release_table
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.schemes import Scheme

#: The code of the row with everyone, in a released table.
NUMBER = "number"


def tables_of_people(
    scheme: Scheme, quarters: Sequence[Quarter], way: SuppressionRule, *, on: date
) -> list[StatisticsTable]:
    """Reports, which are of all schemes, and the scheme's referrals.

    Reports with zero printed in one scheme and left out in another would give away what the other leaves out.
    """
    common = replace(way, prints_zero=all(one.statistics.prints_zero for one in schemes.all_in_force(on)))
    return [*of_reports(scheme, quarters, common), *of_referrals(scheme, quarters, way)]


def people_tables(
    scheme: Scheme, quarters: Sequence[Quarter], *, on: date, former: Former | None = None
) -> tuple[ReleaseTable, ...]:
    """The tables about people for an edition of these quarters, the oldest first, in each language of the site.

    `former` is what the edition before published (`former_of`): what was published of a period is not changed.
    """
    way = SuppressionRule(scheme.statistics.prints_zero, scheme.statistics.businesses, former or {})
    made = tables_of_people(scheme, quarters, way, on=on)
    kept = replace(way, kept={one.code: one.published for one in made})
    spoken: dict[str, list[StatisticsTable]] = {}
    for language in settings.SITE_LANGUAGES:
        with override(language):
            spoken[language] = tables_of_people(scheme, quarters, kept, on=on)
    return tuple(
        _release({language: tables[place] for language, tables in spoken.items()}) for place in range(len(made))
    )


def former_of(tables: Iterable[ReleaseTable]) -> Former:
    """What an edition published of people, as the next one is told."""
    found: dict[tuple[str, Window], dict[tuple[str, str], int | None]] = {}
    for table in tables:
        for period, row, number in table.rows:
            cells = found.setdefault((table.code, window_of(str(period))), {})
            cells[TOTAL if row == ALL else str(row), N] = number if isinstance(number, int) else None
    return dict(found)


def code_of(window: Window) -> str:
    """2026-Q3, 2026-H2, 2026 or 2025-2026."""
    year, place = divmod(window.first, 4)
    match window.quarters:
        case 1:
            return f"{year}-Q{place + 1}"
        case 2:
            return f"{year}-H{place // 2 + 1}"
        case 4:
            return str(year)
    return f"{year}-{year + 1}"


def window_of(code: str) -> Window:
    year, _dash, part = code.partition("-")
    first = int(year) * 4
    if not part:
        return Window(first, 4)
    if part.startswith("Q"):
        return Window(first + int(part[1:]) - 1)
    return Window(first + (int(part[1:]) - 1) * 2, 2) if part.startswith("H") else Window(first, 8)


def _release(spoken: Mapping[str, StatisticsTable]) -> ReleaseTable:
    table = next(iter(spoken.values()))
    windows = sorted(table.published)
    rows = {key[0] or ALL: in_languages(partial(_row_title, spoken, key)) for key, _title in table.rows}
    return release_table(
        table.code,
        table.counts,
        title=lambda: _in_this_language(spoken).title,
        about=lambda: _in_this_language(spoken).about,
        dimensions=(
            Dimension(
                "period",
                in_languages(_("Period")),
                {code_of(one): in_languages(partial(title_of, one)) for one in windows},
            ),
            Dimension("row", in_languages(_("Row")), rows),
        ),
        measures=measures(**{NUMBER: _("Reports") if table.counts == CountedThing.REPORTS else _("People")}),
        unit=table.counts.value,
        rows=(
            (code_of(window), key[0] or ALL, _cell(table.published[window][key]))
            for window in windows
            for key, _title in table.rows
            if key in table.published[window]
        ),
    )


def _in_this_language(spoken: Mapping[str, StatisticsTable]) -> StatisticsTable:
    return spoken[str(get_language())]


def _row_title(spoken: Mapping[str, StatisticsTable], key: Row) -> str:
    return dict(_in_this_language(spoken).rows)[key]


def _cell(number: int | None) -> Cell:
    return Mark.HIDDEN if number is None else number


def text_code(language: str) -> str:
    """The code that texts of packs have: en for en-gb."""
    return language.split("-")[0]
