"""When something may be recorded of a person after a referral."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason


def record_blockers(
    follow_up: ReferralFollowUp,
    *,
    by: User,
    answer: str | None = None,
    on: date | None = None,
    answers: Sequence[str] = (),
    today: date | None = None,
) -> Iterator[Reason]:
    """An answer or a day of None is not asked yet."""
    yield from follow_up.lifecycle.blockers(follow_up.status, "record_follow_up")
    if follow_up.referral.organisation is not None:
        yield from permissions.conflict_blockers(by, follow_up.referral.organisation)
    if answer is not None and answer not in answers:
        yield Reason("unknown_code", _("Choose from the list."), "answer")
    if on is not None and today is not None and on > today:
        yield Reason("wrong_day", _("Enter a day that is not in the future."), "on")


def begin_blockers(code: str, known: Sequence[str], *, is_open: bool) -> Iterator[Reason]:
    if code not in known:
        yield Reason("unknown_code", _("Choose from the list."), "code")
    elif is_open:
        yield Reason("begun_already", _("This is to be recorded already."), "code")
