"""How often anything was shared with a guarded authority, as everyone may read it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingWay
from compliance.statistics.queries.quarters import Quarter, quarter_at, quarters_over, span
from registry.agencies import queries as agencies
from registry.schemes import said

KIND, QUARTER, TOTAL = _("Kind of authority"), _("Quarter"), _("Total")


@dataclass(frozen=True, slots=True)
class SharedCount:
    """How often anything was shared with one kind of guarded authority in one quarter, by each way; zero is a number too."""

    quarter: Quarter
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SharedTable:
    code: str
    title: str
    rows: tuple[SharedCount, ...]


HEADINGS: tuple[str | Promise, ...] = (
    _("Intelligence"),
    _("What a report led to"),
    _("Joint visits"),
    _("Joint cases"),
    _("Messages"),
)


def published_counts(on: date) -> list[SharedTable]:
    """One table for each guarded kind, the newest quarter that is over first."""
    quarters = quarters_over(on)
    since, until = span(quarters)
    of = quarter_at(quarters)
    shared = GuardedSharing.objects.filter(shared_at__gte=since, shared_at__lt=until)
    found = [(kind, way, of(at)) for kind, way, at in shared.values_list("kind", "way", "shared_at") if at]
    return [
        SharedTable(
            kind.code,
            said(kind.title, get_language()),
            tuple(
                SharedCount(quarter, tuple(found.count((kind.code, way.value, quarter)) for way in SharingWay))
                for quarter in reversed(quarters)
            ),
        )
        for kind in agencies.guards(on)
    ]
