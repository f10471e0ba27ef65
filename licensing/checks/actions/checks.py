"""What other authorities say: to whom it is put, what comes back, and what may be done with it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries import applications, companies
from licensing.checks.models import Asking, Check, Reply
from licensing.checks.queries import own_checks as own_checks_queries
from licensing.checks.queries import subjects
from licensing.checks.rules import exchange, own_checks
from licensing.checks.rules import replies as rules
from licensing.checks.states import CheckResult, OwnCheck, ReplyWay
from licensing.time_limits.rules import licensing as clocks
from registry import permissions
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.errors import Reason, Refused, refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload


@dataclass(frozen=True, slots=True)
class Restriction:
    """What an authority, or the officer who writes its reply down, says may be done with it."""

    may_be_shown_to_subject: bool
    may_be_passed_on: bool
    words: str = ""


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
    usual = _usual(check)
    given = tighter or usual
    restriction = Restriction(
        usual.may_be_shown_to_subject and given.may_be_shown_to_subject,
        usual.may_be_passed_on and given.may_be_passed_on,
        given.words or usual.words,
    )
    said = {"result": result, "evidence": evidence, "replied_on": replied_on, "answered_by": answered_by}
    reply = replace_reply(check, restriction, way=ReplyWay.OFFICER, by=by, at=at, **said)
    _tell_history(reply, by=by, at=at)
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
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    chosen = [trail.locked(check) for check in application.checks.filter(reference__in=checks).order_by("pk")]
    today = timezone.localdate(at)
    refuse_for(rules.nil_blockers(chosen, chosen=len(set(checks)), because=because, replied_on=replied_on, today=today))
    for check in chosen:
        said = {"result": CheckResult.NIL, "evidence": because.strip(), "replied_on": replied_on}
        reply = replace_reply(check, _usual(check), way=ReplyWay.OFFICER, by=by, at=at, **said)
        _tell_history(reply, by=by, at=at)
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
    _tell_history(reply, by=by, at=at)
    _tell_rooms(check, by=by, at=at)
    _keep(reply, uploads, by=by, at=at)
    return reply.asked


@dataclass(frozen=True, slots=True)
class ImportedReplies:
    """What came of a file of replies: how many were taken, and how many were there already."""

    taken: int
    known: int


@transaction.atomic
def take_replies(agency: Agency, *, content: bytes, by: User, at: datetime) -> ImportedReplies:
    """Take a file of replies of an authority, all of it or nothing; the same file again changes nothing.

    Raises `Refused` with every fault, each with the number of its reply in the file as `where`.
    """
    is_its_own = by.agency_id == agency.pk and by.has_perm("licensing.answer_checks")
    if not is_its_own:
        permissions.require(by, "licensing.record_check")
    agency = trail.locked(agency)
    replies = _read(content)
    refuse_for(_faults_of_file(agency, replies, is_its_own=is_its_own, today=timezone.localdate(at)))
    fresh = [(given, reply) for given, reply in replies if reply and not _is_known(given, agency)]
    for given, reply in fresh:
        assert reply is not None
        check = _held(Check.objects.get(askings__request=reply.request))
        own = Restriction(
            reply.handling.may_be_shown_to_subject, reply.handling.may_be_passed_on, reply.handling.conditions
        )
        written = replace_reply(
            check,
            own,
            way=ReplyWay.FILE,
            by=by,
            at=at,
            result=reply.result,
            evidence=reply.evidence,
            items=[item.model_dump() for item in reply.items],
            replied_on=reply.answered_on,
            answered_by=reply.answered_by,
            digest=given.digest,
        )
        _tell_history(written, by=by, at=at)
        _tell_rooms(check, by=by, at=at)
    trail.record(agency, "take_replies", by=by, at=at, taken=len(fresh), known=len(replies) - len(fresh))
    return ImportedReplies(len(fresh), len(replies) - len(fresh))


@transaction.atomic
def put(check: Check, *, agency: Agency, by: User, at: datetime) -> Check:
    """Put a check to an authority, or to another one: it is asked at once, and its days count from today."""
    permissions.require(by, "licensing.record_check")
    check = _held(check)
    refuse_for(permissions.conflict_blockers(by, check.organisation))
    answering = subjects.agencies_for(check).filter(pk=agency.pk).exists()
    refuse_for(rules.put_blockers(check, agency=agency, answering=answering))
    today, about = timezone.localdate(at), applications.scheme_of(check.case).check(check.code)
    check.agency, check.asked_at, check.sent_on = agency, None, today
    check.due_on = clocks.CHECK_REPLY.after(today, about.days_due)
    check.chase_on = clocks.CHECK_REMINDER.after(today, about.chaser_days)
    check.save(update_fields=["agency", "asked_at", "sent_on", "due_on", "chase_on"])
    trail.record(
        check,
        "put_check",
        also_about=(check.case,),
        by=by,
        at=at,
        check=check.code,
        subject=check.subject,
        agency=agency,
    )
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


Replies = list[tuple[exchange.ExchangeObject, exchange.ExchangeReply | None]]


def _read(content: bytes) -> Replies:
    """The replies of a file as far as they can be read. Raises `Refused` for what is no such file, or too large."""
    if len(content) > exchange.MOST_BYTES:
        raise Refused([Reason("too_large", _("The file is larger than 5 MB."))])
    try:
        several = exchange.given_in(content)
    except exchange.UnreadableReplies:
        raise Refused([Reason("unreadable", _("This is no file of replies."))]) from None
    if len(several) > exchange.MOST_REPLIES:
        raise Refused([Reason("too_many", _("The file holds more than 2,000 replies."))])
    return [(given, exchange.read(given)) for given in several]


def _is_known(given: exchange.ExchangeObject, agency: Agency) -> bool:
    """The very same reply of this authority has been taken before: a replay changes nothing."""
    return Reply.objects.filter(digest=given.digest, asked__agency=agency).exists()


def _faults_of_file(agency: Agency, replies: Replies, *, is_its_own: bool, today: date) -> Iterator[Reason]:
    for given, reply in replies:
        yield from exchange.signature_faults(given, agency, is_its_own=is_its_own)
        if reply is None:
            yield from exchange.form_faults(given)
        elif not _is_known(given, agency):
            about = ("asked__application", "asked__change__licence")
            asking = Asking.objects.filter(request=reply.request).select_related(*about).first()
            asked = [one.code for one in subjects.questions_of(asking.asked, "en")] if asking else []
            yield from exchange.reply_faults(given, reply, asking, agency=agency, asked=asked, today=today)
    yield from exchange.twice_faults([(given, reply) for given, reply in replies if reply])


def _held(check: Check) -> Check:
    """The check, locked after its case: two replies at once would each mark the case as still waiting for the other."""
    trail.locked(check.case)
    return trail.locked(check)


def _usual(check: Check) -> Restriction:
    """What the pack lets be done with a reply that says nothing of it."""
    return Restriction(
        bool(check.handling.get("may_be_shown_to_subject", False)),
        bool(check.handling.get("may_be_passed_on", False)),
        str(check.handling.get("note", "")),
    )


def _tell_history(reply: Reply, *, by: User, at: datetime) -> None:
    # The trail is read by more people than may read the reply: it keeps that there was one, not what it said.
    check = reply.asked
    facts = {"case": check.case, "check": check.code, "subject": check.subject, "result": reply.result}
    trail.record(check, "record_check", also_about=(check.case,), by=by, at=at, reply=reply, **facts)


def _tell_rooms(check: Check, *, by: User, at: datetime) -> None:
    """What follows when an authority has answered itself: a higher room names it in `after_answer` of the configuration."""
    for config in apps.get_app_configs():
        for path in getattr(config, "after_answer", ()):
            follow: Callable[..., object] = import_string(path)
            follow(check, by=by, at=at)


@transaction.atomic
def replace_reply(
    check: Check, restriction: Restriction, *, way: ReplyWay, by: User, at: datetime, **said: Any
) -> Reply:
    """Put a reply in the place of the last one of a check that its caller has locked, and writes the history of."""
    check.replies.standing().update(replaced_at=at)
    reply = Reply.objects.create(
        reference=new_reference("Y"),
        asked=check,
        way=way,
        may_be_shown_to_subject=restriction.may_be_shown_to_subject,
        may_be_passed_on=restriction.may_be_passed_on,
        restriction=restriction.words,
        recorded_by=by,
        recorded_at=at,
        **said,
    )
    check.result, check.replied_on = said["result"], said["replied_on"]
    check.save(update_fields=["result", "replied_on"])
    return reply


def _keep(reply: Reply, uploads: Sequence[Upload], *, by: User, at: datetime) -> None:
    for upload in uploads:
        documents.receive_from_agency(upload=upload, about=reply.reference, by=by, at=at)
