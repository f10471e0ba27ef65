"""What is to be recorded of a person after a referral, in the words of the pack."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Model
from django.utils.translation import get_language

from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import ReferralFollowUpStatus
from registry import schemes
from registry.accounts.models import User
from registry.schemes import Scheme, said
from registry.schemes.safeguarding import FollowUpTerms, Safeguarding

Choices = list[tuple[str, str]]


def of_referral(referral: Model) -> Iterator[ReferralFollowUp]:
    """Those that wait together with the referral: it may have been dropped."""
    yield from ReferralFollowUp.objects.filter(referral=referral.pk, status=ReferralFollowUpStatus.TO_DO).order_by("pk")


def words_of(referral: Referral) -> Safeguarding | None:
    return schemes.get(referral.scheme, referral.version).safeguarding


def terms_of(follow_up: ReferralFollowUp) -> FollowUpTerms | None:
    words = words_of(follow_up.referral)
    return words.follow_up(follow_up.code) if words else None


def title_of(follow_up: ReferralFollowUp) -> str:
    terms = terms_of(follow_up)
    return said(terms.title, get_language()) if terms else follow_up.code


def answers_of(follow_up: ReferralFollowUp) -> Choices:
    terms = terms_of(follow_up)
    return [(one.code, said(one.title, get_language())) for one in terms.answers] if terms else []


def begun_by_hand(referral: Referral) -> Choices:
    """What a person may begin to follow, as of someone who is missing."""
    words = words_of(referral)
    found = words.follow_ups if words else ()
    return [
        (one.code, said(one.title, get_language()))
        for one in found
        if one.begins == "by_hand" and (referral.is_child or not one.child)
    ]


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One line of the page of a referral."""

    follow_up: ReferralFollowUp
    title: str
    answer: str
    due_at: datetime
    recorded_on: date | None


def lines_of(referral: Referral) -> list[FollowUpLine]:
    """What is to be recorded first, then what was, by day."""
    rows = referral.follow_ups.select_related("referral", "recorded_by").order_by("-status", "due_at", "pk")
    return [
        FollowUpLine(one, title_of(one), dict(answers_of(one)).get(one.answer, ""), one.due_at, one.recorded_on)
        for one in rows
    ]


def counts_of_answers(scheme: Scheme, *, by: User) -> list[tuple[str, list[tuple[str, int]]]]:
    """Of each kind of follow-up, how often each answer was recorded, in the words of the scheme."""
    rows = ReferralFollowUp.objects.visible_to(by).filter(referral__scheme=scheme.name).exclude(answer="")
    counted = {
        (code, answer): count for code, answer, count in rows.values_list("code", "answer").annotate(Count("pk"))
    }
    words = scheme.safeguarding
    return [
        (
            said(terms.title, get_language()),
            [(said(one.title, get_language()), counted.get((terms.code, one.code), 0)) for one in terms.answers],
        )
        for terms in (words.follow_ups if words else ())
    ]
