"""What is done to the file of an organisation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from registry import index, matching, trail
from registry.models import Membership, Organisation, Premises, User

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


@transaction.atomic
def open_file(*, legal_name: str, kind: str = "principal_authority", by: User, at: datetime) -> Organisation:
    """Open a file for an organisation, with this user acting for it."""
    organisation = _opened(legal_name, by.email, by.language, by=by, at=at)
    Membership.objects.create(organisation=organisation, user=by, kind=kind, since=at)
    matching.note_account(organisation, by)
    return organisation


@transaction.atomic
def open_file_of_nobody(*, legal_name: str, language: str, by: User, at: datetime) -> Organisation:
    """Open a file for an organisation that has written on paper: nobody acts for it here until somebody is invited."""
    return _opened(legal_name, "", language, by=by, at=at)


def _opened(legal_name: str, email: str, language: str, *, by: User, at: datetime) -> Organisation:
    organisation = Organisation.objects.create(legal_name=legal_name, email=email, language=language, created_at=at)
    trail.record(organisation, "open_file", by=by, at=at, legal_name=legal_name)
    index.replace(index.STAFF, organisation.pk, index.of_organisation(organisation))
    matching.note_organisation(organisation)
    return organisation


@transaction.atomic
def update(organisation: Organisation, *, changes: Mapping[str, Any], by: User | None, at: datetime) -> Organisation:
    """Write changed particulars into the file. What the public must see of them, licensing republishes."""
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
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
