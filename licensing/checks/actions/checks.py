"""What other authorities say: to whom it is put, what comes back, and what may be done with it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from licensing.applications.models import Application
from licensing.applications.queries import applications, companies
from licensing.checks.actions.writing import note, replace_reply
from licensing.checks.models import Check, Reply
from licensing.checks.queries import checks as queries
from licensing.checks.queries import own_checks as own_checks_queries
from licensing.checks.queries import subjects
from licensing.checks.rules import own_checks
from licensing.checks.rules import replies as rules
from licensing.checks.rules.handling import Restriction, usual_handling
from licensing.checks.states import CheckResult, OwnCheck, ReplyWay
from licensing.time_limits.rules import licensing as clocks
from registry import permissions
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def record_result(
    check: Check,
    *,
    result: str,
    evidence: str,
    replied_on: date,
    answered_by: str = "",
    tighter: Restriction | None = None,
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Check:
    """Write down an authority's reply, or what an officer makes of what the registry found by itself.

    A later reply replaces it; both are kept. It bears the restriction of the pack, and may bear a tighter one: a looser
    one is the authority's to give (`release`).
    """
    permissions.require(by, "licensing.record_check")
    check = _held(check)
    refuse_for(permissions.conflict_blockers(by, check.organisation))
    today = timezone.localdate(at)
    refuse_for(rules.result_blockers(check, result=result, evidence=evidence, replied_on=replied_on, today=today))
    usual = usual_handling(check)
    _count_asked_elsewhere(check, by=by, at=at)
    given = tighter or usual
    restriction = Restriction(
        usual.may_be_shown_to_subject and given.may_be_shown_to_subject,
        usual.may_be_passed_on and given.may_be_passed_on,
        given.words or usual.words,
    )
    said = {"result": result, "evidence": evidence, "replied_on": replied_on, "answered_by": answered_by}
    reply = replace_reply(check, restriction, way=ReplyWay.OFFICER, by=by, at=at, **said)
    _keep(reply, uploads, by=by, at=at)
    return reply.asked


@transaction.atomic
def record_nil(
    application: Application, *, checks: Collection[str], because: str, replied_on: date, by: User, at: datetime
) -> list[Check]:
    """Record that nothing is known for each of these open checks of a case (their references), all of them or none.

    Raises `Refused` with the reasons of every check: answered, reply_of_authority, replied_before_sent …
    """
    permissions.require(by, "licensing.record_check")
    trail.locked(application)
    chosen = [trail.locked(check) for check in application.checks.filter(reference__in=checks).order_by("pk")]
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    refuse_for(queries.repeats(application.organisation, {"because": because}))
    today = timezone.localdate(at)
    refuse_for(rules.nil_blockers(chosen, chosen=len(set(checks)), because=because, replied_on=replied_on, today=today))
    for check in chosen:
        _count_asked_elsewhere(check, by=by, at=at)
        said = {"result": CheckResult.NIL, "evidence": because.strip(), "replied_on": replied_on}
        replace_reply(check, usual_handling(check), way=ReplyWay.OFFICER, by=by, at=at, **said)
    return chosen


@transaction.atomic
def answer(
    check: Check,
    *,
    result: str,
    evidence: str,
    may_be_shown_to_subject: bool,
    may_be_passed_on: bool,
    restriction: str = "",
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Check:
    """Answer a check for the authority that it was put to, and say what may be done with the answer.

    Whoever answers may answer anew while the case is in hand. Raises `PermissionDenied` for a check that was put to
    another authority, and `Refused` with every reason.
    """
    permissions.require(by, "licensing.answer_checks")
    if not Check.objects.put_to(by).filter(pk=check.pk).exists():
        raise PermissionDenied("not put to this authority")
    check, today = _held(check), timezone.localdate(at)
    refuse_for(rules.answer_check_blockers(check, result=result, evidence=evidence, today=today))
    own = Restriction(may_be_shown_to_subject, may_be_passed_on, restriction)
    said = {"result": result, "evidence": evidence, "replied_on": today, "answered_by": str(by)}
    reply = replace_reply(check, own, way=ReplyWay.AGENCY, by=by, at=at, **said)
    _keep(reply, uploads, by=by, at=at)
    return reply.asked


@transaction.atomic
def put(check: Check, *, agency: Agency, by: User, at: datetime) -> Check:
    """Put a check to an authority, or to another one: it is asked at once, and its days count from today.

    Raises `Refused` (not_its_check, no_change, answered, no_stated_basis …).
    """
    permissions.require(by, "licensing.record_check")
    check = _held(check)
    refuse_for(permissions.conflict_blockers(by, check.organisation))
    answering = subjects.agencies_for(check).filter(pk=agency.pk).exists()
    today, about = timezone.localdate(at), applications.scheme_of(check.case).check(check.code)
    refuse_for(rules.put_blockers(check, agency=agency, answering=answering))
    refuse_for(subjects.guard_blockers(check, agency, on=today))
    check.agency, check.asked_at, check.sent_on = agency, None, today
    check.due_on = clocks.CHECK_REPLY.after(today, about.days_due)
    check.chase_on = clocks.CHECK_REMINDER.after(today, about.chaser_days)
    check.save(update_fields=["agency", "asked_at", "sent_on", "due_on", "chase_on"])
    note(check, "put_check", agency, by=by, at=at)
    return check


@transaction.atomic
def look_again(check: Check, *, by: None, at: datetime) -> bool:
    """Look anew where something may be new since: what differs is to be looked at by an officer. Says whether it does.

    What an officer has made of the same finding before stands.
    """
    check = _held(check)
    assert check.application
    refuse_for(rules.reply_blockers(check))
    filled = applications.form_of(check.application, today=timezone.localdate(at))
    match = companies.company_match(filled, today=timezone.localdate(at))
    found = own_checks_queries.found_now(check.application, OwnCheck(check.code), match, at=at)
    check.looked_at = at
    check.save(update_fields=["looked_at"])
    last = check.replies.filter(way=ReplyWay.SYSTEM).order_by("-pk").first()
    if last and last.items == [dict(item) for item in found.items] and last.result == found.result:
        return False
    check.replies.standing().update(replaced_at=at)
    reply = own_checks_queries.reply_of(check, found, at=at)
    reply.save()
    waits, today = found.result == CheckResult.LOOK, timezone.localdate(at)
    check.result, check.replied_on = ("", None) if waits else (found.result, today)
    check.due_on = clocks.CHECK_REPLY.after(today, own_checks.LOOK_WITHIN)
    check.save(update_fields=["result", "replied_on", "due_on"])
    trail.record(check, "look_up", also_about=(check.application,), by=by, at=at, found={check.code: reply.result})
    return True


def _count_asked_elsewhere(check: Check, *, by: User, at: datetime) -> None:
    """A guarded authority that an officer asked by other means was asked too: it is counted when its first reply is recorded."""
    if check.asked_at is None and not check.is_own and not check.replies.exists():
        guard.share_as_stated(check, subjects.stated_request(check), agency=check.agency, by=by, at=at)


def _keep(reply: Reply, uploads: Sequence[Upload], *, by: User, at: datetime) -> None:
    for upload in uploads:
        documents.receive_from_agency(upload=upload, about=reply.reference, by=by, at=at)


def _held(check: Check) -> Check:
    """The check, locked after its case: two replies at once would each mark the case as still waiting for the other."""
    trail.locked(check.case)
    return trail.locked(check)
