"""Files of replies of other authorities."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.checks.actions.writing import replace_reply
from licensing.checks.models import Asking, Check, Reply
from licensing.checks.queries import subjects
from licensing.checks.rules import exchange
from licensing.checks.rules.handling import Restriction
from licensing.checks.states import ReplyWay
from registry import permissions
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason, Refused, refuse_for
from registry.trail.actions import events as trail


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
    refuse_for(_faults_of_file(agency, replies, is_its_own=is_its_own, by=by, today=timezone.localdate(at)))
    fresh = [(given, reply) for given, reply in replies if reply and not _is_known(given, agency)]
    for given, reply in fresh:
        assert reply is not None
        check = _held(Check.objects.get(askings__request=reply.request))
        own = Restriction(
            reply.handling.may_be_shown_to_subject, reply.handling.may_be_passed_on, reply.handling.conditions
        )
        replace_reply(
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
    trail.record(agency, "take_replies", by=by, at=at, taken=len(fresh), known=len(replies) - len(fresh))
    return ImportedReplies(len(fresh), len(replies) - len(fresh))


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


def _faults_of_file(agency: Agency, replies: Replies, *, is_its_own: bool, by: User, today: date) -> Iterator[Reason]:
    for given, reply in replies:
        yield from exchange.signature_faults(given, agency, is_its_own=is_its_own)
        if reply is None:
            yield from exchange.form_faults(given)
        elif not _is_known(given, agency):
            about = ("asked__application", "asked__change__licence")
            asking = Asking.objects.filter(request=reply.request).select_related(*about).first()
            asked = [one.code for one in subjects.questions_of(asking.asked, "en")] if asking else []
            yield from exchange.reply_faults(given, reply, asking, agency=agency, asked=asked, today=today)
            if asking is not None:
                yield from exchange.in_row(given, permissions.conflict_blockers(by, asking.asked.organisation))
    yield from exchange.twice_faults([(given, reply) for given, reply in replies if reply])


def _held(check: Check) -> Check:
    """The check, locked after its case: two replies at once would each mark the case as still waiting for the other."""
    trail.locked(check.case)
    return trail.locked(check)
