"""Write a monthly bulletin; a second person releases or refuses it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.bulletins import queries, rules
from compliance.bulletins.models import Bulletin
from compliance.bulletins.states import RELEASES, WRITES, BulletinStatus
from compliance.releases.queries import sources_in
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def write_bulletin(*, month: date, text: str, by: User, at: datetime) -> Bulletin:
    """Keep the text for a month as it was edited, beside what was drafted from the newest published tables.

    Raises `Refused` (no_tables, wrong_month, month_taken, no_text, name_of_source, number_of_source).
    """
    permissions.require(by, WRITES)
    shown = queries.newest(at)
    taken = Bulletin.objects.filter(month=month).exclude(status=BulletinStatus.REFUSED).exists()
    refuse_for(
        rules.write_blockers(
            month=month,
            text=text,
            is_taken=taken,
            has_tables=shown is not None,
            found=sources_in(None, text, by=by),
            today=timezone.localdate(at),
        )
    )
    assert shown is not None
    bulletin = Bulletin.objects.create(
        reference=new_reference("B"),
        month=month,
        version=shown.version,
        drafted=queries.draft_of(shown),
        text=text.strip(),
        written_by=by,
        written_at=at,
    )
    trail.record(bulletin, "write_bulletin", by=by, at=at, after=bulletin.status, version=shown.address)
    return bulletin


@transaction.atomic
def release_bulletin(bulletin: Bulletin, *, by: User, at: datetime) -> Bulletin:
    """Release it as a second person: authorities with an agreement read it from now on.

    Raises `Refused` (wrong_state, same_person, name_of_source, number_of_source).
    """
    permissions.require(by, RELEASES)
    bulletin = trail.locked(bulletin)
    found = sources_in(None, bulletin.text, by=by)
    refuse_for(rules.decide_blockers(bulletin, "release_bulletin", by=by, found=found))
    return trail.move(bulletin, "release_bulletin", by=by, at=at, decided_by=by, decided_at=at)


@transaction.atomic
def refuse_bulletin(bulletin: Bulletin, *, because: str, by: User, at: datetime) -> Bulletin:
    """Refuse it as a second person: another can be written for its month. Raises `Refused` (wrong_state, same_person)."""
    permissions.require(by, RELEASES)
    bulletin = trail.locked(bulletin)
    refuse_for(rules.decide_blockers(bulletin, "refuse_bulletin", by=by))
    return trail.move(
        bulletin, "refuse_bulletin", by=by, at=at, decided_by=by, decided_at=at, refused_because=because.strip()
    )
