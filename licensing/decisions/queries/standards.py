"""What the page of one application, decision or licence shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.queries import ReportHearing, heard_of
from compliance.inspections import rules as compliance_rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings
from compliance.inspections.states import Finding
from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.inspections.queries import inspections_of
from registry.licences.models import Licence
from registry.schemes import Scheme, Standard, said


@dataclass(frozen=True, slots=True)
class Unmet:
    """A standard that a confirmed inspection found not to be met, ready to become a ground."""

    standard: str
    title: str
    points: int
    critical: bool
    inspection: str
    evidence: str
    business_comment: str


@dataclass(frozen=True, slots=True)
class InspectionSummary:
    """What the confirmed inspections of a case add up to."""

    inspections: tuple[Inspection, ...]
    unmet: tuple[Unmet, ...]
    points: int
    fail_at: int
    proposes: str
    heard: tuple[ReportHearing, ...]

    @property
    def proposes_in_words(self) -> str | Promise:
        return PROPOSES.get(self.proposes, "")


PROPOSES: dict[str, str | Promise] = {
    "grant": _("to grant"),
    "grant_with_conditions": _("to grant with conditions"),
    "refuse": _("to refuse, or to take the licence away"),
}


def seen_of(subject: Application | Licence) -> InspectionSummary | None:
    """What the confirmed inspections add up to; nothing when there is none."""
    confirmed = tuple(one for one in inspections_of(subject) if one.status == "confirmed")
    if not confirmed:
        return None
    scheme = scheme_of(subject)
    score = compliance_rules.score(scheme, findings.unmet(confirmed))
    return InspectionSummary(
        inspections=confirmed,
        unmet=tuple(_unmet(scheme, confirmed)),
        points=score.points,
        fail_at=scheme.fail_at,
        proposes=compliance_rules.proposes(score),
        heard=heard_of(confirmed),
    )


def _unmet(scheme: Scheme, inspections: Iterable[Inspection]) -> Iterator[Unmet]:
    for inspection in inspections:
        for result in inspection.results.filter(finding=Finding.NOT_MET).order_by("standard"):
            standard = scheme.standard(result.standard)
            yield Unmet(
                standard.code,
                said(standard.title, get_language()),
                standard.points,
                standard.critical,
                inspection.reference,
                result.evidence,
                result.business_comment,
            )


def standard_in_words(standard: Standard) -> str:
    return f"{standard.code} {said(standard.title, get_language())}"
