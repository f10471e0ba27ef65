"""A referral as the guard of authorities is asked about it (docs/decisions/0175)."""

from compliance.guarded_sharing.rules import StatedRequest
from compliance.guarded_sharing.states import StatedWay
from compliance.safeguarding.models.referrals import Referral


def stated_request(referral: Referral, *, at_once: str = "") -> StatedRequest:
    """As the guard of authorities is asked: whose consent it rests on, and which two people have seen it."""
    return StatedRequest(
        StatedWay.REFERRAL,
        referral.kind,
        about_person=True,
        consent=referral.consent,
        at_once=at_once,
        first_by=referral.prepared_by,
        second_by=referral.read_by,
    )
