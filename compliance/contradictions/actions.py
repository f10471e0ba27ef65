"""Answering what contradicts itself in a report: the reviewer asks or accepts, the inspector explains or changes the report."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.contradictions.models import AnswerKind, Contradiction, ContradictionAnswer
from compliance.contradictions.queries import contradictions as queries
from compliance.contradictions.queries.contradictions import ContradictionNow
from compliance.contradictions.rules import answering as rules
from compliance.contradictions.rules.comparing import in_doubt
from compliance.contradictions.states import ContradictionStatus
from compliance.inspection_reports import queries as visit_reports
from compliance.inspection_reports.rules import changes_between
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.states import InspectionStatus
from compliance.safeguarding.actions import concerns
from registry import permissions, signing
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def ask_inspector(
    inspection: Inspection,
    *,
    code: str,
    standard: str,
    seen: str,
    question: str,
    answer_by: date,
    by: User,
    at: datetime,
) -> Contradiction:
    """Ask the inspector about one contradiction, by a day; the report goes back, if it has not yet.

    `seen` is the digest of what it rested on when it was read. Raises `Refused` (gone, too_short, day_in_the_past, same_person …).
    """
    permissions.require(by, "compliance.confirm_inspection")
    inspection, one = _locked(inspection, code, standard, seen)
    today, least = timezone.localdate(at), scheme_of(inspection).contradictions.least_words
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    row = queries.row_of(inspection, one)
    refuse_for(rules.ask_blockers(row, question=question, answer_by=answer_by, least=least, by=by, on=today))
    found = one.row or _new(inspection, one, by=by, at=at)
    _answer(found, AnswerKind.ASKED, question, by=by, at=at)
    trail.move(found, "ask_inspector", by=by, at=at, because=question.strip(), answer_by=answer_by)
    if inspection.status == InspectionStatus.REPORTED:
        inspections.return_for_correction(inspection, because=question.strip(), by=by, at=at)
    return found


@transaction.atomic
def explain_contradiction(
    inspection: Inspection, *, code: str, standard: str, seen: str, text: str, by: User, at: datetime
) -> Contradiction:
    """Say why the report is right all the same: the inspector, before the report is handed in. The reviewer must still accept it.

    Raises `Refused` (gone, too_short, not_the_inspector, wrong_state).
    """
    permissions.require(by, "compliance.report_inspection")
    inspection, one = _locked(inspection, code, standard, seen)
    least = scheme_of(inspection).contradictions.least_words
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.explain_blockers(queries.row_of(inspection, one), text=text, least=least, by=by))
    found = one.row or _new(inspection, one, by=by, at=at)
    _answer(found, AnswerKind.EXPLAINED, text, by=by, at=at)
    return trail.move(found, "explain_contradiction", by=by, at=at)


@transaction.atomic
def accept_contradiction(
    inspection: Inspection, *, code: str, standard: str, seen: str, because: str, by: User, at: datetime
) -> Contradiction:
    """Accept that the report says so, with a reason: the second person, who answers for it to the person who decides.

    Raises `Refused` (gone, not_read, too_short, same_person, wrong_state).
    """
    permissions.require(by, "compliance.confirm_inspection")
    inspection, one = _locked(inspection, code, standard, seen)
    least = scheme_of(inspection).contradictions.least_words
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    unread = queries.is_unread(inspection, one, by=by)
    row = queries.row_of(inspection, one)
    refuse_for(rules.accept_blockers(row, because=because, unread=unread, least=least, by=by))
    found = one.row or _new(inspection, one, by=by, at=at)
    _answer(found, AnswerKind.ACCEPTED, because, by=by, at=at)
    return trail.move(found, "accept_contradiction", by=by, at=at, because=because.strip())


@transaction.atomic
def keep_found(inspection: Inspection, *, by: User, at: datetime) -> list[Contradiction]:
    """When a report is handed in, write down what contradicts itself in it, and what does so no more. Of what speaks against a
    standard against forced labour a safeguarding lead is told.

    What rests on the same as in the version before keeps its answers. Called with the report (`after_inspection`).
    """
    inspection = trail.locked(inspection)
    version, now = inspection.versions.count(), queries.contradictions_now(inspection)
    standing = {one.row.pk for one in now if one.row}
    for gone in inspection.contradictions.exclude(status=ContradictionStatus.RESOLVED).exclude(pk__in=standing):
        resolve_contradiction(gone, by=by, at=at)
    scheme = scheme_of(inspection)
    doubtful = in_doubt(queries.rule_book(scheme), queries.facts_of(inspection))
    concerns.raise_concern(inspection.reference, doubtful, scheme, inspection.organisation, by=by, at=at)
    return [_keep(inspection, one, version=version, by=by, at=at) for one in now]


def _locked(inspection: Inspection, code: str, standard: str, seen: str) -> tuple[Inspection, ContradictionNow]:
    """The inspection and the contradiction in it, both locked. Raises `Refused` (gone) if it is not as it was seen."""
    inspection = trail.locked(inspection)
    wanted = (code, standard, seen)
    now = queries.contradictions_now(inspection)
    one = next((one for one in now if (*one.found.key, one.digest) == wanted), None)
    if one is None:
        raise Refused([rules.GONE])
    if one.row is not None:
        one = replace(one, row=trail.locked(one.row))
    return inspection, one


def _keep(inspection: Inspection, one: ContradictionNow, *, version: int, by: User, at: datetime) -> Contradiction:
    if one.row is None or _accepted_by(one.row, inspection.inspector):
        return _new(inspection, one, by=by, at=at)
    row = trail.locked(one.row)
    row.last_version = version
    row.save(update_fields=["last_version"])
    trail.record(row, "find_again", by=by, at=at, version=version)
    return row


def _accepted_by(row: Contradiction, inspector: User) -> bool:
    """Who reviewed it may have become its inspector since, and answers for it alone no more."""
    accepted = row.answers.filter(kind=AnswerKind.ACCEPTED, answered_by=inspector)
    return row.status == ContradictionStatus.ACCEPTED and accepted.exists()


def _new(inspection: Inspection, one: ContradictionNow, *, by: User, at: datetime) -> Contradiction:
    """One that rests on something else than before takes the place of the former."""
    former = inspection.contradictions.exclude(status=ContradictionStatus.RESOLVED)
    for gone in former.filter(code=one.found.code, standard=one.found.standard):
        resolve_contradiction(gone, by=by, at=at)
    version = inspection.versions.count()
    row = Contradiction.objects.create(
        reference=new_reference("C"),
        inspection=inspection,
        code=one.found.code,
        standard=one.found.standard,
        rests_on=[list(thing) for thing in one.found.rests_on],
        digest=one.digest,
        must_answer=one.must_answer,
        first_version=version,
        last_version=version,
        found_at=at,
    )
    trail.record(
        row, "find", by=by, at=at, after=row.status, inspection=inspection, code=row.code, standard=row.standard
    )
    return row


@transaction.atomic
def resolve_contradiction(gone: Contradiction, *, by: User, at: datetime) -> Contradiction:
    """Write down that the report says otherwise now: that is an answer too, with what was changed."""
    gone = trail.locked(gone)
    _answer(gone, AnswerKind.CHANGED, "", changed=_changed_since(gone), by=by, at=at)
    return trail.move(gone, "resolve_contradiction", by=by, at=at)


def _changed_since(gone: Contradiction) -> list[str]:
    """The standards of which another thing is found or said than in the version in which it was last found."""
    before = gone.inspection.versions.filter(number=gone.last_version).first()
    if before is None:
        return [gone.standard] if gone.standard else []
    differ = changes_between(before.content, visit_reports.content_now(gone.inspection))
    return sorted({one.of for one in differ if one.what in ("finding", "evidence")})


def _answer(
    found: Contradiction,
    kind: str,
    text: str,
    *,
    changed: Iterable[str] = (),
    by: User,
    at: datetime,
) -> ContradictionAnswer:
    return ContradictionAnswer.objects.create(
        contradiction=found,
        number=found.answers.count() + 1,
        kind=kind,
        text=text.strip(),
        changed=list(changed),
        version=found.inspection.versions.count(),
        seen_digest=signing.digest(visit_reports.content_now(found.inspection)),
        answered_by=by,
        answered_at=at,
    )
