"""Whether a business whose licence has run out has stopped supplying workers: what an officer found, and whether one must look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from licensing.applications.states import IN_HAND
from licensing.holding.rules.after_term import see_blockers
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.trail.models.events import Event

STOPPED, MAY_SUPPLY = "find_stopped", "find_supplying"


@dataclass(frozen=True, slots=True)
class SeenAfterTerm:
    """What an officer found after the last day, on what it rests, and the report that was made of it, if one was."""

    has_stopped: bool
    because: str
    on: date
    report: str


def seen_after_term(licence: Licence) -> SeenAfterTerm | None:
    """The answer since the last day: a licence that goes on after all is looked at again once that term is over, too."""
    found = Event.objects.of([("licence", licence.number)]).filter(verb__in=(STOPPED, MAY_SUPPLY)).first()
    if found is None or (day := timezone.localdate(found.at)) <= licence.valid_until:
        return None
    return SeenAfterTerm(found.verb == STOPPED, found.because, day, str(found.facts.get("report", "")))


def is_to_be_seen(licence: Licence, on: date) -> bool:
    """Whether an officer must look: its term is over, and no one renews it, holds a newer one or has answered."""
    return not any(blockers(licence, on=on))


def blockers(licence: Licence, *, on: date, because: str | None = None) -> Iterator[Reason]:
    """Why an officer cannot say now whether supply has stopped."""
    return see_blockers(licence, **_facts_of(licence, on), because=because)


def _facts_of(licence: Licence, on: date) -> dict[str, Any]:
    """An answer comes first: a licence that has one is not asked about again, on any day."""
    has_run_out = licence.has_run_out(on)
    is_seen = has_run_out and seen_after_term(licence) is not None
    asks = has_run_out and not is_seen
    return {
        "has_run_out": has_run_out,
        "is_seen": is_seen,
        "is_renewed": asks and licence.renewals.filter(status__in=IN_HAND).exists(),
        "is_held_anew": asks and _others_of(licence).in_force(on).exists(),
    }


def of_licence(licence: Licence) -> Iterator[Licence]:
    """Those of the same business that have run out: the question about them ends with a new licence."""
    yield from _others_of(licence).filter(status=LicenceStatus.ACTIVE, valid_until__lt=licence.valid_from)


def _others_of(licence: Licence) -> Any:
    others = Licence.objects.filter(organisation=licence.organisation_id, scheme=licence.scheme)
    return others.exclude(pk=licence.pk)
