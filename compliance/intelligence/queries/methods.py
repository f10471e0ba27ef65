"""Methods of offenders: which there are for a piece of intelligence, which it is tagged by, and which those of reports are."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import get_language

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.methods import IntelligenceMethod
from compliance.reports.models.reports import Report
from compliance.reports.queries import signs
from registry import schemes
from registry.schemes import IntelligenceTerms, OffenderMethod, said


def methods_for(intelligence: Intelligence) -> tuple[OffenderMethod, ...]:
    """Those of the newest version of its scheme: new methods are found long after a piece was graded."""
    terms = _terms_for(intelligence)
    return terms.methods if terms else ()


def choices_for(intelligence: Intelligence) -> list[tuple[str, str]]:
    """The same to choose from, each with its guidance."""
    return signs.choices(_terms_for(intelligence), methods_for(intelligence))


def _terms_for(intelligence: Intelligence) -> IntelligenceTerms | None:
    return schemes.get(intelligence.scheme, schemes.versions(intelligence.scheme)[-1]).intelligence


def codes_of(intelligence: Intelligence) -> list[str]:
    return list(intelligence.methods.order_by("pk").values_list("code", flat=True))


def in_words(intelligence: Intelligence) -> list[str]:
    titles = {one.code: said(one.title, get_language()) for one in methods_for(intelligence)}
    return [f"{code} {titles.get(code, '')}".strip() for code in codes_of(intelligence)]


def methods_of_reports(reports: "QuerySet[Report]") -> Iterator[tuple[int, str]]:
    """The key of a report with each method by which intelligence from it is tagged."""
    tagged = IntelligenceMethod.objects.filter(intelligence__report__in=reports).order_by("code")
    yield from tagged.values_list("intelligence__report", "code")
