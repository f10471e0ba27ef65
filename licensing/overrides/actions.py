"""Overriding a reply that an authority gave itself: proposed by one person, agreed or refused by another, read by the authority."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from licensing.checks.actions.writing import replace_reply
from licensing.checks.models import Check
from licensing.checks.queries import checks as queries
from licensing.checks.queries import subjects
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader, Restriction
from licensing.checks.states import ReplyWay
from licensing.overrides import letters, rules
from licensing.overrides.models import ReplyOverride
from licensing.overrides.states import ANSWERS, RECORDS
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def propose_override(
    check: Check,
    *,
    result: str,
    because: str,
    evidence: str = "",
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> ReplyOverride:
    """Propose another result than the authority gave itself. Nothing changes until another person agrees.

    `because` is read by the authority, so it repeats nothing that another authority replied in confidence. Raises `Refused`
    (no_reply, proposed_already, nothing_changes, no_reason, no_evidence, of_authority, restricted …).
    """
    permissions.require(by, RECORDS)
    check = _held(check, by=by)
    given = {"result": result, "because": because, "evidence": evidence}
    refuse_for(rules.propose_blockers(check, **given, files=len(uploads), by=by))
    told = {"because": because, "evidence": evidence}
    refuse_for(queries.repeats(check.organisation, told, reader=Reader.OTHERS, but=check.agency))
    reply = check.reply_of_agency
    assert reply is not None, "the rules refuse a check without one"
    override = ReplyOverride.objects.create(
        reference=f"{reply.reference}.{reply.overrides.count() + 1}",
        asked=check,
        reply=reply,
        proposed_by=by,
        proposed_at=at,
        **given,
    )
    for upload in uploads:
        documents.receive_from_agency(upload=upload, about=override.reference, by=by, at=at)
    # The reason may repeat what the authority replied: it stays off the trail.
    facts: dict[str, Any] = {"check": check, "reply": reply, "result": result, "result_before": check.result}
    trail.record(override, "propose_override", by=by, at=at, after=override.status, also_about=(check,), **facts)
    return override


@transaction.atomic
def agree_override(override: ReplyOverride, *, by: User, at: datetime) -> ReplyOverride:
    """Agree as a second person: the check has the proposed result from now on, and the authority is told.

    Raises `Refused` (same_person, of_authority, not_in_hand, wrong_state, no_stated_basis, name_of_source, who_reported …).
    """
    permissions.require(by, RECORDS)
    check = _held(override.asked, by=by)
    override = trail.locked(override)
    refuse_for(rules.agree_blockers(override, by=by))
    _guard(check, override, by=by, at=at)
    for former in check.overrides.in_force():
        replace_override(former, by=by, at=at)
    trail.move(override, "agree_override", by=by, at=at, ended_by=by, ended_at=at)
    reply = override.reply
    restriction = Restriction(
        handling.may_read(reply, Reader.SUBJECT), handling.may_read(reply, Reader.OTHERS), reply.restriction
    )
    override.made = replace_reply(
        check,
        restriction,
        way=ReplyWay.OVERRIDE,
        result=override.result,
        evidence=override.because,
        replied_on=timezone.localdate(at),
        by=by,
        at=at,
    )
    override.save(update_fields=["made"])
    letters.overridden(override, at=at)
    return override


def _guard(check: Check, override: ReplyOverride, *, by: User, at: datetime) -> None:
    """The authority reads the reason: a guarded one only on the basis of its check, and nothing of who reported."""
    asked = replace(subjects.stated_request(check), first_by=override.proposed_by, second_by=by)
    texts = [override.because, override.evidence]
    guard.share_as_stated(override, asked, agency=check.agency, texts=texts, by=by, at=at)


@transaction.atomic
def refuse_override(override: ReplyOverride, *, because: str, by: User, at: datetime) -> ReplyOverride:
    """Do not agree: the reply of the authority stays, and who proposed the override learns why."""
    permissions.require(by, RECORDS)
    _held(override.asked, by=by)
    override = trail.locked(override)
    refuse_for(rules.refuse_blockers(override, because=because, by=by))
    return trail.move(
        override, "refuse_override", by=by, at=at, ended_by=by, ended_at=at, refused_because=because.strip()
    )


@transaction.atomic
def withdraw_override(override: ReplyOverride, *, by: User, at: datetime) -> ReplyOverride:
    """Take back what one has proposed oneself, before anyone has agreed."""
    permissions.require(by, RECORDS)
    override = trail.locked(override)
    refuse_for(rules.withdraw_blockers(override, by=by))
    return trail.move(override, "withdraw_override", by=by, at=at, withdrawn_at=at)


@transaction.atomic
def read_override(override: ReplyOverride, *, answer: str = "", by: User, at: datetime) -> ReplyOverride:
    """Say for the authority that it has read the override, with a word about it if it wishes. Nothing changes by that.

    Raises `PermissionDenied` for the reply of another authority.
    """
    permissions.require(by, ANSWERS)
    if not ReplyOverride.objects.of_agency_of(by).filter(pk=override.pk).exists():
        raise PermissionDenied("not a reply of this authority")
    override = trail.locked(override)
    refuse_for(rules.read_blockers(override))
    return trail.move(override, "read_override", by=by, at=at, read_by=by, read_at=at, answer=answer.strip())


@transaction.atomic
def answer_again(check: Check, *, by: User, at: datetime) -> None:
    """End the overrides of a check that the authority has answered again: its own word holds (`after_answer` of the configuration)."""
    for override in check.overrides.filter(status__in=["proposed", "agreed"]).order_by("pk"):
        _end_by_answer(override, by=by, at=at)


@transaction.atomic
def replace_override(override: ReplyOverride, *, by: User, at: datetime) -> ReplyOverride:
    """End an override in whose place another one has been agreed."""
    override = trail.locked(override)
    return trail.move(override, "replace_override", by=by, at=at, withdrawn_at=at)


def _held(check: Check, *, by: User) -> Check:
    """The check, locked after its case."""
    trail.locked(check.case)
    check = trail.locked(check)
    refuse_for(permissions.conflict_blockers(by, check.organisation))
    return check


def _end_by_answer(override: ReplyOverride, *, by: User, at: datetime) -> None:
    override = trail.locked(override)
    trail.move(override, "answer_again", by=by, at=at, withdrawn_at=at)
