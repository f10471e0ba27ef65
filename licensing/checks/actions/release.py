"""What other authorities say: to whom it is put, what comes back, and what may be done with it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.checks.models import Release, Reply
from licensing.checks.queries import checks as queries
from licensing.checks.rules import handling
from licensing.checks.rules import replies as rules
from licensing.checks.rules.handling import Reader, Secret
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def sanitise(reply: Reply, *, text: str, by: User, at: datetime) -> Reply:
    """Write what may be said of a restricted reply to anybody: in letters, notices and to its subject.

    It may repeat nothing of the reply that is not public. Raises `Refused` with every reason.
    """
    permissions.require(by, "licensing.record_check")
    reply = trail.locked(reply)
    refuse_for(permissions.conflict_blockers(by, reply.asked.organisation))
    secret = Secret(queries.title_of(reply.asked), handling.words_of(reply))
    refuse_for(rules.sanitise_blockers(reply, text=text))
    refuse_for(handling.restricted_blockers({"text": text}, [secret], Reader.SUBJECT))
    reply.sanitised, reply.sanitised_by, reply.sanitised_at = text.strip(), by, at
    reply.save(update_fields=["sanitised", "sanitised_by", "sanitised_at"])
    trail.record(reply.asked, "sanitise_reply", by=by, at=at, check=reply.asked.code, reply=reply)
    return reply


@transaction.atomic
def release(
    reply: Reply,
    *,
    to_subject: bool,
    to_others: bool,
    given_by: str,
    given_on: date,
    words: str,
    by: User,
    at: datetime,
) -> Release:
    """Write down that the authority agrees that its reply is shown to its subject, or passed on; from now on it may be.

    Who agreed, when and in which words is kept (2004 Act, s.19(3)). Raises `Refused` with every reason.
    """
    permissions.require(by, "licensing.record_check")
    reply = trail.locked(reply)
    refuse_for(permissions.conflict_blockers(by, reply.asked.organisation))
    refuse_for(
        rules.release_blockers(
            reply,
            to_subject=to_subject,
            to_others=to_others,
            given_by=given_by,
            given_on=given_on,
            words=words,
            today=timezone.localdate(at),
        )
    )
    given = Release.objects.create(
        reply=reply,
        to_subject=to_subject,
        to_others=to_others,
        given_by=given_by,
        given_on=given_on,
        words=words,
        recorded_by=by,
        recorded_at=at,
    )
    facts: dict[str, Any] = {"to_subject": to_subject, "to_others": to_others, "given_by": given_by}
    trail.record(reply.asked, "release_reply", by=by, at=at, check=reply.asked.code, reply=reply, **facts)
    return given
