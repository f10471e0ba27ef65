"""How the sample holders keep their licences: they begin to supply, tell of changes, and show that they meet their conditions."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.answers import ADDRESS
from config.demo.papers import paper
from licensing.conditions import actions as evidence
from licensing.holding.actions import changes, supply
from licensing.holding.queries import holding
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus

DAY = timedelta(days=1)
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
        ("address", {"address": MOVED, "trades_elsewhere": False, "letters_elsewhere": False}),
        ("named_individual_joins", NEWCOMER),
        ("ruling", RULING),
    ):
        yield (at := at + DAY)
        offered = holding.kinds_for(licence, schemes.in_force(licence.scheme, timezone.localdate(at)))
        if kind in {one.code for one in offered}:
            changes.tell(licence, kind=kind, data=data, happened_on=timezone.localdate(at) - 3 * DAY, by=user, at=at)
