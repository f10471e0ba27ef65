"""What was found: for those who decide, and for the pages that show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from compliance.inspections import rules
from compliance.inspections.models import Inspection, InspectionQuerySet, Result
from compliance.inspections.rules import Score
from compliance.inspections.states import Finding
from registry import schemes
from registry.organisations.models import Organisation
from registry.schemes import Scheme, Standard, StandardSection, said


def inspections_for(organisation: Organisation) -> InspectionQuerySet:
    """Every inspection of one organisation, newest first."""
    return _newest_first(Inspection.objects.filter(organisation=organisation))


def unmet(inspections: Iterable[Inspection]) -> tuple[str, ...]:
    """The standards that any of these inspections found not to be met."""
    wanted = [inspection.pk for inspection in inspections]
    found = Result.objects.filter(inspection__in=wanted, finding=Finding.NOT_MET)
    return tuple(found.order_by("standard").values_list("standard", flat=True).distinct())


def score_of(inspection: Inspection) -> Score:
    """What one inspection adds up to, on the version of the scheme that it is scored on."""
    return rules.score(scheme_of(inspection), unmet([inspection]))


def scheme_of(inspection: Inspection) -> Scheme:
    return schemes.get(inspection.scheme, inspection.version)


@dataclass(frozen=True, slots=True)
class FindingInWords:
    """One standard of an inspection, in the reader's language: what it asks, what was found, and the points it costs."""

    code: str
    title: str
    guidance: str
    worth: int
    critical: bool
    finding: str
    finding_in_words: str
    evidence: str
    business_comment: str

    @property
    def is_unmet(self) -> bool:
        return self.finding == Finding.NOT_MET

    @property
    def points(self) -> int:
        return self.worth if self.is_unmet else 0


@dataclass(frozen=True, slots=True)
class TestedSection:
    """The standards of one section of the scheme that an inspection tests."""

    number: int
    title: str
    tested: tuple[FindingInWords, ...]

    @property
    def found(self) -> int:
        """Of how many of them something has been found."""
        return sum(1 for one in self.tested if one.finding)

    @property
    def state(self) -> str:
        return "completed" if self.found == len(self.tested) else "incomplete"


def sections_of(inspection: Inspection) -> tuple[TestedSection, ...]:
    """The relevant standards with what was found of each, section by section in the pack's order."""
    scheme = scheme_of(inspection)
    results = {result.standard: result for result in inspection.results.all()}
    sections = [
        _section(section, [scheme.standard(code) for code in inspection.standards], results)
        for section in scheme.standard_sections
    ]
    return tuple(section for section in sections if section.tested)


def section_of(inspection: Inspection, number: int) -> TestedSection | None:
    return next((section for section in sections_of(inspection) if section.number == number), None)


def _section(section: StandardSection, standards: Iterable[Standard], results: dict[str, Result]) -> TestedSection:
    own = (standard for standard in standards if standard.section == section.number)
    return TestedSection(
        section.number,
        said(section.title, get_language()),
        tuple(_tested(standard, results.get(standard.code, Result())) for standard in own),
    )


def _tested(standard: Standard, result: Result) -> FindingInWords:
    language = get_language()
    return FindingInWords(
        code=standard.code,
        title=said(standard.title, language),
        guidance=said(standard.guidance, language),
        worth=standard.points,
        critical=standard.critical,
        finding=result.finding,
        finding_in_words=result.get_finding_display(),
        evidence=result.evidence,
        business_comment=result.business_comment,
    )


def _newest_first(inspections: InspectionQuerySet) -> InspectionQuerySet:
    return inspections.select_related("organisation", "inspector").order_by("-commissioned_at", "-pk")
