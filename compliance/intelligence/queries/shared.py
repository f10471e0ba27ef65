"""Other businesses that our records find by a vehicle, a bank account or a person that they share with these."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from compliance.intelligence.models.ties import Entity
from compliance.intelligence.states import EntityKind, Strength
from registry import matching, names
from registry.organisations.models import Fact, Organisation, Role
from registry.organisations.queries import registrations

#: A thing or a name that more businesses share says nothing of any.
MOST = 20


@dataclass(frozen=True, slots=True)
class SharedThing:
    """A vehicle (its mark) or a bank account (its digest) that another business has too."""

    firm: Organisation
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """A position of someone in another business: `known` is the person of ours, or the name that intelligence has."""

    role: Role
    known: str
    strength: Strength


def of_file(firm: Organisation) -> dict[str, list[str]]:
    """The vehicles and bank accounts of a business, as its file has them now."""
    facts = Fact.objects.latest_of(firm)
    accounts = facts.get("bank_accounts")
    return {
        EntityKind.VEHICLE: registrations(facts.get("vehicles")),
        EntityKind.ACCOUNT: [str(one) for one in accounts] if isinstance(accounts, list) else [],
    }


def shared_things(
    entities: Iterable[Entity], own: Iterable[Organisation], *, barred: Collection[Any]
) -> Iterator[SharedThing]:
    """By the vehicles and accounts among these, and those of these businesses."""
    wanted = {(one.kind, one.key) for one in entities if one.kind in (EntityKind.VEHICLE, EntityKind.ACCOUNT)}
    known = {firm.pk for firm in own}
    wanted |= {(kind, value) for firm in own for kind, values in of_file(firm).items() for value in values}
    stated = {
        "vehicles": [{"registration": value} for kind, value in wanted if kind == EntityKind.VEHICLE],
        "bank_accounts": [value for kind, value in wanted if kind == EntityKind.ACCOUNT],
    }
    others = matching.who_has(stated, most=MOST)
    rows = Organisation.objects.filter(pk__in=others - known).exclude(pk__in=barred)
    for firm in rows.order_by("pk"):
        for kind, values in of_file(firm).items():
            yield from (SharedThing(firm, kind, value) for value in values if (kind, value) in wanted)


def shared_people(
    entities: Iterable[Entity], own: Iterable[Organisation], *, barred: Collection[Any]
) -> Iterator[SharedPerson]:
    """The people of these businesses by a number, or by name and day of birth; those of intelligence by the name alone."""
    firms = [firm.pk for firm in own]
    held = Role.objects.filter(organisation__in=firms, person__isnull=False).select_related("person")
    mine = {role.person_id: role for role in held if role.person_id}
    same = matching.same_people({pk: role.organisation_id for pk, role in mine.items()}, most=MOST)
    rows = Role.objects.exclude(organisation__in=barred).exclude(organisation__in=firms)
    others = rows.select_related("person", "organisation").order_by("pk")
    for pk, found in same.items():
        for role in others.filter(person__in=found):
            yield SharedPerson(role, str(mine[pk].person), Strength.CERTAIN)
    seen = {pk for found in same.values() for pk in found}
    for entity in entities:
        if entity.kind == EntityKind.PERSON:
            yield from _of_this_name(entity, others.exclude(person__in=seen))


def _of_this_name(entity: Entity, others: QuerySet[Role]) -> Iterator[SharedPerson]:
    for role in others.filter(person__in=matching.people_named(entity.label, most=MOST)):
        if names.person_key(str(role.person)) == entity.key:
            yield SharedPerson(role, entity.label, Strength.SUSPECTED)
