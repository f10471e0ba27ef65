"""What another authority answers to what was passed on to it, and what is replied. The trail keeps no word of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from compliance.guarded_sharing.states import SharingWay
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HANDLES, RECORDS
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.states import DisseminationStatus, PartnerAnswerKind
from compliance.passed_on import rules
from compliance.passed_on.models import PartnerMessage
from compliance.passed_on.queries import PassedOn
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def accept_conditions(passed: Dissemination, *, by: User, at: datetime) -> Dissemination:
    """For the authority that was given it: keep to the conditions, and from now on read it.

    The first who does accepts for the authority; of everybody else there it is noted that they open it, once.
    """
    permissions.require(by, "compliance.receive_intelligence")
    passed = trail.locked(passed, among=Dissemination.objects.for_partner(by))
    if queries.has_opened(passed, by=by):
        return passed
    if passed.status == DisseminationStatus.PASSED:
        return trail.move(passed, "accept_conditions", by=by, at=at, accepted_by=by, accepted_at=at)
    trail.record(passed, "open", by=by, at=at)
    return passed


@transaction.atomic
def respond(
    passed: PassedOn, *, kind: str, text: str, wanted_by: date | None = None, by: User, at: datetime
) -> PassedOn:
    """For the authority that was given it: say what was done, ask a question, for more time or for another grade.

    Raises `Refused` (not_accepted, no_kind, no_text, no_day).
    """
    permissions.require(by, "compliance.receive_intelligence")
    passed = trail.locked(passed, among=type(passed)._default_manager.for_partner(by))
    opened = queries.has_opened(passed, by=by) if isinstance(passed, Dissemination) else True
    today = timezone.localdate(at)
    refuse_for(rules.answer_blockers(passed, kind=kind, text=text, wanted_by=wanted_by, today=today, has_opened=opened))
    day = wanted_by if kind == PartnerAnswerKind.MORE_TIME else None
    _write(passed, from_agency=True, kind=kind, text=text, wanted_by=day, by=by, at=at)
    return trail.move(passed, "respond", by=by, at=at)


@transaction.atomic
def reply_to_partner(passed: PassedOn, *, text: str, answer_by: date | None = None, by: User, at: datetime) -> PassedOn:
    """Reply to another authority, which then answers again; `answer_by` gives it time until that day.

    Raises `Refused` (wrong_state, no_text, no_day, not_approved …).
    """
    permissions.require(by, HANDLES if isinstance(passed, HandOver) else RECORDS)
    passed = trail.locked(passed, among=type(passed)._default_manager.visible_to(by))
    refuse_for(rules.reply_blockers(passed, text=text, answer_by=answer_by, today=timezone.localdate(at)))
    assert passed.agency is not None
    guard.share(passed.origin, passed.agency, way=SharingWay.MESSAGE, texts=[text], by=by, at=at)
    _write(passed, from_agency=False, text=text, wanted_by=answer_by, by=by, at=at)
    return trail.move(passed, "reply_to_partner", by=by, at=at, answer_by=answer_by or passed.answer_by)


def _write(passed: PassedOn, *, text: str, **said: Any) -> None:
    about = {"dissemination": passed} if isinstance(passed, Dissemination) else {"hand_over": passed}
    PartnerMessage.objects.create(**about, text=text.strip(), **said)


@transaction.atomic
def note_answer(passed: Dissemination, *, by: User, at: datetime) -> Dissemination:
    """The answer of another authority has been read. Raises `Refused` (wrong_state)."""
    permissions.require(by, "compliance.record_intelligence")
    passed = trail.locked(passed, among=Dissemination.objects.visible_to(by))
    return trail.move(passed, "note_answer", by=by, at=at)
