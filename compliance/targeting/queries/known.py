"""What is known of many licences at once, as it stood at a moment: a query for each kind of thing, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from compliance.inspections.models import Inspection, Result
from compliance.inspections.states import Finding
from compliance.intelligence.models.intelligence import IntelligenceSubject
from compliance.targeting.rules import indicators
from registry import schemes
from registry.licences.models import Condition, Licence
from registry.organisations.models import Fact
from registry.tasks.models import waited_for


def known(
    licences: Sequence[Licence], *, worth: Mapping[str, int], worth_by_one: int, at: datetime
) -> list[indicators.LicenceFacts]:
    """What is known of each, in their order. Facts that bear a restriction are not read: the score would tell of them.

    `worth` is what the pack says that intelligence of each grade counts; of other grades none is read. A grade with which no
    second person has agreed counts `worth_by_one` at most.
    """
    facts, visits, conditions = _facts(licences, at), _visits(licences, at), _conditions(licences, at)
    graded = _graded(licences, worth, worth_by_one, at)
    return [
        indicators.LicenceFacts(
            number=licence.number,
            granted_on=timezone.localdate(licence.granted_at),
            visits=tuple(visits[licence.organisation_id]),
            conditions=tuple(conditions[licence.pk]),
            facts={key: tuple(stated) for key, stated in facts[licence.organisation_id].items()},
            graded=tuple(graded[licence.organisation_id]),
        )
        for licence in licences
    ]


def _facts(licences: Sequence[Licence], at: datetime) -> dict[int, dict[str, list[indicators.RecordedFact]]]:
    wanted = [licence.organisation_id for licence in licences]
    rows = Fact.objects.filter(
        organisation__in=wanted, key__in=indicators.FACTS_READ, handling={}, at__lte=at
    ).order_by("at", "id")
    found: dict[int, dict[str, list[indicators.RecordedFact]]] = defaultdict(lambda: defaultdict(list))
    for organisation, key, value, source, told_at in rows.values_list("organisation", "key", "value", "source", "at"):
        found[organisation][key].append(indicators.RecordedFact(value, source, timezone.localdate(told_at)))
    return found


def _visits(licences: Sequence[Licence], at: datetime) -> dict[int, list[indicators.PastVisit]]:
    """Confirmed inspections of the organisation, whatever they were for."""
    wanted = [licence.organisation_id for licence in licences]
    confirmed = Inspection.objects.confirmed().filter(organisation__in=wanted, confirmed_at__lte=at)
    inspections = {one.pk: one for one in confirmed.exclude(visited_on=None).order_by("visited_on", "pk")}
    failed: dict[int, list[indicators.FailedStandard]] = defaultdict(list)
    results = Result.objects.filter(inspection__in=inspections, finding=Finding.NOT_MET).order_by("standard")
    for inspection, code in results.values_list("inspection", "standard"):
        scheme = schemes.get(inspections[inspection].scheme, inspections[inspection].version)
        standard = scheme.standard(code)
        failed[inspection].append(indicators.FailedStandard(code, standard.points, standard.critical))
    visits: dict[int, list[indicators.PastVisit]] = defaultdict(list)
    for one in inspections.values():
        if one.visited_on is not None:
            visits[one.organisation_id].append(
                indicators.PastVisit(one.reference, one.visited_on, tuple(failed[one.pk]))
            )
    return visits


def _conditions(licences: Sequence[Licence], at: datetime) -> dict[int, list[indicators.Overdue]]:
    day = timezone.localdate(at)
    still_open = Q(closed_on=None) | Q(closed_on__gt=day)
    to_be_met = waited_for(Condition, "meet", at)
    rows = Condition.objects.filter(still_open, to_be_met, licence__in=list(licences), imposed_on__lte=day)
    found: dict[int, list[indicators.Overdue]] = defaultdict(list)
    for licence, standard, due_on in rows.order_by("due_on", "pk").values_list("licence", "standard", "due_on"):
        found[licence].append(indicators.Overdue(standard, due_on))
    return found


def _graded(
    licences: Sequence[Licence], worth: Mapping[str, int], worth_by_one: int, at: datetime
) -> dict[int, list[indicators.GradedPiece]]:
    """Intelligence about the organisation, by its reference and grade alone: neither text nor source nor how it may be shared."""
    found: dict[int, list[indicators.GradedPiece]] = defaultdict(list)
    if not worth:
        return found
    wanted = [licence.organisation_id for licence in licences]
    rows = IntelligenceSubject.objects.filter(organisation__in=wanted, intelligence__recorded_at__lte=at)
    asked = ("reference", "learnt_on", "source_grade", "information_grade", "grade_agreed_at")
    listed = rows.order_by("intelligence").values_list("organisation", *(f"intelligence__{one}" for one in asked))
    for organisation, reference, learnt_on, source, information, agreed_at in listed:
        grade = f"{source}{information}"
        counts = worth.get(grade, 0) if agreed_at else min(worth.get(grade, 0), worth_by_one)
        found[organisation].append(indicators.GradedPiece(reference, learnt_on, grade, counts))
    return found
