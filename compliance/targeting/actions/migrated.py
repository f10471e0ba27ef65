"""Rounds that the software itself closed or opened again when rounds came to need two people: each gets the event that it lacked.

The migration changed their state past the trail, so the state of no such round was the one in which its last event had left it.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from compliance.targeting.models import VisitRound
from compliance.targeting.states import RECIPE, RoundStatus
from registry.accounts.models import User
from registry.trail.actions import events as trail
from registry.trail.models.events import Event

MIGRATION = {"app": "compliance", "name": "0025_rounds_by_two"}
#: What the migration made of a round in each state, and by which recipe such a round was selected.
MADE = {(RoundStatus.DRAWN, RoundStatus.CLOSED): RECIPE - 1, (RoundStatus.FIXED, RoundStatus.OPENED): RECIPE}
BECAUSE = {
    RoundStatus.CLOSED: "An upgrade of the software closed it: of a round that was selected by one person no chances are known.",
    RoundStatus.OPENED: "An upgrade of the software opened it again: a list is fixed by one person and selected from by another.",
}


@transaction.atomic
def tell_of_migrated(*, by: User | None, at: datetime) -> int:
    """Write one event for each round that the migration changed, and that has none about it. Says how many.

    A round that anyone has changed past the trail since is left as it is: `verify_trail` names it.
    """
    done = MigrationRecorder(connection).migration_qs.filter(**MIGRATION).first()
    if done is None:
        return 0
    return sum(_tell(one, before=done.applied, by=by, at=at) for one in VisitRound.objects.order_by("pk"))


def _tell(one: VisitRound, *, before: datetime, by: User | None, at: datetime) -> bool:
    about = Event.objects.filter(kind=VisitRound._meta.model_name, reference=one.reference)
    last = about.exclude(after="").order_by("-number").first()
    if last is None or last.at > before or MADE.get((RoundStatus(last.after), RoundStatus(one.status))) != one.recipe:
        return False
    because = BECAUSE[RoundStatus(one.status)]
    trail.record(one, "migrate", by=by, at=at, because=because, before=last.after, after=one.status)
    return True
