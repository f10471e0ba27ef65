"""What is held of people no longer than the scheme says. What is left is that it was there.

Keeping what would otherwise be erased."""

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db import models, transaction

from registry import matching, permissions, signing
from registry import search as index
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Organisation, Person
from registry.reading import actions as consultations
from registry.retention import queries, rules
from registry.retention.models import Erasure, Hold, ReadingSeal
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter

#: Readings of one round.
SEALED_AT_ONCE = 20_000


@transaction.atomic
def note(thing: models.Model, *, rule: str, content: Any, things: int, by: None, at: datetime) -> Erasure:
    """Write down that this content of the thing is erased by the rule: its salted digest, on a row and on the trail.

    Called before anything is erased: triggers let go only what has such a row.
    """
    kind, reference = str(thing._meta.model_name), trail.reference_of(thing)
    erasure = _written(rule, kind, reference, content=content, things=things, at=at)
    trail.record(thing, "erase", by=by, at=at, rule=rule, digest=erasure.digest, things=things)
    return erasure


@transaction.atomic
def note_day(day: date, *, kind: str, rule: str, content: Any, things: int, by: None, at: datetime) -> Erasure:
    """Write down that rows of one day are erased by the rule, of which each has no reference of its own.

    A day of which more goes later, as a hold kept it, has a further row: 2026-11-29, 2026-11-29/2 …
    """
    before = Erasure.objects.filter(kind=kind, rule=rule, reference__startswith=day.isoformat()).count()
    reference = f"{day}/{before + 1}" if before else f"{day}"
    erasure = _written(rule, kind, reference, content=content, things=things, at=at)
    trail.record(erasure, "erase", by=by, at=at, rule=rule, digest=erasure.digest, things=things)
    return erasure


def _written(rule: str, kind: str, reference: str, *, content: Any, things: int, at: datetime) -> Erasure:
    salt = secrets.token_hex(32)
    digest = signing.digest({"salt": salt, "content": signing.plain(content)})
    return Erasure.objects.create(
        rule=rule, kind=kind, reference=reference, salt=salt, digest=digest, things=things, at=at
    )


@transaction.atomic
def erase_readings(day: date, *, by: None, at: datetime) -> Erasure | None:
    """Erase who read what on this day (of UTC), but for what a hold keeps; None if there is nothing to erase."""
    Counter.objects.held(Counter.EVENTS)
    rows = queries.readings_of(day)
    content = list(
        rows.values_list("pk", "at", "by__reference", "kind", "reference", "way", "address", "verb", "event")
    )
    if not content:
        return None
    erasure = note_day(
        day, kind="consultation", rule=queries.READINGS, content=content, things=len(content), by=by, at=at
    )
    consultations.forget([key for key, *_ in content], by=by, at=at)
    # What a hold keeps of the day is sealed again.
    for seal in queries.seals_in_force(day=day):
        _seal(day, seal.first, seal.last, queries.readings_in(seal), at=at)
    return erasure


@transaction.atomic
def seal_readings(*, by: None, at: datetime) -> int:
    """Put a digest of who read what since the last seal on the trail, one for each day; says of how many readings."""
    Counter.objects.held(Counter.EVENTS)
    rows = queries.readings_to_seal(at, most=SEALED_AT_ONCE)
    before = ReadingSeal.objects.order_by("-last").values_list("last", flat=True).first() or 0
    for day, some in groupby(rows, lambda row: row[1].astimezone(UTC).date()):
        run = list(some)
        _seal(day, before + 1, run[-1][0], run, at=at)
        before = run[-1][0]
    return len(rows)


def _seal(day: date, first: int, last: int, rows: Sequence[tuple[Any, ...]], *, at: datetime) -> None:
    salt = secrets.token_hex(32)
    seal = ReadingSeal.objects.create(
        reference=new_reference("ZS"),
        day=day,
        first=first,
        last=last,
        rows=len(rows),
        salt=salt,
        digest=queries.digest_of_readings(salt, rows),
        sealed_at=at,
    )
    trail.record(seal, "seal_readings", by=None, at=at, day=day, rows=len(rows), digest=seal.digest)


@transaction.atomic
def erase_person(person: Person, *, rule: str, by: None, at: datetime) -> Person:
    """Forget the particulars of somebody who has had no role for as long as the rule says; name and roles stay.

    Raises `Refused` (has_a_role, held).
    """
    person = trail.locked(person)
    of_person = Organisation.objects.filter(roles__person=person)
    refuse_for(rules.erase_person_blockers(person, is_kept=queries.is_kept(of_person)))
    held = {field: getattr(person, field) for field in Person.PRIVATE if getattr(person, field)}
    note(person, rule=rule, content=held, things=len(held), by=by, at=at)
    for field in held:
        setattr(person, field, Person.PRIVATE[field])
    person.save(update_fields=list(held))
    for role in person.roles.select_related("organisation"):
        matching.note_person(role.organisation, person)
    index.replace(index.PEOPLE, person.pk, index.of_person(person))
    return person


@transaction.atomic
def place(organisation: Organisation, *, because: str, by: User, at: datetime) -> Hold:
    """From now on nothing of the organisation is erased, however old it is: there is an investigation, a claim, a request."""
    permissions.require(by, "registry.hold_data")
    organisation = trail.locked(organisation)
    refuse_for(rules.place_hold_blockers(organisation, because=because))
    hold = Hold.objects.create(
        reference=new_reference("H"), organisation=organisation, because=because, placed_by=by, placed_at=at
    )
    trail.record(organisation, "place_hold", by=by, at=at, because=because, hold=hold)
    return hold


@transaction.atomic
def lift(hold: Hold, *, because: str, by: User, at: datetime) -> Hold:
    """What is past its time may be erased again, from the next night on."""
    permissions.require(by, "registry.hold_data")
    hold = trail.locked(hold)
    refuse_for(rules.lift_hold_blockers(hold, because=because))
    hold.lifted_by, hold.lifted_at = by, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    trail.record(hold.organisation, "lift_hold", by=by, at=at, because=because, hold=hold)
    return hold
