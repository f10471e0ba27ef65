"""What is to be shared with a guarded authority is asked for with a lawful basis, and approved by a second person."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import rules
from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.queries import field_of
from compliance.guarded_sharing.rules import SharingRequest
from compliance.guarded_sharing.states import APPROVES, SEES, SharingWay
from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import shared_blockers
from compliance.sharing_requests.queries import sharings as queries
from compliance.sharing_requests.queries.sharings import Shared
from registry import permissions
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def ask_to_share(
    about: Shared,
    *,
    agency: Agency | None,
    way: str,
    basis: str,
    because: str,
    text: str = "",
    agreed_on: date | None = None,
    by: User,
    at: datetime,
) -> GuardedSharing:
    """Ask that something may be shared with a guarded authority. Nothing is shared until another person has approved it.

    Intelligence and what a report led to are shared in the words that they have; `text` is asked for joint cases and messages.
    Raises `Refused` (no_agency, not_guarded, no_way, no_basis, promised, no_agreement, no_reason, no_text, not_released,
    name_of_source, number_of_source, who_reported).
    """
    permissions.require(by, _asks(about))
    about = trail.locked(about, among=type(about)._default_manager.visible_to(by))
    today = timezone.localdate(at)
    kind = agencies.guarded_kind(agency, today) if agency else None
    asked = SharingRequest(agency, way, basis, because, _words(about, way, text), agreed_on)
    is_from_report = bool(queries.reports_behind(about))
    refuse_for(
        [
            *rules.ask_blockers(
                asked,
                kind=kind,
                ways=queries.WAYS[type(about)],
                is_from_report=is_from_report,
                needs_text=way in queries.WRITTEN,
                today=today,
            ),
            *(shared_blockers(about) if isinstance(about, Intelligence) else ()),
            *queries.who_told_in(about, [asked.text], by=by),
        ]
    )
    assert agency is not None and kind is not None
    scheme = agencies.scheme_of(kind, today)
    sharing = GuardedSharing.objects.create(
        reference=new_reference("Y"),
        kind=kind.code,
        scheme=scheme.name,
        version=scheme.version,
        agency=agency,
        way=way,
        basis=basis,
        because=because.strip(),
        agreed_on=agreed_on,
        text=asked.text,
        asked_by=by,
        asked_at=at,
        **{field_of(about): about},
    )
    facts: dict[str, Any] = {"agency": agency, "guarded": kind.code, "way": way, "basis": basis}
    trail.record(sharing, "ask_to_share", by=by, at=at, after=sharing.status, **facts)
    return sharing


@transaction.atomic
def approve_sharing(sharing: GuardedSharing, *, by: User, at: datetime) -> GuardedSharing:
    """Approve as a second person: the person who asked may share it once. Raises `Refused` (same_person, wrong_state)."""
    permissions.require(by, APPROVES)
    sharing = trail.locked(sharing, among=GuardedSharing.objects.visible_to(by))
    refuse_for(rules.approve_blockers(sharing, by=by))
    return trail.move(sharing, "approve_sharing", by=by, at=at, ended_by=by, ended_at=at)


@transaction.atomic
def refuse_sharing(sharing: GuardedSharing, *, because: str, by: User, at: datetime) -> GuardedSharing:
    """Refuse as a second person, and say why. Raises `Refused` (same_person, wrong_state, no_reason)."""
    permissions.require(by, APPROVES)
    sharing = trail.locked(sharing, among=GuardedSharing.objects.visible_to(by))
    refuse_for(rules.refuse_blockers(sharing, because=because, by=by))
    sharing.refused_because = because.strip()  # kept off the trail
    sharing.save(update_fields=["refused_because"])
    return trail.move(sharing, "refuse_sharing", by=by, at=at, ended_by=by, ended_at=at)


@transaction.atomic
def withdraw_sharing(sharing: GuardedSharing, *, by: User, at: datetime) -> GuardedSharing:
    """Take back what one asked for, before it is shared. Raises `Refused` (not_theirs, wrong_state)."""
    permissions.require(by, SEES)
    sharing = trail.locked(sharing, among=GuardedSharing.objects.visible_to(by))
    refuse_for(rules.own_blockers(sharing, "withdraw_sharing", by=by))
    return trail.move(sharing, "withdraw_sharing", by=by, at=at, withdrawn_at=at)


def _asks(about: Shared) -> str:
    """The permission of those who share this with any authority. A visit is made joint by those who plan every visit."""
    if isinstance(about, Intelligence):
        return "compliance.record_intelligence"
    if isinstance(about, HandOver):
        return "compliance.handle_reports"
    return "compliance.plan_visits"


def _words(about: Shared, way: str, typed: str) -> str:
    """What the authority is to read: typed, or as it has been cleared; of a visit nothing."""
    if way in queries.WRITTEN:
        return typed.strip()
    if way == SharingWay.INTELLIGENCE and isinstance(about, Intelligence):
        return about.sanitised_text
    return about.text if isinstance(about, HandOver) else ""
