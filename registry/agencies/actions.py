"""Other authorities: which there are, how each is asked, and which checks it answers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.agencies import queries, rules
from registry.agencies.models import Agency, Remit
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail

MANAGE = "registry.manage_agencies"
FIELDS = ("name", "kind", "way", "email", "address", "language", "basis", "public_key", "guarded_as")


@transaction.atomic
def open_for(*, particulars: Mapping[str, Any], remits: Collection[tuple[str, str]], by: User, at: datetime) -> Agency:
    """Add another authority that is asked from now on. `remits` are the checks it answers, each a scheme and a code.

    Raises `Refused` with every reason.
    """
    permissions.require(by, MANAGE)
    given = _given(particulars)
    guards = queries.guards(timezone.localdate(at))
    refuse_for(
        rules.agency_blockers(
            given, remits=remits, taken=_is_taken(given["name"]), guards=[kind.code for kind in guards]
        )
    )
    given["guarded_as"] = given.get("guarded_as") or queries.guarded_code(guards, name=given["name"], remits=remits)
    agency = Agency.objects.create(reference=new_reference("G"), opened_at=at, **given)
    _give(agency, remits)
    trail.record(agency, "open_for", by=by, at=at, **_told(agency, remits))
    return agency


@transaction.atomic
def change(
    agency: Agency, *, particulars: Mapping[str, Any], remits: Collection[tuple[str, str]], by: User, at: datetime
) -> Agency:
    """Change how an authority is asked and which checks it answers; what has been put to it stays with it."""
    permissions.require(by, MANAGE)
    agency = trail.locked(agency)
    given = _given(particulars)
    taken = given["name"] != agency.name and _is_taken(given["name"])
    guards = queries.guards(timezone.localdate(at))
    before = agency.guarded_as or queries.guarded_code(guards, name=agency.name, remits=queries.remits_of(agency))
    refuse_for(
        rules.agency_blockers(
            given,
            remits=remits,
            taken=taken,
            closed=agency.closed_at is not None,
            guarded_as=agency.guarded_as,
            guards=[kind.code for kind in guards],
        )
    )
    after = given.get("guarded_as") or before
    given["guarded_as"] = after or queries.guarded_code(guards, name=given["name"], remits=remits)
    for field, value in given.items():
        setattr(agency, field, value)
    agency.save(update_fields=list(given))
    _give(agency, remits)
    trail.record(agency, "change", by=by, at=at, **_told(agency, remits))
    return agency


@transaction.atomic
def close(agency: Agency, *, because: str, by: User, at: datetime) -> Agency:
    """Ask this authority nothing any more, from now on: nobody of it sees a check, and nothing new is put to it."""
    permissions.require(by, MANAGE)
    agency = trail.locked(agency)
    refuse_for(rules.close_agency_blockers(agency, because=because))
    agency.closed_at = at
    agency.save(update_fields=["closed_at"])
    trail.record(agency, "close", by=by, at=at, because=because)
    return agency


def _given(particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {field: particulars[field] for field in FIELDS if field in particulars}


def _is_taken(name: str) -> bool:
    return Agency.objects.filter(name=name).exists()


def _give(agency: Agency, remits: Collection[tuple[str, str]]) -> None:
    agency.remits.all().delete()
    Remit.objects.bulk_create(Remit(agency=agency, scheme=scheme, code=code) for scheme, code in sorted(set(remits)))


def _told(agency: Agency, remits: Collection[tuple[str, str]]) -> dict[str, Any]:
    """What the trail keeps: how it is asked, under which power, and of what."""
    answers = [f"{scheme}/{code}" for scheme, code in sorted(set(remits))]
    return {
        "kind": agency.kind,
        "way": agency.way,
        "basis": agency.basis,
        "public_key": agency.public_key,
        "guarded_as": agency.guarded_as,
        "answers": answers,
    }
