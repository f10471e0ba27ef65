"""The hearing of whoever a decision is about: what they are told, and what they say to it. What was notified never changes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.decisions import letters
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import GroundReply, Notice, Representation
from licensing.decisions.queries import decisions as queries
from licensing.decisions.rules import grounds as rules
from licensing.decisions.rules import reviews
from licensing.decisions.rules.grounds import GivenReply
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def notify(decision: Decision, *, by: User, at: datetime) -> Decision:
    """Tell the subject what is proposed, on which grounds and evidence, and until when it may reply.

    After a supplement this is a notice of its own, and the time to reply begins anew.
    """
    permissions.require(by, "licensing.notify_decision")
    decision = trail.locked(decision)
    refuse_for(permissions.conflict_blockers(by, *decision.organisations))
    refuse_for(rules.notify_blockers(decision))
    reply_by = queries.reply_by(decision, on=timezone.localdate(at))
    number = decision.notices.count() + 1
    notice = Notice.objects.create(decision=decision, number=number, sent_at=at, sent_by=by, reply_by=reply_by)
    decision.grounds.filter(notice=None).update(notice=notice)
    trail.move(decision, "notify", by=by, at=at, notified_at=at, reply_by=reply_by)
    letters.notified(decision, at=at)
    return decision


@transaction.atomic
def give_more_time(decision: Decision, *, reply_by: date, because: str, by: User, at: datetime) -> Decision:
    """Give its subject more time to reply to the notice, and tell it. The notice stays as it was sent.

    Raises `Refused` (immediate, day_too_early, day_too_late, no_reasons …).
    """
    permissions.require(by, "licensing.notify_decision")
    decision = trail.locked(decision)
    refuse_for(permissions.conflict_blockers(by, *decision.organisations))
    today = timezone.localdate(at)
    refuse_for(reviews.more_time_blockers(decision, reply_by=reply_by, because=because, today=today))
    trail.move(decision, "give_more_time", by=by, at=at, because=because, reply_by=reply_by)
    letters.more_time(decision, because=because, at=at)
    return decision


@transaction.atomic
def represent(
    decision: Decision,
    *,
    text: str,
    to_grounds: Sequence[GivenReply] = (),
    is_whole: bool = False,
    by: User,
    at: datetime,
) -> Representation:
    """Record what the subject says to the last notice, to each ground and to the whole.

    `is_whole` says that this is all it wishes to say: then nobody waits for the last day to reply.
    """
    permissions.require(by, "licensing.apply")
    decision = trail.locked(Decision.objects.about(Organisation.objects.acted_for_by(by)).get(pk=decision.pk))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, decision.organisation, Act.REPLY, on=today))
    refuse_for(rules.represent_blockers(decision, today=today, text=text, to_grounds=to_grounds, is_whole=is_whole))
    notice = decision.notices.latest("number")
    said = Representation.objects.create(
        decision=decision, notice=notice, text=text, is_whole=is_whole, received_at=at, by=by
    )
    grounds = {ground.number: ground for ground in decision.grounds.all()}
    GroundReply.objects.bulk_create(
        GroundReply(representation=said, ground=grounds[one.number], text=one.text) for one in to_grounds
    )
    trail.move(decision, "represent", by=by, at=at)
    return said
