"""What another authority answers to intelligence that was passed on to it, and what is replied. The trail keeps no word of it."""

from datetime import datetime

from django.db import transaction

from compliance.intelligence.models import Dissemination
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.states import DisseminationStatus
from compliance.passed_on import rules
from compliance.passed_on.models import PartnerMessage
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
def respond(passed: Dissemination, *, kind: str, text: str, by: User, at: datetime) -> Dissemination:
    """For the authority that was given it: say what was done, ask a question, or ask for another grade.

    Raises `Refused` (not_accepted, no_kind, no_text).
    """
    permissions.require(by, "compliance.receive_intelligence")
    passed = trail.locked(passed, among=Dissemination.objects.for_partner(by))
    opened = queries.has_opened(passed, by=by)
    refuse_for(rules.answer_blockers(passed, kind=kind, text=text, has_opened=opened))
    PartnerMessage.objects.create(dissemination=passed, from_agency=True, kind=kind, text=text.strip(), by=by, at=at)
    return trail.move(passed, "respond", by=by, at=at)


@transaction.atomic
def reply_to_partner(passed: Dissemination, *, text: str, by: User, at: datetime) -> Dissemination:
    """Reply to the question of another authority, which then answers again. Raises `Refused` (wrong_state, no_text)."""
    permissions.require(by, "compliance.record_intelligence")
    passed = trail.locked(passed, among=Dissemination.objects.visible_to(by))
    refuse_for(rules.reply_blockers(passed, text=text))
    PartnerMessage.objects.create(dissemination=passed, from_agency=False, text=text.strip(), by=by, at=at)
    return trail.move(passed, "reply_to_partner", by=by, at=at)


@transaction.atomic
def note_answer(passed: Dissemination, *, by: User, at: datetime) -> Dissemination:
    """The answer of another authority has been read. Raises `Refused` (wrong_state)."""
    permissions.require(by, "compliance.record_intelligence")
    passed = trail.locked(passed, among=Dissemination.objects.visible_to(by))
    refuse_for(rules.note_blockers(passed))
    return trail.move(passed, "note_answer", by=by, at=at)
