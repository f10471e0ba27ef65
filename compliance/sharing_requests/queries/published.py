"""How often anything was shared with a guarded authority, as everyone may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing, StatedSharing
from compliance.guarded_sharing.states import SharingWay, StatedWay
from compliance.statistics.queries.people import NUMBER, code_of
from compliance.statistics.queries.quarters import Quarter, quarter_at, quarters_over, span
from compliance.statistics.queries.referrals import REFERRALS
from compliance.statistics.queries.tables import LEFT_OUT
from registry.agencies import queries as agencies
from registry.disclosure.rules.windows import Window
from registry.editions.queries.declaring import ALL
from registry.editions.queries.published import cells_of, current
from registry.editions.tables import Cell, Mark, ReleaseTable
from registry.schemes import GuardedKind, said

KIND, QUARTER, TOTAL = _("Kind of authority"), _("Quarter"), _("Total")
#: Of people, and so no part of the total: each is a person, and a small number could point at one.
REFERRED = _("People referred for help")


@dataclass(frozen=True, slots=True)
class SharedCount:
    """How often anything was shared with one kind of guarded authority in one quarter, by each way; zero is a number too.

    `referred` is the number of people that the statistics have published, or that there is none.
    """

    quarter: Quarter
    counts: tuple[int, ...]
    referred: int | str

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SharedTable:
    """One kind of authority: its rows, and what the pack states once as the basis of checks and of referrals."""

    code: str
    title: str
    rows: tuple[SharedCount, ...]
    stated: tuple[tuple[str | Promise, str], ...]


HEADINGS: tuple[str | Promise, ...] = (
    _("Intelligence"),
    _("What a report led to"),
    _("Joint visits"),
    _("Joint cases"),
    _("Messages"),
    _("Checks about businesses"),
)


def published_counts(at: datetime) -> list[SharedTable]:
    """One table for each guarded kind, the newest quarter that is over first."""
    on = timezone.localdate(at)
    quarters = quarters_over(on)
    found, referred = _counted(quarters), _referred(quarters, at)
    return [
        SharedTable(
            kind.code,
            said(kind.title, get_language()),
            tuple(
                SharedCount(
                    quarter,
                    tuple(found.count((kind.code, way.value, quarter)) for way in (*SharingWay, StatedWay.CHECK)),
                    referred[quarter],
                )
                for quarter in reversed(quarters)
            ),
            tuple(_stated(kind)),
        )
        for kind in agencies.guards(on)
    ]


def _counted(quarters: Sequence[Quarter]) -> list[tuple[str, str, Quarter]]:
    since, until = span(quarters)
    of, between = quarter_at(quarters), {"shared_at__gte": since, "shared_at__lt": until}
    columns = ("kind", "way", "shared_at")
    shared = [
        *GuardedSharing.objects.filter(**between).values_list(*columns),
        *StatedSharing.objects.filter(way=StatedWay.CHECK, **between).values_list(*columns),
    ]
    return [(kind, way, of(at)) for kind, way, at in shared if at]


def _stated(kind: GuardedKind) -> list[tuple[str | Promise, str]]:
    titles = {StatedWay.CHECK.value: HEADINGS[-1], StatedWay.REFERRAL.value: REFERRED}
    return [(titles[one.way], said(one.title, get_language())) for one in kind.stated]


def _referred(quarters: Sequence[Quarter], at: datetime) -> Mapping[Quarter, int | str]:
    """Of each quarter the sum of what the statistics say of each scheme: nothing that they have not published already."""
    tables = [[one for one in shown.tables if one.code.startswith(REFERRALS)] for shown in current(at)]
    return {quarter: _of_quarter([one for one in tables if one], quarter) for quarter in quarters}


def _of_quarter(editions: Sequence[Sequence[ReleaseTable]], quarter: Quarter) -> int | str:
    """By the newest edition that has the quarter."""
    key = (code_of(Window(quarter.number)), ALL)
    for tables in editions:
        cells = [_cell(table, key) for table in tables]
        if any(cell is not None for cell in cells):
            return sum(int(cell) for cell in cells if cell) if all(_is_number(cell) for cell in cells) else LEFT_OUT
    return LEFT_OUT


def _cell(table: ReleaseTable, key: tuple[str, str]) -> Cell | None:
    return cells_of(table).get(key, {}).get(NUMBER)


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and not isinstance(cell, Mark)
