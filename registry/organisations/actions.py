"""What is done to the file of an organisation.

Writing down what is known, and where it came from.

Who stands behind an organisation, and in what role."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from registry import matching, permissions, signing
from registry import search as index
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.memberships.models import Membership
from registry.organisations.models import Fact, Organisation, Person, Role
from registry.premises.models import Premises
from registry.retention import rules
from registry.trail.actions import events as trail

# The fields that an application may fill in or change; anything else is a mistake of the caller.
EDITABLE = frozenset(
    {
        "legal_name",
        "trading_names",
        "former_names",
        "legal_status",
        "company_number",
        "utr",
        "vat_number",
        "paye_references",
        "address",
        "telephone",
        "email",
        "website",
        "language",
    }
)
NOTHING: Mapping[str, Any] = MappingProxyType({})
#: How a thing comes to be found by these names: at once, or with many others later in the transaction (`index.NewNames`).
MakeFindable = Callable[[str, int, Iterable[index.Name]], None]


@transaction.atomic
def open_file(*, legal_name: str, kind: str = "principal_authority", by: User, at: datetime) -> Organisation:
    """Open a file for an organisation, with this user acting for it."""
    organisation = _opened(
        Organisation(legal_name=legal_name, email=by.email, language=by.language), told=NOTHING, by=by, at=at
    )
    Membership.objects.create(organisation=organisation, user=by, kind=kind, since=at)
    matching.note_account(organisation, by)
    return organisation


@transaction.atomic
def open_file_of_nobody(
    *,
    legal_name: str,
    language: str,
    particulars: Mapping[str, Any] = NOTHING,
    make_findable: MakeFindable = index.replace,
    by: User,
    at: datetime,
) -> Organisation:
    """Open a file for an organisation that no one acts for here until someone is invited: it has written on paper, or another
    authority has told us of it, with these particulars.
    """
    _refuse_unknown(particulars)
    told = {field: value for field, value in particulars.items() if value}
    organisation = Organisation(**{**told, "legal_name": legal_name, "language": language})
    return _opened(organisation, told=told, by=by, at=at, make_findable=make_findable)


def _opened(
    organisation: Organisation,
    *,
    told: Mapping[str, Any],
    by: User,
    at: datetime,
    make_findable: MakeFindable = index.replace,
) -> Organisation:
    organisation.created_at = at
    organisation.save()
    trail.record(organisation, "open_file", by=by, at=at, **{**told, "legal_name": organisation.legal_name})
    make_findable(index.STAFF, organisation.pk, index.of_organisation(organisation))
    matching.note_organisation(organisation)
    return organisation


def _refuse_unknown(particulars: Mapping[str, Any]) -> None:
    if unknown := set(particulars) - EDITABLE:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")


@transaction.atomic
def update(organisation: Organisation, *, changes: Mapping[str, Any], by: User | None, at: datetime) -> Organisation:
    """Write changed particulars into the file. What the public must see of them, licensing republishes."""
    _refuse_unknown(changes)
    organisation = trail.locked(organisation)
    changed = {field: value for field, value in changes.items() if getattr(organisation, field) != value}
    if not changed:
        return organisation
    for field, value in changed.items():
        setattr(organisation, field, value)
    organisation.save(update_fields=list(changed))
    trail.record(organisation, "update", by=by, at=at, **changed)
    index.replace(index.STAFF, organisation.pk, index.of_organisation(organisation))
    matching.note_organisation(organisation)
    return organisation


@transaction.atomic
def name_premises(
    organisation: Organisation, *, premises: list[Mapping[str, Any]], by: User | None, at: datetime
) -> list[Premises]:
    """Put places on the file: each with kind, name and address. Those already there under that kind and name are kept."""
    kept = [
        Premises.objects.update_or_create(
            organisation=organisation,
            kind=place["kind"],
            name=place["name"],
            defaults={"address": place["address"], **Premises.found_by(place["address"])},
        )[0]
        for place in premises
    ]
    for one in kept:
        index.add(Premises.SPACE, one.pk, one.index_names)
    matching.note_premises(organisation, kept)
    trail.record(organisation, "name_premises", by=by, at=at, premises=[one.name for one in kept])
    return kept


@transaction.atomic
def write_down(
    organisation: Organisation,
    *,
    facts: Mapping[str, Any],
    source: str,
    handling: Mapping[str, Any] | None = None,
    at: datetime,
) -> list[Fact]:
    """Add facts to an organisation's file. Nothing is overwritten: the latest of a key is what holds."""
    if not handling:
        matching.note_facts(organisation, facts)
    return Fact.objects.bulk_create(
        Fact(
            organisation=organisation,
            key=key,
            value=signing.plain(value),
            source=source,
            at=at,
            handling=dict(handling or {}),
        )
        for key, value in facts.items()
    )


@transaction.atomic
def name(
    organisation: Organisation,
    *,
    kind: str,
    particulars: Mapping[str, Any],
    title: str = "",
    since: date,
    make_findable: MakeFindable = index.replace,
    by: User | None,
    at: datetime,
) -> Role:
    """Name a person, or with no full name a position, in a role for the organisation from a day on.

    A person already known to the organisation by the same name and date of birth is the same person: the particulars
    are brought up to date.
    """
    person = _person(organisation, particulars, make_findable) if particulars.get("full_name") else None
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


def _person(organisation: Organisation, particulars: Mapping[str, Any], make_findable: MakeFindable) -> Person:
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
    make_findable(index.PEOPLE, person.pk, index.of_person(person))
    return person


@transaction.atomic
def give_data(person: Person, *, because: str, by: User, at: datetime) -> Person:
    """Note that somebody was given what is held about them, or whoever asks for them (UK GDPR article 15), and why."""
    permissions.require(by, "registry.answer_subject_access")
    refuse_for(rules.subject_access_blockers(because=because))
    trail.record(person, "give_data", by=by, at=at, because=because)
    return person
