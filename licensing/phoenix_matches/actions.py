"""Look-alikes: looked for, and judged by an officer. Nothing follows from one but that somebody must judge it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.phoenix_matches import rules
from licensing.phoenix_matches.models import Look, LookAlike
from licensing.phoenix_matches.queries import search as radar
from registry import matching, permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter


@transaction.atomic
def look(organisations: Sequence[Organisation], *, by: None, at: datetime) -> list[LookAlike]:
    """Look for files that may be of the same people as these, and write down each that is new, or of which more is known.

    Of an applicant those that were refused or lost a licence, that something speaks against, or that hold a licence; of a
    holder those that something speaks against. What was dismissed stays so unless something new speaks for it.
    """
    matching.note_companies(organisations)
    findings = radar.found(organisations, today=timezone.localdate(at))
    # Held before anything is written, so that nobody notes the same pair at the same time.
    Counter.objects.held(Counter.EVENTS)
    fresh = LookAlike.objects.note_all(findings, at=at)
    Look.objects.note(organisations, at=at)
    for one in fresh:
        trail.record(one, "find", by=by, at=at, **one.told)
    return fresh


@transaction.atomic
def confirm(look_alike: LookAlike, *, because: str, by: User, at: datetime) -> LookAlike:
    """Say that the two files are of the same people, and what shows it: whoever decides on the applicant is shown it.

    Raises `Refused` (conflicted, wrong_state, no_reasons).
    """
    judged = _judged(look_alike, "confirm", because=because, by=by)
    verdict = {"closed_by": by, "closed_at": at, **judged.without_proposal()}
    return trail.move(_with_reason(judged, because), "confirm", by=by, at=at, because=because, **verdict)


@transaction.atomic
def dismiss(look_alike: LookAlike, *, because: str, by: User, at: datetime) -> LookAlike:
    """Say why the two files are not of the same people; the pair stays dismissed as long as nothing new speaks for it.

    Strong evidence is dismissed by two: the first only proposes it, and it stays open until another officer agrees.

    Raises `Refused` (conflicted, wrong_state, no_reasons, proposed_oneself).
    """
    judged = _judged(look_alike, "dismiss", because=because, by=by)
    if judged.is_strong and judged.dismissal_by is None:
        judged.dismissal_by, judged.dismissal_at, judged.dismissal_because = by, at, because
        judged.save(update_fields=["dismissal_by", "dismissal_at", "dismissal_because"])
        trail.record(judged, "propose_dismissal", by=by, at=at, because=because)
        return judged
    verdict = {"closed_by": by, "closed_at": at}
    return trail.move(_with_reason(judged, because), "dismiss", by=by, at=at, because=because, **verdict)


def _judged(look_alike: LookAlike, verdict: str, *, because: str, by: User) -> LookAlike:
    """Locked, if this officer may say so now."""
    permissions.require(by, "licensing.judge_look_alikes")
    look_alike = trail.locked(look_alike)
    for organisation in (look_alike.organisation, look_alike.other):
        refuse_for(permissions.conflict_blockers(by, organisation))
    refuse_for(rules.judge_blockers(look_alike, verdict, because=because, by=by))
    return look_alike


def _with_reason(look_alike: LookAlike, because: str) -> LookAlike:
    look_alike.because = because
    look_alike.save(update_fields=["because"])
    return look_alike
