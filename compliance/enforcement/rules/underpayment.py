"""What is owed, what penalty follows, and what must be so before a notice of underpayment moves (ERA 2025, ss.103-115)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.states.sanctions import UnderpaymentStatus
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import move_blockers, reason_blockers
from registry.schemes.sanctions import Underpayment

SWITCHED_OFF = Reason("switched_off", _("This scheme says nothing of notices of underpayment."), "scheme")


def words_of(notice: UnderpaymentNotice) -> Underpayment | None:
    """The lengths and the penalty of the version under which it was drafted."""
    sanctions = schemes.get(notice.scheme, notice.version).sanctions
    return sanctions.underpayment if sanctions else None


@dataclass(frozen=True, slots=True)
class WagesOwed:
    """What is owed to so many workers for one reason and one time."""

    what: str
    workers: int
    pence: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is to be paid besides, and how little of it by whoever pays early; in pence."""

    pence: int
    reduced: int


def penalty(owed: Sequence[WagesOwed], words: Underpayment) -> Penalty:
    """A share of what is owed, at most so much a worker, never under the least. Pennies are rounded down."""
    each = (
        min(one.pence * words.penalty_percent // 100, one.workers * words.most_pounds_a_worker * 100) for one in owed
    )
    pence = max(sum(each), words.least_pounds * 100)
    return Penalty(pence, pence * (100 - words.reduced_percent) // 100)


def pay_by(served_on: date, words: Underpayment) -> date:
    """The last day to pay: the days begin with the day on which the notice is given (ERA 2025, ss.103(2), 107(2))."""
    return served_on + timedelta(days=words.pay_days - 1)


def reduced_by(served_on: date, words: Underpayment) -> date:
    """The last day on which the reduced penalty is enough, counted likewise (ERA 2025, s.108(4))."""
    return served_on + timedelta(days=words.reduced_days - 1)


def theirs_blockers(notice: UnderpaymentNotice, *, by: User) -> Iterator[Reason]:
    conflicts = list(permissions.conflict_blockers(by, notice.organisation))
    yield from conflicts
    if not conflicts and not UnderpaymentNotice.objects.visible_to(by).filter(pk=notice.pk).exists():
        yield Reason("not_theirs", _("Someone else has this notice."))


def draft_blockers(*, reasons: str, owed: Sequence[WagesOwed], today: date) -> Iterator[Reason]:
    yield from reason_blockers(reasons, "reasons")
    if not owed:
        yield Reason("nothing_owed", _("Write down at least one sum that is owed."), "what_1")
    if any(not one.what.strip() or one.workers < 1 or one.pence < 1 for one in owed):
        text = _("Say of each sum for what it is owed, to how many workers, and how much.")
        yield Reason("sum_unexplained", text, "what_1")
    if any(not one.since <= one.until <= today for one in owed):
        text = _("Say of each sum from which day until which it is owed; neither is in the future.")
        yield Reason("wrong_days", text, "what_1")


def serve_blockers(notice: UnderpaymentNotice, *, by: User) -> Iterator[Reason]:
    """Whoever drafted it does not serve it."""
    yield from notice.lifecycle.blockers(notice.status, "serve_underpayment")
    if notice.drafted_by_id == by.pk:
        yield Reason("own_draft", _("You drafted it, so someone else must serve it."))


def withdraw_blockers(notice: UnderpaymentNotice, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from move_blockers(notice, "withdraw_underpayment", because=because)
    if notice.drafted_by_id == by.pk:
        yield Reason("own_draft", _("You drafted it, so someone else must withdraw it."))


def settle_blockers(
    notice: UnderpaymentNotice, *, paid_on: date | None = None, shown_by: str = "", today: date | None = None
) -> Iterator[Reason]:
    yield from notice.lifecycle.blockers(notice.status, "settle_underpayment")
    if paid_on is None:
        return
    if (today and paid_on > today) or (notice.served_at and paid_on < notice.served_at.date()):
        yield Reason("wrong_day", _("Enter a day between the notice and today."), "paid_on")
    if len(shown_by.strip()) < 10:
        text = _("Say what shows that the workers and the penalty were paid, in 10 characters or more.")
        yield Reason("not_shown", text, "shown_by")


def enforce_blockers(notice: UnderpaymentNotice, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from move_blockers(notice, "enforce_underpayment", because=because)
    if notice.drafted_by_id == by.pk:
        yield Reason("own_draft", _("You drafted it, so someone else must go to the court."))


def miss_blockers(notice: UnderpaymentNotice, *, on: date) -> Iterator[Reason]:
    yield from notice.lifecycle.blockers(notice.status, "miss_payment")
    if notice.status == UnderpaymentStatus.TO_PAY and (notice.pay_by is None or on <= notice.pay_by):
        yield Reason("too_early", _("Its last day has not passed yet."))
