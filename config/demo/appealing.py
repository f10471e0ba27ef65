"""Appeals in the sample data: told of, heard, barred, and decided and not carried out yet. At most one of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone

from config.demo.papers import paper
from licensing.appeals.actions import appeals, endings
from licensing.appeals.models import Appeal
from licensing.appeals.states import AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.licences.models import Licence

if TYPE_CHECKING:
    from config.demo.casting import Cast

Story = Iterator[datetime]
DAY = timedelta(days=1)
GROUNDS = "The wages were paid a week late because the bank had closed the account. The records are whole, and we showed them."


class Tells(Protocol):
    def __call__(self, cast: "Cast", decision: Decision, user: User, at: datetime) -> Story: ...


def after(decision_on: Application | Licence, cast: "Cast", user: User, tell: Tells) -> Story:
    """Once it is decided, and only among the cases of the sample people: others are copied, and an appeal is nobody's copy."""
    decision = decision_on.decisions.latest("pk")
    if cast.partner is not None and decision.decided_at is not None:
        yield from tell(cast, decision, user, decision.decided_at)


def against_a_revocation_to_come(cast: "Cast", decision: Decision, user: User, at: datetime) -> Story:
    """A sample employer's is heard on a day that is fixed; the next one has only told of it."""
    if user.email.endswith("@demo.example"):
        yield from _heard(cast, decision, at)
    elif not Appeal.objects.filter(status=AppealStatus.TOLD).exists():
        yield (at := at + 2 * DAY)
        appeals.tell(decision, sent_on=timezone.localdate(at), by=user, at=at)


def against_what_held_at_once(cast: "Cast", decision: Decision, user: User, at: datetime) -> Story:
    """Nobody replied in time: the authority takes no part."""
    if Appeal.objects.filter(barred_on__isnull=False).exists() or _is_one(AppealStatus.ACKNOWLEDGED):
        return
    yield (at := at + 5 * DAY)
    appeal = _received(cast, decision, at)
    yield (at := at + DAY)
    appeal = appeals.acknowledge(appeal, copied_on=timezone.localdate(at), by=cast.case_officer, at=at)
    assert appeal.reply_by
    yield (at := at + (appeal.reply_by - timezone.localdate(at) + DAY))
    appeals.bar(appeal, by=cast.case_officer, at=at)


def against_a_refusal(cast: "Cast", decision: Decision, user: User, at: datetime) -> Story:
    """Allowed on paper; somebody else is to carry it out."""
    if decision.application is None or Appeal.objects.filter(decision__kind=decision.kind).exists():
        return
    yield (at := at + 10 * DAY)
    appeal = _received(cast, decision, at)
    for step in _replied(cast, appeal, at):
        yield (at := step)
    appeal = appeals.fix_hearing(appeal, on_paper=True, by=cast.case_officer, at=at)
    yield (at := at + 7 * DAY)
    today = timezone.localdate(at)
    because = (
        "Two of the four standards were met on the day, as the photographs show; the other two do not add up to a fail."
    )
    endings.determine(
        appeal,
        outcome=AppealOutcome.ALLOWED,
        ended_on=today,
        effect_on=today,
        outcome_because=because,
        uploads=[paper("Decision of the tribunal")],
        by=cast.case_officer,
        at=at,
    )


def _heard(cast: "Cast", decision: Decision, at: datetime) -> Story:
    yield (at := at + 2 * DAY)
    appeal = _received(cast, decision, at)
    for step in _replied(cast, appeal, at):
        yield (at := step)
    hearing = timezone.localdate(at) + 35 * DAY
    appeals.fix_hearing(appeal, hearing_on=hearing, hearing_place="Manchester", by=cast.case_officer, at=at)


def _received(cast: "Cast", decision: Decision, at: datetime) -> Appeal:
    today = timezone.localdate(at)
    return appeals.receive(decision, received_on=today, grounds=GROUNDS, by=cast.case_officer, at=at)


def _replied(cast: "Cast", appeal: Appeal, at: datetime) -> Story:
    yield (at := at + DAY)
    on, number = timezone.localdate(at), "4100023/2026"
    appeal = appeals.acknowledge(appeal, copied_on=on, number=number, by=cast.case_officer, at=at)
    yield (at := at + DAY)
    text = "The wages were late four times, and nobody was told why."
    appeals.reply(appeal, replied_on=timezone.localdate(at), reply_text=text, by=cast.case_officer, at=at)
    yield at + DAY
    appeal.refresh_from_db()


def _is_one(status: str) -> bool:
    return Appeal.objects.filter(status=status).exists()
