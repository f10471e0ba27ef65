"""Reports of concerns as they are counted: not a word of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.intelligence.queries import methods as queries
from compliance.reports.models.reports import Report, TriageDecision
from compliance.reports.models.triage import ReportTag, TagKind
from compliance.statistics.queries.inspections import signs
from compliance.statistics.queries.people_tables import ByPeriod
from compliance.statistics.queries.quarters import Quarter, quarter_at, span
from compliance.statistics.queries.tables import StatisticsTable, SuppressionRule
from registry.editions.tables import CountedThing
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class CountedReport:
    """A report by what is counted of it: not a word of it."""

    quarter: Quarter
    decision: str
    channel: str
    indicators: tuple[str, ...]
    methods: tuple[str, ...] = ()


NOT_DECIDED = "undecided"


def received_reports(quarters: Sequence[Quarter]) -> list[CountedReport]:
    since, until = span(quarters)
    received = Report.objects.filter(received_at__gte=since, received_at__lt=until)
    signs, ways = _tagged(received, TagKind.INDICATOR), _tagged(received, TagKind.METHOD)
    # What an analyst said of intelligence from a report is said of the report too, and counted once.
    for report, code in queries.methods_of_reports(received):
        ways.setdefault(report, []).append(code)
    of = quarter_at(quarters)
    return [
        CountedReport(of(at), decision or NOT_DECIDED, channel, _once(signs, key), _once(ways, key))
        for key, at, decision, channel in received.order_by("pk").values_list(
            "pk", "received_at", "decision", "channel"
        )
    ]


def _tagged(reports: "QuerySet[Report]", kind: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    tags = ReportTag.objects.filter(kind=kind, report__in=reports).order_by("code")
    for report, code in tags.values_list("report", "code"):
        found.setdefault(report, []).append(code)
    return found


def _once(tags: Mapping[int, Sequence[str]], report: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags.get(report, ())))


def methods_named(scheme: Scheme) -> list[tuple[str, str]]:
    """The methods of offenders by their codes, in words."""
    words = scheme.intelligence.methods if scheme.intelligence else ()
    return [(one.code, f"{one.code}. {said(one.title, get_language())}") for one in words]


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
    of.mentions("methods", _("Methods of offenders in reports"), methods_named(scheme), lambda one: one.methods)
    return of.tables()
