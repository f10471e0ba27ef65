"""What is done to places: reading the lists that name them, and writing down where an organisation supplies workers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry import search as index
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.identifiers import tidy_postcode
from registry.imports import actions as imports
from registry.imports import rules as imports_rules
from registry.imports.models import Import, RefusedLine
from registry.organisations.models import Organisation
from registry.premises import rules as premises_rules
from registry.premises.models import PlaceOfSupply, Premises, place_key, postcode_key
from registry.trail.actions import events as trail

LISTED = "listed"
SUPPLY = "place_of_supply"


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place as somebody names it: by the reference of a listed one, else by name and address."""

    name: str
    address: Mapping[str, str]
    reference: str = ""
    labour_user: str = ""


# --- published lists


@transaction.atomic
def import_rows(
    under: Import, *, after: int, rows: Sequence[tuple[int, Mapping[str, Any]]], by: User, at: datetime
) -> tuple[Import, list[RefusedLine]]:
    """Write the next rows of a list into the registry: new places, and what has changed of known ones, with history.

    `after` is how many rows were read before these, `rows` are line numbers and values by column. Rows that cannot be
    used are reported and keep no other from being used. Raises `Refused` when the reading is not where the caller
    believes it to be.
    """
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(imports_rules.import_blockers(under, after=after))
    batch = _PremisesBatch(under)
    known = _known(under, rows)
    for line, row in rows:
        if faults := list(premises_rules.listing_faults(row)):
            batch.refuse(line, " ".join(str(fault) for fault in faults))
        else:
            batch.take(line, _particulars(row), known)
    _write(batch, by=by, at=at)
    under.save(update_fields=under.count(len(rows), batch.counts, batch.reported))
    trail.record(under, "import_rows", by=by, at=at, **batch.counts)
    return under, batch.reported


@transaction.atomic
def finish_import(under: Import, *, by: User, at: datetime) -> Import:
    """Close the reading of a list: from now on it is the newest edition, and what it does not name is not listed any more."""
    gone = Premises.objects.filter(source=under.source).exclude(last_listed=under).count()
    return imports.finish(under, gone=gone, by=by, at=at)


@dataclass(slots=True)
class _PremisesBatch:
    """Some rows of a list, sorted by what is to be done with them."""

    under: Import
    added: list[Premises] = field(default_factory=list)
    changed: list[tuple[Premises, dict[str, Any]]] = field(default_factory=list)
    unchanged: list[Premises] = field(default_factory=list)
    repeated: int = 0
    refused: int = 0
    reported: list[RefusedLine] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Any]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "repeated": self.repeated,
            "refused": self.refused,
        }

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        self.reported.append(RefusedLine(line, reason))

    def take(self, line: int, listed: dict[str, Any], known: dict[tuple[str, str], Premises]) -> None:
        there = known.get(_key(listed))
        if there is None:
            known[_key(listed)] = new = Premises(**listed, kind=LISTED, source=self.under.source)
            new.first_listed = new.last_listed = self.under
            self.added.append(new)
            return
        changes = {name: value for name, value in listed.items() if getattr(there, name) != value}
        if there.last_listed_id == self.under.pk:
            self._again(line, changes)
        elif changes:
            there.last_listed = self.under
            self.changed.append((there, changes))
        else:
            there.last_listed = self.under
            self.unchanged.append(there)

    def _again(self, line: int, changes: dict[str, Any]) -> None:
        if changes:
            self.refuse(line, str(premises_rules.CONTRADICTS))
        else:
            self.repeated += 1
            self.reported.append(RefusedLine(line, str(premises_rules.REPEATS)))


def _known(under: Import, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[tuple[str, str], Premises]:
    numbers = {str(row.get("approval_number") or "").strip() for _line, row in rows}
    there = Premises.objects.filter(source=under.source, approval_number__in=numbers)
    return {(one.approval_number, one.name): one for one in there}


def _key(listed: Mapping[str, Any]) -> tuple[str, str]:
    return listed["approval_number"], listed["name"]


def _particulars(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the list as the registry keeps it. The columns of finding are written along."""
    said = {column: " ".join(str(value or "").split()) for column, value in row.items() if column}
    country = premises_rules.COUNTRIES[said["country"].lower()]
    lines = [said[column] for column in ("address_1", "address_2", "address_3") if said[column]]
    address = {
        "line_1": lines[0] if lines else "",
        "line_2": ", ".join(lines[1:]),
        "town": said["town"],
        "county": said["country"] if country == "elsewhere" else "",
        "postcode": tidy_postcode(said["postcode"]),
        "country": country,
    }
    return {
        # The key is kept as the list writes it: what it tells apart stays apart.
        "name": row["trading_name"].strip(),
        "approval_number": row["approval_number"].strip(),
        "address": address,
        "local_authority": said["local_authority"],
        "activities": [one.strip() for one in said["activities"].split(",") if one.strip()],
        "area": place_key(said["local_authority"]),
        **Premises.found_by(address),
    }


def _write(batch: _PremisesBatch, *, by: User, at: datetime) -> None:
    Premises.objects.bulk_create(batch.added)
    index.add_many(Premises.SPACE, ((one.pk, one.index_names) for one in batch.added))
    for premises, changes in batch.changed:
        before = {name: getattr(premises, name) for name in changes}
        for name, value in changes.items():
            setattr(premises, name, value)
        premises.save(update_fields=["last_listed", *changes])
        seen: dict[str, Any] = {
            name: {"from": before[name], "to": value} for name, value in changes.items() if name not in FINDING
        }
        trail.record(premises, "update", by=by, at=at, edition=batch.under, **seen)
    Premises.objects.filter(pk__in=[one.pk for one in batch.unchanged]).update(last_listed=batch.under)


# Columns that follow from the others: their changes are not news.
FINDING = frozenset({"nation", "postcode", "place", "area"})


# --- where an organisation supplies workers


@transaction.atomic
def name_places_of_supply(
    organisation: Organisation, *, places: Sequence[GivenPlace], source: str, by: User | None, at: datetime
) -> list[PlaceOfSupply]:
    """Write down where the organisation says that it supplies workers: from today these places, and no others.

    A listed place is linked; any other is put on the organisation's own file. `source` says where it was said.
    """
    organisation, today = trail.locked(organisation), timezone.localdate(at)
    wanted = {(_place(organisation, place), place.labour_user[:200]): None for place in places}
    standing = {
        (one.premises, one.labour_user): one
        for one in organisation.places_of_supply.filter(until=None).select_related("premises").order_by("pk")
    }
    over = [one for key, one in standing.items() if key not in wanted]
    for one in over:
        one.until = today
        one.save(update_fields=["until"])
    for premises, labour_user in [key for key in wanted if key not in standing]:
        standing[premises, labour_user] = PlaceOfSupply.objects.create(
            organisation=organisation, premises=premises, labour_user=labour_user, source=source, since=today
        )
    trail.record(
        organisation,
        "name_places_of_supply",
        by=by,
        at=at,
        places=[premises.reference for premises, _labour_user in wanted],
        no_longer=[one.premises.reference for one in over],
    )
    return [standing[key] for key in wanted]


def _place(organisation: Organisation, place: GivenPlace) -> Premises:
    listed = Premises.objects.listed().filter(reference=place.reference).first() if place.reference else None
    return listed or _own(organisation, place)


def _own(organisation: Organisation, place: GivenPlace) -> Premises:
    """The place in the organisation's own file: the same name and postcode is the same place."""
    premises, new = Premises.objects.update_or_create(
        organisation=organisation,
        kind=SUPPLY,
        name=place.name[:200],
        postcode=postcode_key(place.address.get("postcode", "")),
        defaults={"address": dict(place.address), **_columns(place.address)},
    )
    if new:
        index.add(Premises.SPACE, premises.pk, premises.index_names)
    return premises


def _columns(address: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in Premises.found_by(address).items() if name != "postcode"}
