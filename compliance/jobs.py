"""Background entry points: read the clock, make one call for each stretch of what is due."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from compliance.check_ins import actions as check_ins
from compliance.check_ins import queries as check_in_queries
from compliance.enforcement.actions import orders, underpayment, undertakings
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import receipts
from compliance.enforcement.states.undertakings import IN_NEGOTIATION, UndertakingStatus
from compliance.field.actions import field
from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups import queries as follow_up_queries
from compliance.prevention import actions as prevention
from compliance.reports.actions import triage
from compliance.reports.queries import triage as sorting
from compliance.statistics import actions as counting
from compliance.statistics.models import StatisticsSubject
from compliance.statistics.queries import tabulations
from compliance.targeting.actions import evaluation, scores
from compliance.targeting.queries import scores as scores_queries
from registry import schemes
from registry.errors import Refused

#: Every licence is scored once, while nobody works.
NIGHT = range(1, 5)
#: Whoever comes home from a visit sends what was left on the way.
WAITS_FOR_THE_REST = timedelta(days=14)
#: How many licences are scored in one transaction.
TOGETHER = 500


def score_licences(*, at: datetime) -> int:
    """By night, score every licence in force that has not been scored this night; says how many were looked at."""
    local = timezone.localtime(at)
    if local.hour not in NIGHT:
        return 0
    return score_all(since=local.replace(hour=NIGHT[0], minute=0, second=0, microsecond=0), at=at)


def score_all(*, since: datetime | None = None, at: datetime) -> int:
    """Score every licence in force that has not been looked at since then; says how many."""
    looked = 0
    for scheme in scores_queries.scored_schemes(timezone.localdate(at)):
        due = list(scores_queries.to_be_scored(scheme, since=since or at + timedelta(seconds=1), at=at))
        for start in range(0, len(due), TOGETHER):
            scores.work_out(due[start : start + TOGETHER], scheme=scheme, by=None, at=at)
        looked += len(due)
    return looked


def count_for_the_public(*, at: datetime) -> int:
    """Once a day, make the counts for the public anew; says of how many schemes."""
    today = timezone.localdate(at)
    is_done = tabulations.is_counted(StatisticsSubject.PUBLIC, schemes.all_in_force(today), on=today)
    return 0 if is_done else counting.tabulate(by=None, at=at)


def freeze_public_counts(*, at: datetime) -> int:
    """Freeze the quarters that are old enough for the tables that anyone may ask for; says how many."""
    return counting.freeze_quarters(by=None, at=at)


def evaluate_choosing(*, at: datetime) -> int:
    """Once a day, count anew what visits have found by how they were chosen; says of how many schemes."""
    today = timezone.localdate(at)
    is_done = tabulations.is_counted(StatisticsSubject.TARGETING, scores_queries.scored_schemes(today), on=today)
    return 0 if is_done else evaluation.evaluate(by=None, at=at)


def count_prevention(*, at: datetime) -> int:
    """Once a day, count what followed after preventive measures; says of how many schemes."""
    today = timezone.localdate(at)
    is_done = tabulations.is_counted(StatisticsSubject.PREVENTION, schemes.all_in_force(today), on=today)
    return 0 if is_done else prevention.count_prevention(by=None, at=at)


def remind_of_follow_ups(*, at: datetime) -> int:
    """Remind businesses a week before something is to be put right, and once when its day has passed."""
    due = list(follow_up_queries.to_be_reminded(timezone.localdate(at)))
    for one in due:
        follow_ups.remind(one, by=None, at=at)
    return len(due)


def remind_of_reports(*, at: datetime) -> int:
    """Tell those who handle reports of each whose day or hour has passed, at any hour, once; says how many reports."""
    due = list(sorting.to_be_reminded_of(at))
    for report, clock, passed in due:
        triage.remind(report, clock=clock, due=passed, by=None, at=at)
    return len(due)


def raise_alarm_for_missing(*, at: datetime) -> int:
    """Raise the alarm for each officer who should have checked out of a visit; says for how many."""
    missed = 0
    for stay in list(check_in_queries.overdue(at)):
        # Who checks out in this moment is not missing.
        with suppress(Refused):
            check_ins.miss_check_out(stay, by=None, at=at)
            missed += 1
    return missed


def forget_pieces(*, at: datetime) -> int:
    """Let go of the beginnings of photographs of which the rest did not come within two weeks; says how many pieces."""
    return field.forget_pieces(before=at - WAITS_FOR_THE_REST, by=None, at=at)


def let_undertakings_run_out(*, at: datetime) -> int:
    """What has passed its last day lapses or ends, once; says how many. An undertaking whose receipts are to be reviewed waits."""
    today, ended = timezone.localdate(at), 0
    for one in list(Undertaking.objects.run_out(today).order_by("pk")):
        if one.status in IN_NEGOTIATION:
            undertakings.lapse(one, by=None, at=at)
        elif one.status != UndertakingStatus.ACCEPTED:
            undertakings.end_order(one, by=None, at=at)
        elif receipts.can_end(one, today):
            undertakings.end_undertaking(one, by=None, at=at)
        else:
            continue
        ended += 1
    return ended


def let_sanctions_run_out(*, at: datetime) -> int:
    """Notices of underpayment that were not paid in time, and orders on conviction whose term is over, once; says how many."""
    today = timezone.localdate(at)
    unpaid = list(UnderpaymentNotice.objects.run_out(today).order_by("pk"))
    for notice in unpaid:
        underpayment.miss_payment(notice, by=None, at=at)
    over = list(ConvictionOrder.objects.run_out(today).order_by("pk"))
    for order in over:
        orders.run_out_order(order, by=None, at=at)
    return len(unpaid) + len(over)
