"""Connections that our own records say: who holds a position, and the telephone, places and vehicles of a business."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.ties import Entity
from compliance.intelligence.rules import ComparedName, named
from compliance.intelligence.states import EntityKind
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.errors import Refused
from registry.identifiers import lines_of
from registry.organisations.models import Fact, Organisation, Role
from registry.organisations.queries import registrations
from registry.premises.models import Premises

SEES = "registry.view_organisations"
TELEPHONE, ADDRESS, PREMISES, VEHICLE = _("has the telephone"), _("is at"), _("has workers at"), _("has the vehicle")


@dataclass(frozen=True, slots=True)
class RecordLink:
    """One connection of our records, in its direction; the ends are saved only where intelligence names them too."""

    first: Entity
    second: Entity
    how: str | Promise
    since: date | None = None
    until: date | None = None


def links_of_records(entities: Iterable[Entity], *, by: User) -> list[RecordLink]:
    """What records say of the businesses among these, and which other businesses have the same telephone."""
    if not by.has_perm(SEES):
        return []
    here = list(entities)
    known = {(one.kind, one.key): one for one in here}
    barred = Conflict.objects.organisations_of(by)
    telephones = [one.key for one in here if one.kind == EntityKind.TELEPHONE]
    own = Organisation.objects.filter(pk__in=[one.organisation_id for one in here if one.organisation_id])
    numbers = [*telephones, *own.exclude(telephone="").values_list("telephone", flat=True)]
    found = (own | Organisation.objects.filter(telephone__in=numbers)).distinct().exclude(pk__in=barred)
    ends = _Ends(known)
    return [link for firm in found.order_by("pk") for link in _of_firm(firm, ends, is_own=firm in set(own))]


def _of_firm(firm: Organisation, ends: "_Ends", *, is_own: bool) -> Iterator[RecordLink]:
    """Of a business that is only found by its telephone nothing else is shown."""
    if business := ends.of(EntityKind.ORGANISATION, firm.legal_name, firm):
        said = [(EntityKind.TELEPHONE, firm.telephone, TELEPHONE), *(_things(firm) if is_own else ())]
        for kind, text, how in said:
            if end := ends.of(kind, text):
                yield RecordLink(business, end, how)
        yield from _people(firm, business, ends) if is_own else ()


def _things(firm: Organisation) -> Iterator[tuple[str, str, str | Promise]]:
    yield EntityKind.ADDRESS, ", ".join(lines_of(firm.address)), ADDRESS
    for place in Premises.objects.filter(organisation=firm).order_by("pk"):
        yield EntityKind.ADDRESS, ", ".join(lines_of(place.address)) or place.name, PREMISES
    for plate in registrations(Fact.objects.latest_of(firm).get("vehicles")):
        yield EntityKind.VEHICLE, plate, VEHICLE


def _people(firm: Organisation, business: Entity, ends: "_Ends") -> Iterator[RecordLink]:
    roles = Role.objects.filter(organisation=firm, person__isnull=False).select_related("person").order_by("pk")
    for role in roles:
        if end := ends.of(EntityKind.PERSON, str(role.person)):
            yield RecordLink(end, business, role.get_kind_display(), role.since, role.until)


class _Ends:
    """Each end once: as intelligence has it, or made for this page alone, with a key below zero."""

    def __init__(self, known: dict[tuple[str, str], Entity]) -> None:
        self._known = known

    def of(self, kind: str, text: str, firm: Organisation | None = None) -> Entity | None:
        try:
            name = named(kind, text, firm, where="first")
        except Refused:
            return None
        key = (name.kind, name.key)
        if key not in self._known:
            self._known[key] = self._saved(name) or Entity(
                pk=-len(self._known) - 1, kind=name.kind, key=name.key, label=name.label, organisation=firm
            )
        return self._known[key]

    def _saved(self, name: ComparedName) -> Entity | None:
        return Entity.objects.filter(kind=name.kind, key=name.key).first()
