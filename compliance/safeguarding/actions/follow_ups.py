"""What is recorded of a person after a referral: begun by the steps of the referral, by hand, or by an answer before it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import follow_ups as queries
from compliance.safeguarding.rules import follow_ups as rules
from compliance.safeguarding.states import READS, ReferralFollowUpStatus
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.schemes.safeguarding import FollowUpTerms
from registry.trail.actions import events as trail


@transaction.atomic
def begin_stage(referral: Referral, stage: str, *, by: User, at: datetime) -> list[ReferralFollowUp]:
    """Begin what the pack says is recorded from this step of the referral on: `prepared`, `sent`, `grounds` or `concluded`."""
    words = queries.words_of(referral)
    wanted = [one for one in (words.follow_ups if words else ()) if one.begins == stage]
    return [_begun(referral, one, by=by, at=at) for one in wanted if referral.is_child or not one.child]


@transaction.atomic
def begin_by_hand(referral: Referral, *, code: str, by: User, at: datetime) -> ReferralFollowUp:
    """Begin to follow what happened, such as that the person is missing. Raises `Refused` (unknown_code, begun_already)."""
    permissions.require(by, READS)
    referral = trail.locked(referral, among=Referral.objects.visible_to(by))
    is_open = referral.follow_ups.filter(code=code, status=ReferralFollowUpStatus.TO_DO).exists()
    refuse_for(rules.begin_blockers(code, [one for one, _title in queries.begun_by_hand(referral)], is_open=is_open))
    words = queries.words_of(referral)
    terms = words.follow_up(code) if words else None
    assert terms is not None
    return _begun(referral, terms, by=by, at=at)


@transaction.atomic
def record_follow_up(follow_up: ReferralFollowUp, *, answer: str, on: date, by: User, at: datetime) -> ReferralFollowUp:
    """Record how it is, by a code of the pack, and since which day; some answers are asked again later.

    Raises `Refused` (unknown_code, wrong_day, wrong_state, conflicted).
    """
    permissions.require(by, READS)
    follow_up = trail.locked(follow_up, among=ReferralFollowUp.objects.visible_to(by).select_related("referral"))
    known = [code for code, _title in queries.answers_of(follow_up)]
    today = timezone.localdate(at)
    refuse_for(rules.record_blockers(follow_up, by=by, answer=answer, on=on, answers=known, today=today))
    trail.move(follow_up, "record_follow_up", by=by, at=at, answer=answer, recorded_on=on, recorded_by=by)
    terms = queries.terms_of(follow_up)
    again = next((one.again_days for one in terms.answers if one.code == answer), 0) if terms else 0
    if terms and again:
        _begun(follow_up.referral, terms, after=timedelta(days=again), by=by, at=at)
    return follow_up


def _begun(
    referral: Referral, terms: FollowUpTerms, *, after: timedelta | None = None, by: User, at: datetime
) -> ReferralFollowUp:
    clock = timedelta(hours=terms.hours, days=terms.days) if after is None else after
    made = ReferralFollowUp.objects.create(
        referral=referral,
        number=referral.follow_ups.count() + 1,
        code=terms.code,
        made_at=at,
        due_at=at + clock,
    )
    trail.record(made, "begin_follow_up", by=by, at=at, after=made.status, code=terms.code)
    return made
