"""Connections by a piece of intelligence: said, and taken back. The trail keeps kinds and references, no name and no number."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.intelligence import rules
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.rules import ComparedName
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.reasons import reason_blockers
from registry.trail.actions import events as trail


@transaction.atomic
def tie(
    intelligence: Intelligence,
    *,
    first: ComparedName,
    second: ComparedName,
    how: str,
    strength: int,
    since: date | None = None,
    until: date | None = None,
    by: User,
    at: datetime,
) -> Tie:
    """Say that the first is connected with the second by this intelligence, in this direction; said again, the later word holds.

    Raises `Refused` (same_entity, no_how, no_strength, in_the_future, ends_first, conflicted).
    """
    permissions.require(by, "compliance.record_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    firms = [one.organisation for one in (first, second) if one.organisation]
    refuse_for(
        [
            *rules.tie_blockers(first, second, how=how, strength=strength),
            *rules.tie_day_blockers(since, until, today=timezone.localdate(at)),
            *(reason for firm in firms for reason in permissions.conflict_blockers(by, firm)),
        ]
    )
    one, other = _entity(first), _entity(second)
    made, _is_new = Tie.objects.update_or_create(
        first=one,
        second=other,
        intelligence=intelligence,
        defaults={
            "how": how.strip(),
            "strength": strength,
            "is_directed": True,
            "since": since,
            "until": until,
            "by": by,
            "at": at,
        },
    )
    trail.record(intelligence, "tie", by=by, at=at, first=one, second=other, strength=strength)
    return made


@transaction.atomic
def untie(tie: Tie, *, because: str, by: User, at: datetime) -> None:
    """Take back that two hang together. Raises `Refused` (no_reason)."""
    permissions.require(by, "compliance.record_intelligence")
    tie = trail.locked(tie, among=Tie.objects.visible_to(by))
    refuse_for(reason_blockers(because))
    trail.record(tie.intelligence, "untie", by=by, at=at, because=because, first=tie.first, second=tie.second)
    tie.delete()


def _entity(named: ComparedName) -> Entity:
    found, _is_new = Entity.objects.get_or_create(
        kind=named.kind,
        key=named.key,
        defaults={"reference": new_reference("X"), "label": named.label, "organisation": named.organisation},
    )
    return found
