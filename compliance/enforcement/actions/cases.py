"""Cases of supply without a licence, and labour users: opened, shown element by element, proposed by one and decided by another."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.enforcement import letters
from compliance.enforcement.models.cases import CaseElement, CaseOffence, ReasonableStep, UnlicensedCase, UserNotice
from compliance.enforcement.queries import cases as cases_queries
from compliance.enforcement.queries import prosecutor_files
from compliance.enforcement.rules import cases as rules
from compliance.inspections.models import Inspection
from compliance.intelligence.models.intelligence import Intelligence
from compliance.reports.models.reports import Report
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.organisations.models import Organisation
from registry.schemes import Scheme
from registry.trail.actions import events as trail

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


@transaction.atomic
def open_case(
    *,
    against: str,
    organisation: Organisation | None = None,
    described: str = "",
    scheme: Scheme,
    report: Report | None = None,
    intelligence: Intelligence | None = None,
    inspection: Inspection | None = None,
    disclosed: str = "",
    by: User,
    at: datetime,
) -> UnlicensedCase:
    """Open a case about an organisation, or about a supplier of whom only a description is known.

    Raises `Refused` (switched_off, about_nobody, from_nowhere, conflicted).
    """
    permissions.require(by, WORKS)
    if organisation is not None:
        refuse_for(permissions.conflict_blockers(by, organisation))
    origins = (report, intelligence, inspection)
    if scheme.enforcement is None:
        raise Refused([rules.SWITCHED_OFF])
    refuse_for(
        rules.open_blockers(organisation=organisation, described=described, origins=origins, disclosed=disclosed)
    )
    case = UnlicensedCase.objects.create(
        reference=new_reference("J"),
        against=against,
        organisation=organisation,
        described="" if organisation else described,
        scheme=scheme.name,
        version=scheme.version,
        report=report,
        intelligence=intelligence,
        inspection=inspection,
        disclosed=disclosed,
        officer=by,
        opened_at=at,
    )
    trail.record(case, "open_case", by=by, at=at, after=case.status, organisation=organisation, against=against)
    return case


@transaction.atomic
def record_offence(case: UnlicensedCase, *, code: str, by: User, at: datetime) -> CaseOffence:
    """Say which offence it may be. Raises `Refused` (not_open, unknown_offence, offence_already)."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(rules.offence_blockers(case, code))
    offence = CaseOffence.objects.create(case=case, code=code, by=by, at=at)
    trail.record(case, "record_offence", by=by, at=at, code=code)
    return offence


@transaction.atomic
def weigh_element(
    case: UnlicensedCase, *, element: str, shown: str, evidence: str = "", kept_at: str = "", by: User, at: datetime
) -> CaseElement:
    """Say whether an element (`s13:arrangement`) of a recorded offence is shown, and by what.

    Raises `Refused` (not_open, unknown_element, no_evidence).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    code, _colon, part = element.partition(":")
    recorded = case.offences.filter(code=code).first()
    words = rules.words_of(case)
    offence = words.offence(code) if words and recorded else None
    refuse_for(rules.element_blockers(case, offence, code=part, shown=shown, evidence=evidence))
    weighed, _made = CaseElement.objects.update_or_create(
        offence=recorded,
        code=part,
        defaults={"shown": shown, "evidence": evidence, "kept_at": kept_at, "by": by, "at": at},
    )
    trail.record(case, "weigh_element", by=by, at=at, element=element, shown=shown, kept_at=kept_at)
    return weighed


@transaction.atomic
def record_reasonable_step(
    case: UnlicensedCase,
    *,
    kind: str,
    receipt: str = "",
    on: date | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> ReasonableStep:
    """Keep what a labour user did to find out whether there was a licence: its defence (2004 Act, s.13(2))."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(rules.reasonable_step_blockers(case, kind=kind, receipt=receipt))
    step = ReasonableStep.objects.create(case=case, kind=kind, receipt=receipt, on=on, note=note, by=by, at=at)
    trail.record(case, "record_reasonable_step", by=by, at=at, step=kind, receipt=receipt)
    return step


@transaction.atomic
def take_ladder_step(
    case: UnlicensedCase, *, step: str, supplier: str, because: str, by: User, at: datetime
) -> UserNotice:
    """Send a labour user an enforcement notice or a warning, by a letter that is kept as sent.

    Raises `Refused` (not_a_user, no_file, no_notice, no_supplier, no_reason).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(rules.ladder_blockers(case, step, supplier=supplier, because=because))
    trail.record(case, "take_ladder_step", by=by, at=at, because=because, step=step)
    letter = letters.ladder_step(case, step, supplier=supplier, because=because, at=at)
    return UserNotice.objects.create(
        case=case, step=step, supplier=supplier, because=because, letter=letter, by=by, at=at
    )


@transaction.atomic
def acknowledge(case: UnlicensedCase, *, on: date, how: str, by: User, at: datetime) -> UserNotice:
    """Keep when and how the labour user acknowledged the last notice or warning."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    notice = case.user_notices.filter(acknowledged_on=None).order_by("-pk").first()
    refuse_for(rules.acknowledge_blockers(notice, on=on, today=timezone.localdate(at)))
    assert notice is not None
    notice.acknowledged_on, notice.acknowledged_how = on, how
    notice.save(update_fields=["acknowledged_on", "acknowledged_how"])
    trail.record(case, "acknowledge", by=by, at=at, because=how, on=on)
    return notice


@transaction.atomic
def propose_outcome(case: UnlicensedCase, *, outcome: str, because: str, by: User, at: datetime) -> UnlicensedCase:
    """Propose what becomes of the case; somebody else decides. Raises `Refused` (not_made_out, no_reason …)."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(
        rules.propose_outcome_blockers(case, outcome=outcome, because=because, offences=cases_queries.made_out(case))
    )
    return trail.move(
        case,
        "propose_outcome",
        by=by,
        at=at,
        because=because,
        outcome=outcome,
        proposed_by=by,
        proposed_at=at,
        proposed_because=because,
    )


@transaction.atomic
def look_further(case: UnlicensedCase, *, because: str, by: User, at: datetime) -> UnlicensedCase:
    """Do not approve: the case is looked into further."""
    permissions.require(by, APPROVES)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(rules.second_blockers(case, "look_further", by=by, because=because))
    return trail.move(case, "look_further", by=by, at=at, because=because)


@transaction.atomic
def refer(case: UnlicensedCase, *, because: str, by: User, at: datetime) -> UnlicensedCase:
    """Refer the case to the prosecutor, as the second person, once its file has been read by two.

    Raises `Refused` (own_proposal, other_outcome, no_prosecutor_file, file_outdated, not_read).
    """
    permissions.require(by, APPROVES)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(prosecutor_files.refer_blockers(case, by=by, because=because))
    return trail.move(case, "refer", by=by, at=at, because=because, **_approved(by, at, because))


@transaction.atomic
def end_case(case: UnlicensedCase, *, because: str, by: User, at: datetime) -> UnlicensedCase:
    """Close the case with what was proposed short of a prosecution, as the second person."""
    permissions.require(by, APPROVES)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(rules.end_case_blockers(case, by=by, because=because))
    return trail.move(case, "end_case", by=by, at=at, because=because, **_approved(by, at, because))


@transaction.atomic
def record_result(
    case: UnlicensedCase, *, result: str, on: date, sentence: str = "", by: User, at: datetime
) -> UnlicensedCase:
    """Keep what became of it at the prosecutor or the court; the case is closed.

    Raises `Refused` (not_handed_over, before_hand_over, wrong_day).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(rules.theirs_blockers(case, by=by))
    refuse_for(
        rules.result_blockers(case, handed_on=prosecutor_files.handed_on(case), on=on, today=timezone.localdate(at))
    )
    return trail.move(case, "record_result", by=by, at=at, result=result, result_on=on, sentence=sentence)


def _approved(by: User, at: datetime, because: str) -> dict[str, object]:
    return {"approved_by": by, "approved_at": at, "approved_because": because}
