"""Record advice that was given at a visit, or give it by letter."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.advice import letters, rules
from compliance.advice.models import Advice
from compliance.advice.states import GIVES, AdviceWay
from compliance.inspections.models import Inspection
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def give_advice(inspection: Inspection, *, way: str, standard: str, text: str, by: User, at: datetime) -> Advice:
    """Record what was said at the visit; by letter, the business is sent the text now.

    Raises `Refused` (not_confirmed, not_theirs, no_standard, given_already, no_way, no_text).
    """
    permissions.require(by, GIVES)
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.advise_blockers(inspection, by=by))
    refuse_for(rules.given_blockers(inspection, way=way, standard=standard, text=text))
    is_letter, visited_on = way == AdviceWay.LETTER, inspection.visited_on
    advice = Advice.objects.create(
        reference=new_reference("AD"),
        inspection=inspection,
        way=way,
        standard=standard,
        text=text.strip(),
        given_on=visited_on if visited_on and not is_letter else timezone.localdate(at),
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(advice, "give_advice", by=by, at=at, inspection=inspection, way=way, standard=standard)
    if is_letter:
        letters.send_advice(advice, at=at)
    return advice
