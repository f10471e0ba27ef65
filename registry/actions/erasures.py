"""What is held of people no longer than the scheme says. What is left is that it was there."""

import secrets
from datetime import datetime
from typing import Any

from django.db import models, transaction

from registry import index, matching, signing, trail
from registry.errors import refuse_for
from registry.models import Erasure, Person
from registry.rules import retention as rules


@transaction.atomic
def note(thing: models.Model, *, rule: str, content: Any, things: int, by: None, at: datetime) -> Erasure:
    """Write down that this content of the thing is erased by the rule: its salted digest, on a row and on the trail."""
    salt = secrets.token_hex(32)
    digest = signing.digest({"salt": salt, "content": signing.plain(content)})
    kind = str(thing._meta.model_name)
    reference = str(thing.reference)  # type: ignore[attr-defined]
    erasure = Erasure.objects.create(
        rule=rule, kind=kind, reference=reference, salt=salt, digest=digest, things=things, at=at
    )
    trail.record(thing, "erase", by=by, at=at, rule=rule, digest=digest, things=things)
    return erasure


@transaction.atomic
def erase_person(person: Person, *, rule: str, by: None, at: datetime) -> Person:
    """Forget the particulars of somebody who has had no role for as long as the rule says; name and roles stay.

    Raises `Refused` (has_a_role, held).
    """
    person = trail.locked(person)
    refuse_for(rules.erase_person_blockers(person))
    held = {field: getattr(person, field) for field in Person.PRIVATE if getattr(person, field)}
    note(person, rule=rule, content=held, things=len(held), by=by, at=at)
    for field in held:
        setattr(person, field, Person.PRIVATE[field])
    person.save(update_fields=list(held))
    for role in person.roles.select_related("organisation"):
        matching.note_person(role.organisation, person)
    index.replace(index.PEOPLE, person.pk, index.of_person(person))
    return person
