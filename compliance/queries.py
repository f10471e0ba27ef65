"""Reads with a name: what was found, for those who decide; and whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from compliance import rules
from compliance.models import Inspection, InspectionQuerySet, Result
from compliance.rules import Score
from compliance.states import Finding, InspectionStatus
from registry import schemes
from registry.models import Organisation, User
from registry.schemes import Scheme, Standard
from registry.schemes.scheme import StandardSection


def confirmed_for(case: str) -> InspectionQuerySet:
    """The confirmed inspections that inform one application, newest first."""
    return for_case(case).confirmed()


def for_case(case: str) -> InspectionQuerySet:
    """Every inspection that was commissioned for one application, whatever became of it, newest first."""
    return _newest_first(Inspection.objects.filter(case=case).exclude(case=""))


def for_licence(licence_number: str) -> InspectionQuerySet:
    """Every inspection that was commissioned for one licence, newest first."""
    return _newest_first(Inspection.objects.filter(licence_number=licence_number).exclude(licence_number=""))


def inspections_for(organisation: Organisation) -> InspectionQuerySet:
    """Every inspection of one organisation, newest first."""
    return _newest_first(Inspection.objects.filter(organisation=organisation))


def holds_open_inspection(user: User, case: str) -> bool:
    """Whether this inspector has an inspection in hand that informs the application."""
    return for_case(case).filter(inspector=user, status__in=rules.OPEN).exists()


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


def waiting_for(user: User) -> InspectionQuerySet:
    """The inspections where it is this person's turn: to carry out, or to confirm what another has reported."""
    turn = Q(pk=None)
    if user.has_perm("compliance.report_inspection"):
        turn |= Q(status=InspectionStatus.COMMISSIONED, inspector=user)
    if user.has_perm("compliance.confirm_inspection"):
        turn |= Q(status=InspectionStatus.REPORTED) & ~Q(inspector=user)
    return Inspection.objects.visible_to(user).filter(turn)


def open_count_for(user: User) -> int:
    """How many inspections wait for this person."""
    return waiting_for(user).count()


@dataclass(frozen=True, slots=True)
class Tested:
    """One standard of an inspection: what the pack says of it, what was found, and the points that it costs."""

    standard: Standard
    result: Result | None

    @property
    def points(self) -> int:
        return self.standard.points if self.result is not None and self.result.finding == Finding.NOT_MET else 0


@dataclass(frozen=True, slots=True)
class TestedSection:
    """The standards of one section that an inspection tests."""

    number: int
    title: schemes.Text
    tested: tuple[Tested, ...]

    @property
    def found(self) -> int:
        """How many of them something has been found of."""
        return sum(1 for one in self.tested if one.result is not None and one.result.finding)


def sections_of(inspection: Inspection) -> tuple[TestedSection, ...]:
    """The relevant standards with what was found of each, section by section in the pack's order."""
    scheme = scheme_of(inspection)
    results = {result.standard: result for result in inspection.results.all()}
    tested = [Tested(scheme.standard(code), results.get(code)) for code in inspection.standards]
    sections = (_section(section, tested) for section in scheme.standard_sections)
    return tuple(section for section in sections if section.tested)


def _section(section: StandardSection, tested: Iterable[Tested]) -> TestedSection:
    return TestedSection(
        section.number, section.title, tuple(one for one in tested if one.standard.section == section.number)
    )


def _newest_first(inspections: InspectionQuerySet) -> InspectionQuerySet:
    return inspections.select_related("organisation", "inspector").order_by("-commissioned_at", "-pk")
