"""Reports of concerns as they are counted: not a word of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from compliance.reports.models.reports import Report, TriageDecision
from compliance.reports.models.triage import ReportTag, TagKind
from compliance.statistics.queries.inspections import signs
from compliance.statistics.queries.people_tables import ByPeriod
from compliance.statistics.queries.quarters import Quarter, quarter_at, span
from compliance.statistics.queries.tables import StatisticsTable, SuppressionRule
from registry.editions.tables import CountedThing
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class CountedReport:
    """A report by what is counted of it: not a word of it."""

    quarter: Quarter
    decision: str
    channel: str
    indicators: tuple[str, ...]


NOT_DECIDED = "undecided"


def received_reports(quarters: Sequence[Quarter]) -> list[CountedReport]:
    since, until = span(quarters)
    received = Report.objects.filter(received_at__gte=since, received_at__lt=until)
    tags: dict[int, list[str]] = {}
    indicators = ReportTag.objects.filter(kind=TagKind.INDICATOR, report__in=received).order_by("code")
    for report, code in indicators.values_list("report", "code"):
        tags.setdefault(report, []).append(code)
    of = quarter_at(quarters)
    return [
        CountedReport(of(at), decision or NOT_DECIDED, channel, tuple(dict.fromkeys(tags.get(key, ()))))
        for key, at, decision, channel in received.order_by("pk").values_list(
            "pk", "received_at", "decision", "channel"
        )
    ]


def first_received() -> datetime | None:
    first: datetime | None = Report.objects.aggregate(first=Min("received_at"))["first"]
    return first


def outcomes() -> list[tuple[str, str]]:
    return [*((code, str(title)) for code, title in TriageDecision.choices), (NOT_DECIDED, _("Not decided yet"))]


def of_reports(scheme: Scheme, quarters: Sequence[Quarter], way: SuppressionRule) -> list[StatisticsTable]:
    """Of all schemes: most reports name no licence. What a person says of a report later is in no period published before."""
    decisions = outcomes()
    of = ByPeriod(
        received_reports, quarters, lambda one: one.quarter, way, counts=CountedThing.REPORTS, began=first_received
    )
    of.apart("reports", _("Reports of concerns by outcome"), decisions, lambda one: one.decision, groups=1)
    of.mentions("indicators", _("Indicators of forced labour in reports"), signs(scheme), lambda one: one.indicators)
    return of.tables()
