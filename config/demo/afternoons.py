"""What sample officers do at once about danger, and each afternoon about what has waited for some days."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from compliance.danger import actions as dangers
from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus, HandOverTo
from compliance.reports.models.reports import Report
from config.demo.casting import Cast, Story
from licensing.findings import actions as findings
from licensing.findings.models import FindingToConsider
from licensing.findings.states import FindingStatus
from licensing.holding.actions import changes
from licensing.holding.models import Change
from licensing.holding.queries import holding as queries
from licensing.holding.rules import holding as rules
from licensing.holding.states import ChangeStatus
from registry.accounts.models import User

#: Within which someone on duty has responded to a danger.
SOON = timedelta(minutes=20)
#: For how long each waits at least; what is newer is still to be done when the demonstration begins.
WAITS = timedelta(days=5)
NOTHING_MORE = "The business has put it right, and the next visit is near."
NO_VISIT = "It was visited last month, and nothing of the kind was seen."


def days(cast: Cast, since: datetime) -> Iterator[datetime]:
    """Every afternoon: outcomes of inspections are considered, visits declined, and reported changes accepted or noted."""
    at = since.replace(hour=16, minute=0)
    while True:
        yield (at := at + timedelta(days=1))
        _consider(cast, at)
        _decline(cast, at)
        _accept(cast, at)


def _consider(cast: Cast, at: datetime) -> None:
    """What failed takes two people, a day apart."""
    for finding in FindingToConsider.objects.filter(status=FindingStatus.NO_ACTION_PROPOSED, proposed_at__lt=at):
        findings.confirm_no_action(finding, by=cast.decision_maker, at=at)
    for finding in FindingToConsider.objects.filter(status=FindingStatus.OPEN, opened_at__lt=at - WAITS):
        by = finding.case_officer or cast.case_officer
        act = findings.propose_no_action if finding.failed else findings.take_no_action
        act(finding, because=NOTHING_MORE, by=by, at=at)


def _decline(cast: Cast, at: datetime) -> None:
    waiting = HandOver.objects.filter(status=HandOverStatus.OPEN, to=HandOverTo.VISIT, handed_at__lt=at - WAITS)
    for one in waiting:
        hand_overs.decline(one, because=NO_VISIT, by=one.case_officer or cast.case_officer, at=at)


def _accept(cast: Cast, at: datetime) -> None:
    """What needs no check, or of which every check is answered; or what is only to be known."""
    for change in Change.objects.filter(status=ChangeStatus.TOLD, told_at__lt=at - WAITS):
        kind, unanswered = queries.kind_of(change), change.checks.filter(result="").count()
        if not list(rules.accept_blockers(change, kind, unanswered=unanswered)):
            changes.accept(change, by=cast.second_case_officer, at=at)
        elif not list(rules.note_blockers(change, kind)):
            changes.note(change, by=cast.second_case_officer, at=at)


def responded(report: Report, analyst: User, at: datetime) -> Story:
    """Someone on duty has answered the alarm of a report of danger."""
    at += SOON
    for danger in report.dangers.all():
        yield at
        dangers.acknowledge(danger, by=analyst, at=at)
        because = "The police went to the house, and no one was in danger any more."
        dangers.deal_with(danger, outcome="emergency", because=because, by=analyst, at=at)
