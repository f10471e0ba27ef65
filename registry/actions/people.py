"""Who stands behind an organisation, and in what role."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry import index, matching, permissions, trail
from registry.errors import refuse_for
from registry.identifiers import new_reference
from registry.models import Organisation, Person, Role, User
from registry.rules import retention as rules


@transaction.atomic
def name(
    organisation: Organisation,
    *,
    kind: str,
    particulars: Mapping[str, Any],
    title: str = "",
    since: date,
    by: User | None,
    at: datetime,
) -> Role:
    """Name a person, or with no full name a position, in a role for the organisation from a day on.

    A person already known to the organisation by the same name and date of birth is the same person: the particulars
    are brought up to date.
    """
    person = _person(organisation, particulars) if particulars.get("full_name") else None
    role, new = Role.objects.get_or_create(
        organisation=organisation, person=person, kind=kind, title=title, until=None, defaults={"since": since}
    )
    if person:
        matching.note_person(organisation, person)
    if new:
        trail.record(organisation, "name", by=by, at=at, person=person, role=kind, title=title, since=since)
    return role


@transaction.atomic
def stand_down(role: Role, *, until: date, by: User | None, at: datetime) -> Role:
    """End a role: `until` is the first day without it."""
    role = trail.locked(role)
    role.until = until
    role.save(update_fields=["until"])
    trail.record(role.organisation, "stand_down", by=by, at=at, person=role.person, role=role.kind, until=until)
    return role


def _person(organisation: Organisation, particulars: Mapping[str, Any]) -> Person:
    known = Person.objects.filter(
        roles__organisation=organisation,
        full_name=particulars["full_name"],
        date_of_birth=particulars.get("date_of_birth"),
    ).first()
    person = known or Person(reference=new_reference("P"))
    for field in Person.PERSONAL:
        if particulars.get(field):
            setattr(person, field, particulars[field])
    person.save()
    index.replace(index.PEOPLE, person.pk, index.of_person(person))
    return person


@transaction.atomic
def give_data(person: Person, *, because: str, by: User, at: datetime) -> Person:
    """Note that somebody was given what is held about them, or whoever asks for them (UK GDPR article 15), and why."""
    permissions.require(by, "registry.answer_subject_access")
    refuse_for(rules.subject_access_blockers(because=because))
    trail.record(person, "give_data", by=by, at=at, because=because)
    return person
