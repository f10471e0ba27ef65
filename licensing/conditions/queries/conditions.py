"""How far each condition of a licence has come: what was sent, who looked, what was found, and what is proposed next.

The evidence of a case: by requirement of the pack, by request, and who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.inspections.models import OPEN, Inspection, InspectionKind, Result
from compliance.inspections.states import Finding, InspectionStatus
from licensing.appeals.states import SET_ASIDE
from licensing.applications.queries.applications import scheme_of
from licensing.conditions.models import DeskCheck
from licensing.decisions.models.grounds import ProposedCondition
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.rows import MODIFICATIONS
from registry.documents.models import Document
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.schemes import said

SEEN = (Finding.MET, Finding.NOT_MET)


def to_come(licence: Licence) -> "QuerySet[ProposedCondition]":
    """What has been decided of the conditions of a licence and does not hold yet: added or varied from a later day.

    What a tribunal has not upheld does not come, nor does the variation of a condition that is closed meanwhile.
    """
    decided = ProposedCondition.objects.filter(
        became=None,
        decision__licence=licence,
        decision__licence__status=LicenceStatus.ACTIVE,
        decision__kind__in=MODIFICATIONS,
        decision__status=DecisionStatus.DECIDED,
    )
    still_there = Q(decision__condition=None) | Q(decision__condition__status=ConditionStatus.OPEN)
    upheld = decided.filter(still_there).exclude(decision__appeals__outcome__in=SET_ASIDE)
    return upheld.select_related("decision").order_by("decision__takes_effect", "pk")


def verifications_of(licence: Licence) -> list[Inspection]:
    """The visits that were commissioned to see whether a condition is met, the newest first."""
    visits = Inspection.objects.filter(licence_number=licence.number, kind=InspectionKind.VERIFICATION)
    return list(visits.select_related("inspector").order_by("-commissioned_at", "-pk"))


def visits_of(condition: Condition, visits: Iterable[Inspection]) -> tuple[Inspection, ...]:
    """Those of the visits that look at this condition."""
    return tuple(
        one
        for one in visits
        if condition.standard in one.standards and timezone.localdate(one.commissioned_at) >= condition.imposed_on
    )


def open_visits_of(condition: Condition) -> int:
    """How many visits about this condition have not been confirmed yet."""
    return sum(one.status in OPEN for one in visits_of(condition, verifications_of(condition.licence)))


def ground_on(condition: Condition) -> dict[str, Any]:
    """A ground that rests on this condition, ready to be put into words: with what was found at the desk against it."""
    against = condition.desk_checks.filter(is_met=False).order_by("checked_at", "pk")
    keys = [f"desk_check:{condition.reference}:{one.pk}" for one in against]
    return {"standard": condition.reference, "exhibits": keys}


def grounds_on_failed(licence: Licence, reference: str) -> list[dict[str, Any]]:
    """The ground to begin a proposal with that follows from a failed condition; none where it follows from something else."""
    failed = licence.conditions.filter(reference=reference, status=ConditionStatus.FAILED).first()
    if failed is None:
        return []
    text = _("The holder was to do this, and did not: %(requirement)s") % {"requirement": failed.requirement}
    return [{**ground_on(failed), "text": text}]


def seen_met(conditions: Iterable[Condition]) -> frozenset[int]:
    """The keys of the conditions that whoever looked last found met: at the desk, or on a confirmed visit since it was imposed."""
    by_key = {one.pk: one for one in conditions}
    seen: dict[int, tuple[datetime, bool]] = {}
    for check in DeskCheck.objects.filter(condition__in=by_key).order_by("checked_at", "pk"):
        seen[check.condition_id] = (check.checked_at, check.is_met)
    numbers = {one.licence.number for one in by_key.values()}
    results = Result.objects.filter(
        inspection__licence_number__in=numbers, inspection__status=InspectionStatus.CONFIRMED, finding__in=SEEN
    )
    for result in results.select_related("inspection").order_by("inspection__confirmed_at", "pk"):
        for condition in by_key.values():
            if _is_about(result, condition):
                _note(seen, condition, result)
    return frozenset(key for key, (_at, is_met) in seen.items() if is_met)


def _is_about(result: Result, condition: Condition) -> bool:
    visit = result.inspection
    was_after = visit.visited_on is not None and visit.visited_on >= condition.imposed_on
    return was_after and result.standard == condition.standard and visit.licence_number == condition.licence.number


def _note(seen: dict[int, tuple[datetime, bool]], condition: Condition, result: Result) -> None:
    at = result.inspection.confirmed_at
    assert at is not None, "a constraint keeps that a confirmed inspection says when it was confirmed"
    if condition.pk not in seen or seen[condition.pk][0] <= at:
        seen[condition.pk] = (at, result.finding == Finding.MET)


@dataclass(frozen=True, slots=True)
class ConditionDetail:
    """A condition with the files by which its holder shows that it is met, and the visits that look at it."""

    condition: Condition
    standard: str
    documents: tuple[Document, ...]
    visits: tuple[Inspection, ...]


def conditions_shown(licence: Licence) -> tuple[ConditionDetail, ...]:
    """The conditions of a licence, the next to be met first, each with all that its holder has sent."""
    conditions = licence.conditions.prefetch_related("evidence__sent_by", "desk_checks__checked_by").order_by(
        "due_on", "pk"
    )
    visits = verifications_of(licence)
    there = Document.objects.about(*(one.reference for one in conditions)).there().select_related("uploaded_by")
    sent = tuple(there)
    titles = {one.code: said(one.title, get_language()) for one in scheme_of(licence).standards}
    return tuple(
        ConditionDetail(
            condition=one,
            standard=f"{one.standard} {titles.get(one.standard, '')}".strip(),
            documents=tuple(d for d in sent if d.about == one.reference),
            visits=visits_of(one, visits),
        )
        for one in conditions
    )


def shown_condition(condition: Condition) -> ConditionDetail:
    """One condition of a licence, with all that its holder has sent and that was found about it."""
    return next(one for one in conditions_shown(condition.licence) if one.condition == condition)
