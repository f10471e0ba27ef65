"""Connections that our own records say: who holds a position, and the telephone, places, vehicles and accounts of a business."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.ties import Entity
from compliance.intelligence.queries.shared import SharedPerson, SharedThing, of_file, shared_people, shared_things
from compliance.intelligence.rules import ComparedName, named
from compliance.intelligence.states import EntityKind, Strength
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.errors import Refused
from registry.identifiers import lines_of
from registry.organisations.models import Organisation, Role
from registry.premises.models import Premises

SEES = "registry.view_organisations"
TELEPHONE, ADDRESS, PREMISES = _("has the telephone"), _("is at"), _("has workers at")
#: Of what another business may have too.
SHARED = {EntityKind.VEHICLE: _("has the vehicle"), EntityKind.ACCOUNT: _("is paid at the account")}


@dataclass(frozen=True, slots=True)
class RecordLink:
    """One connection of our records, in its direction; the ends are saved only where intelligence names them too."""

    first: Entity
    second: Entity
    how: str | Promise
    since: date | None = None
    until: date | None = None
    strength: Strength = Strength.CERTAIN


def links_of_records(entities: Iterable[Entity], *, by: User) -> list[RecordLink]:
    """What records say of the businesses among these, and which others have the same telephone, vehicle, account or person."""
    if not by.has_perm(SEES):
        return []
    here = list(entities)
    ends = _Ends({(one.kind, one.key): one for one in here})
    barred = Conflict.objects.organisations_of(by)
    own = list(
        Organisation.objects.filter(pk__in=[one.organisation_id for one in here if one.organisation_id])
        .exclude(pk__in=barred)
        .order_by("pk")
    )
    telephones = [one.key for one in here if one.kind == EntityKind.TELEPHONE]
    numbers = {*telephones, *(firm.telephone for firm in own if firm.telephone)}
    others = (
        Organisation.objects.filter(telephone__in=numbers).exclude(pk__in=barred).exclude(pk__in=[o.pk for o in own])
    )
    return [
        *(link for firm in own for link in _of_firm(firm, ends)),
        *(link for firm in others.order_by("pk") for link in _telephone(firm, ends)),
        *_of_shared_things(shared_things(here, own, barred=barred), ends),
        *_of_shared_people(shared_people(here, own, barred=barred), ends),
    ]


def _of_firm(firm: Organisation, ends: "_Ends") -> Iterator[RecordLink]:
    """Of a business that is only found by what it shares, nothing else is shown."""
    yield from _telephone(firm, ends)
    if business := ends.firm(firm):
        for kind, text, how in _places(firm):
            if end := ends.of(kind, text):
                yield RecordLink(business, end, how)
        for kind, values in of_file(firm).items():
            for value in values:
                yield from _thing(firm, kind, value, ends)
        yield from _people(firm, business, ends)


def _telephone(firm: Organisation, ends: "_Ends") -> Iterator[RecordLink]:
    business, end = ends.firm(firm), ends.of(EntityKind.TELEPHONE, firm.telephone)
    if business and end:
        yield RecordLink(business, end, TELEPHONE)


def _places(firm: Organisation) -> Iterator[tuple[str, str, str | Promise]]:
    yield EntityKind.ADDRESS, ", ".join(lines_of(firm.address)), ADDRESS
    for place in Premises.objects.filter(organisation=firm).order_by("pk"):
        yield EntityKind.ADDRESS, ", ".join(lines_of(place.address)) or place.name, PREMISES


def _thing(firm: Organisation, kind: str, value: str, ends: "_Ends") -> Iterator[RecordLink]:
    business = ends.firm(firm)
    end = ends.account(value) if kind == EntityKind.ACCOUNT else ends.of(kind, value)
    if business and end:
        yield RecordLink(business, end, SHARED[EntityKind(kind)])


def _people(firm: Organisation, business: Entity, ends: "_Ends") -> Iterator[RecordLink]:
    roles = Role.objects.filter(organisation=firm, person__isnull=False).select_related("person").order_by("pk")
    for role in roles:
        if end := ends.of(EntityKind.PERSON, str(role.person)):
            yield RecordLink(end, business, role.get_kind_display(), role.since, role.until)


def _of_shared_things(found: Iterable[SharedThing], ends: "_Ends") -> Iterator[RecordLink]:
    for one in found:
        yield from _thing(one.firm, one.kind, one.value, ends)


def _of_shared_people(found: Iterable[SharedPerson], ends: "_Ends") -> Iterator[RecordLink]:
    for one in found:
        end, business, role = ends.of(EntityKind.PERSON, one.known), ends.firm(one.role.organisation), one.role
        if end and business:
            yield RecordLink(end, business, role.get_kind_display(), role.since, role.until, one.strength)


class _Ends:
    """Each end once: as intelligence has it, or made for this page alone, with a key below zero."""

    def __init__(self, known: dict[tuple[str, str], Entity]) -> None:
        self._known = known

    def firm(self, firm: Organisation) -> Entity | None:
        return self.of(EntityKind.ORGANISATION, firm.legal_name, firm)

    def of(self, kind: str, text: str, firm: Organisation | None = None) -> Entity | None:
        try:
            return self._end(named(kind, text, firm, where="first"))
        except Refused:
            return None

    def account(self, digest: str) -> Entity:
        """Of an account of a file nothing can be read: its end neither, unless intelligence has it."""
        return self._end(ComparedName(EntityKind.ACCOUNT, digest, gettext("A bank account in the file")))

    def _end(self, name: ComparedName) -> Entity:
        key = (name.kind, name.key)
        if key not in self._known:
            self._known[key] = self._saved(name) or Entity(
                pk=-len(self._known) - 1, kind=name.kind, key=name.key, label=name.label, organisation=name.organisation
            )
        return self._known[key]

    def _saved(self, name: ComparedName) -> Entity | None:
        return Entity.objects.filter(kind=name.kind, key=name.key).first()
