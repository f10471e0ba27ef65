"""Confirmed inspections as they are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection, Result
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow, Finding
from compliance.interviews.models import SeenIndicator
from compliance.statistics.queries.quarters import Quarter, quarter_at, span
from compliance.statistics.queries.tables import By, StatisticsTable, SuppressionRule
from registry.premises.models import Nation, nation_of
from registry.schemes import Scheme, coded, said


@dataclass(frozen=True, slots=True)
class CountedVisit:
    """A confirmed inspection by what is counted of it."""

    quarter: Quarter
    how: str
    failed: bool
    nation: str
    sectors: tuple[str, ...]
    unmet: tuple[str, ...]
    seen: tuple[str, ...]  # signs of forced labour, by their codes


BEFORE_GRANT = "other"
#: What is read of a visit, of thousands at once.
COUNTED = ("scheme", "version", "kind", "facts", "confirmed_at", "organisation__address", "choice__how")


def confirmed_visits(scheme: Scheme, quarters: Sequence[Quarter]) -> list[CountedVisit]:
    """By the day on which the report was confirmed: from then on nothing about it changes, and so its quarter does not."""
    since, until = span(quarters)
    confirmed = Inspection.objects.confirmed().filter(
        scheme=scheme.name, confirmed_at__gte=since, confirmed_at__lt=until
    )
    unmet: dict[int, list[str]] = {}
    results = Result.objects.filter(inspection__in=confirmed, finding=Finding.NOT_MET).order_by("standard")
    for inspection, code in results.values_list("inspection", "standard"):
        unmet.setdefault(inspection, []).append(code)
    seen: dict[int, list[str]] = {}
    signs = SeenIndicator.objects.filter(inspection__in=confirmed).order_by("code")
    for inspection, code in signs.values_list("inspection", "code"):
        seen.setdefault(inspection, []).append(code)
    rows = confirmed.select_related("organisation", "choice").only(*COUNTED).order_by("pk")
    of = quarter_at(quarters)
    return [_visit(one, of(_confirmed_at(one)), unmet.get(one.pk, []), seen.get(one.pk, [])) for one in rows]


def _visit(one: Inspection, quarter: Quarter, unmet: Sequence[str], seen: Sequence[str]) -> CountedVisit:
    choice = getattr(one, "choice", None)
    address = one.organisation.address or {}
    sectors = one.facts.get("sectors") or ()
    return CountedVisit(
        quarter=quarter,
        how=choice.how if choice else ChosenHow.REACTIVE if one.kind in REACTIVE else BEFORE_GRANT,
        failed=inspection_rules.score(scheme_of(one), unmet).failed,
        nation=nation_of(str(address.get("country", ""))) or Nation.OTHER,
        sectors=tuple(sectors) if isinstance(sectors, list) else (),
        unmet=tuple(unmet),
        seen=tuple(seen),
    )


def _confirmed_at(one: Inspection) -> datetime:
    assert one.confirmed_at is not None
    return one.confirmed_at


def ways_chosen() -> list[tuple[str, str]]:
    return [*((one.value, str(one.label)) for one in ChosenHow), (BEFORE_GRANT, _("For an application or a change"))]


def visit_outcomes() -> list[tuple[str, str]]:
    return [("passed", _("passed")), ("failed", _("failed"))]


def of_visits(scheme: Scheme, quarters: Sequence[Quarter], way: SuppressionRule) -> list[StatisticsTable]:
    language = get_language()
    hows, outcomes = ways_chosen(), visit_outcomes()
    sectors = [(one.code, said(one.title, language)) for one in scheme.sectors]
    standards = coded(scheme.standards, language)
    of = By(lambda: confirmed_visits(scheme, quarters), quarters, lambda one: one.quarter, way)
    return [
        of.crossed(
            "inspections",
            _("Confirmed inspections by how they came about, and outcome"),
            hows,
            outcomes,
            lambda one: (one.how, "failed" if one.failed else "passed"),
        ),
        of.apart("regions", _("Inspections by part of the United Kingdom"), Nation.choices, lambda one: one.nation),
        of.mentions("sectors", _("Inspections by sector"), sectors, lambda one: one.sectors, at_least=len),
        of.mentions(
            "standards", _("Standards found not to be met"), standards, lambda one: one.unmet, at_least=_failed
        ),
        of.mentions(
            "signs",
            _("Indicators of forced labour seen on visits"),
            signs(scheme),
            lambda one: one.seen,
        ),
    ]


def signs(scheme: Scheme) -> list[tuple[str, str]]:
    """The indicators of forced labour by their codes, in words."""
    words = scheme.intelligence.indicators if scheme.intelligence else ()
    return [(one.code, f"{one.code}. {said(one.title, get_language())}") for one in words]


def _failed(visits: Sequence[CountedVisit]) -> int:
    """Each that failed has at least one standard that was not met."""
    return sum(one.failed for one in visits)
