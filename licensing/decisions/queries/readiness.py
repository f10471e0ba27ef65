"""How far a case has come, what is known of it, what a score proposes.

Transfers as officers see them: the list, and how many wait.

What is done with an application, from its start until a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from compliance.inspections import rules as compliance_rules
from compliance.inspections.models import OPEN as OPEN_INSPECTIONS
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries import findings as compliance_queries
from compliance.inspections.states import InspectionStatus
from licensing.appeals.models import Appeal
from licensing.appeals.states import OPEN_APPEALS, AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.applications.queries.applications import holidays_of, scheme_of
from licensing.checks.queries.facts import facts_of
from licensing.conditions.models import DeskCheck
from licensing.conditions.queries.conditions import seen_met
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Exhibit, ProposedCondition
from licensing.decisions.queries.open_matters import open_matters, returned_to
from licensing.decisions.rules.deciding import Deciding
from licensing.decisions.rules.proposals import Readiness
from licensing.decisions.states.decisions import OPEN_DECISIONS, DecisionStatus
from licensing.decisions.states.rows import MODIFICATIONS, ON_TRANSFERS
from licensing.holding.models import Transfer
from licensing.holding.rules.transfers import SETTLED, Unsettled
from licensing.inspections.queries import inspections_of, is_inspection_wanted
from licensing.phoenix_matches.models import LookAlike
from registry import schemes
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.documents.models import Document
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus


def unsettled(licence: Licence) -> Unsettled:
    """What has been decided or proposed about the licence, not of its transfer, and has not come to its end.

    A modification whose day has not come holds later, unless an appeal against it was allowed.
    """
    others = licence.decisions.exclude(kind__in=ON_TRANSFERS)
    allowed = Appeal.objects.filter(decision=OuterRef("pk"), outcome=AppealOutcome.ALLOWED, status=AppealStatus.CLOSED)
    waiting = ProposedCondition.objects.filter(decision=OuterRef("pk"), became=None)
    of_open = Q(condition=None) | Q(condition__status=ConditionStatus.OPEN)
    modified = others.filter(of_open, Exists(waiting), kind__in=MODIFICATIONS, status=DecisionStatus.DECIDED)
    return Unsettled(
        appealed=Appeal.objects.filter(decision__in=others, status__in=OPEN_APPEALS).exists(),
        modified=modified.exclude(Exists(allowed)).exists(),
        proposed=others.filter(status__in=OPEN_DECISIONS, condition=None).exists(),
    )


OPEN = (DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED)


def readiness(
    subject: Application | Licence,
    *,
    transfer: Transfer | None = None,
    facts: Mapping[str, object] | None = None,
) -> Readiness:
    """How far the case has come; of a licence also this transfer of it, or the one that its holder asks for.

    `facts` are those of `facts_of`, where whoever asks has them already.
    """
    inspections = inspections_of(subject)
    waited_for = [one for one in inspections if one.kind != InspectionKind.VERIFICATION]
    came = Readiness(
        inspections_open=sum(one.status in OPEN_INSPECTIONS for one in waited_for),
        confirmed=frozenset(one.pk for one in inspections if one.status == InspectionStatus.CONFIRMED),
        open_decision=subject.decisions.filter(status__in=OPEN, condition=None).exists(),
    )
    if isinstance(subject, Licence):
        of_conditions = subject.decisions.filter(status__in=OPEN, condition__isnull=False)
        transfer = transfer or subject.transfers.open().select_related("application__organisation").first()
        return replace(
            came,
            transfer=transfer,
            other=readiness(transfer.application) if transfer and transfer.application else None,
            unsettled=unsettled(subject) if transfer else SETTLED,
            conditions_open=frozenset(of_conditions.values_list("condition", flat=True)),
            conditions_met=seen_met(subject.conditions.filter(status=ConditionStatus.OPEN).select_related("licence")),
        )
    known = facts_of(subject) if facts is None else facts
    rejected, unchecked = _documents_not_accepted(subject, known)
    return replace(
        came,
        documents_rejected=rejected,
        documents_unchecked=unchecked,
        unanswered_checks=subject.checks.filter(result="").count(),
        open_requests=subject.requests.open().count(),
        inspection_wanted=is_inspection_wanted(subject, known),
        look_alikes_open=LookAlike.objects.open().filter(organisation=subject.organisation, is_strong=True).count(),
    )


def _documents_not_accepted(application: Application, facts: Mapping[str, object]) -> tuple[int, int]:
    """How many required kinds of document have only rejected files; and how many have none that was accepted so far."""
    uploaded = list(Document.objects.about(application.reference).there().only("requirement", "status"))
    open_kinds = {one.requirement for one in uploaded} - {one.requirement for one in uploaded if one.is_served}
    if open_kinds:
        open_kinds &= {one.code for one in scheme_of(application).documents_for(facts) if one.required}
    unchecked = {one.requirement for one in uploaded if one.is_being_checked} & open_kinds
    return len(open_kinds - unchecked), len(unchecked)


def score_of(scheme: schemes.Scheme, inspections: Iterable[Inspection]) -> tuple[int | None, str]:
    """The points of the confirmed inspections relied on, and what they propose; nothing without an inspection."""
    confirmed = [one for one in inspections if one.status == InspectionStatus.CONFIRMED]
    if not confirmed:
        return None, ""
    score = compliance_rules.score(scheme, compliance_queries.unmet(confirmed))
    return score.points, compliance_rules.proposes(score)


def dismissed_matches(decision: Decision, *, by: User) -> list[LookAlike]:
    """Possible phoenix businesses that were dismissed, as far as this person may know of them."""
    found = LookAlike.objects.visible_to(by).filter(organisation__in=decision.organisations, status="dismissed")
    return list(found.select_related("other", "closed_by").order_by("-points", "pk"))


def deciding(decision: Decision, *, from_day: date | None, today: date) -> Deciding:
    """What surrounds a decision on the day it is taken."""
    subject = decision.subject
    other = decision.transfer.application if decision.transfer else None
    inspections = {*inspections_of(subject), *decision.inspections.all(), *(inspections_of(other) if other else ())}
    conflicts = Conflict.objects.filter(organisation__in=decision.organisations).in_force()
    visited = (one for one in inspections if one.status != InspectionStatus.CALLED_OFF)
    return Deciding(
        scheme=scheme_of(subject),
        ready=readiness(subject, transfer=decision.transfer),
        inspected_by=frozenset(one.inspector_id for one in visited),
        verified_by=_checked_at_desk(decision),
        conflicted=frozenset(conflicts.values_list("officer", flat=True)),
        holidays=holidays_of(decision.organisation),
        today=today,
        from_day=from_day or decision.starts or decision.takes_effect,
        returned=returned_to(decision),
        open_matters=open_matters(decision),
    )


def _checked_at_desk(decision: Decision) -> frozenset[int]:
    """Who has looked at their desks at the condition that it is about, or at those that its grounds rest on."""
    rested_on = Exhibit.objects.filter(ground__decision=decision, desk_check__isnull=False)
    own = DeskCheck.objects.filter(condition__in=[decision.condition_id] if decision.condition_id else [])
    looked = rested_on.values_list("desk_check__checked_by", flat=True)
    return frozenset(looked.union(own.values_list("checked_by", flat=True)))


def open_decisions_of(application: Application) -> list[Decision]:
    still_open = [DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED]
    return list(application.decisions.filter(status__in=still_open).order_by("pk"))
