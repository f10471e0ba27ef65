"""How the sample holders keep their licences: they begin to supply, tell of changes, and show that they meet their conditions."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from config.demo.answers import ADDRESS
from config.demo.papers import paper
from licensing.actions import changes, evidence, supply
from licensing.models import Change
from licensing.queries import holding
from registry import schemes
from registry.models import Licence, User
from registry.states import ConditionStatus

DAY = timedelta(days=1)
# Told, and taken back on the day after.
OTHER_TELEPHONE = {"telephone": "+441632960911"}
NEWCOMER = {
    "full_name": "Katarzyna Wójcik",
    "date_of_birth": "1987-03-14",
    "job_title": "Site co-ordinator",
    "convictions": False,
    "refused_or_revoked": False,
    "insolvent_or_disqualified": False,
}
MOVED = {**ADDRESS, "line_1": "Unit 4, Wide Lane"}
RULING = {
    "decided_by": "Employment Tribunal, Nottingham",
    "decided_what": "Holiday pay of two former workers: they are owed £410.",
    "under_appeal": False,
}


def supplies(user: User, licence: Licence, at: datetime) -> Iterator[datetime]:
    """Supply begins, and that is told, some days after the first day of the licence."""
    began = timezone.localdate(at) + 8 * DAY
    if began < licence.valid_from:
        began = licence.valid_from
    yield (at := at + (began - timezone.localdate(at) + 2 * DAY).days * DAY)
    supply.tell(licence, began_on=began, by=user, at=at)


def in_order(user: User, licence: Licence, at: datetime) -> Iterator[datetime]:
    """A condition is being met; the business moves, somebody joins, and a tribunal has decided something."""
    for step in supplies(user, licence, at):
        yield (at := step)
    yield (at := at + 2 * DAY)
    condition = licence.conditions.filter(status=ConditionStatus.OPEN).order_by("pk").first()
    if condition is not None:
        said = "Every worker has had a written statement since Monday. Copies are at the office."
        evidence.send(condition, text=said, uploads=[paper("Written statement")], by=user, at=at)
    for kind, data in (
        ("address", {"address": MOVED, "trades_elsewhere": False}),
        ("named_individual_joins", NEWCOMER),
        ("ruling", RULING),
    ):
        yield (at := at + DAY)
        _told(licence, kind, data, ago=3, by=user, at=at)
    yield (at := at + DAY)
    mistaken = _told(licence, "contact", OTHER_TELEPHONE, by=user, at=at)
    yield (at := at + DAY)
    if mistaken is not None:
        changes.take_back(mistaken, because="That is the number of our canteen.", by=user, at=at)


def _told(
    licence: Licence, kind: str, data: Mapping[str, Any], *, ago: int = 0, by: User, at: datetime
) -> Change | None:
    """Nothing where the pack of the day has no such kind of change."""
    today = timezone.localdate(at)
    if kind not in {one.code for one in holding.kinds_for(licence, schemes.in_force(licence.scheme, today))}:
        return None
    return changes.tell(licence, kind=kind, data=data, happened_on=today - ago * DAY, by=by, at=at)
