"""A licence that another authority gave, as it is when its register is taken over. The caller publishes the listing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences import rules
from registry.licences.actions import numbers
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation
from registry.register.models import Listing
from registry.schemes import Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def take_over(
    organisation: Organisation,
    *,
    listing: Listing,
    scheme: Scheme,
    number: str,
    former_number: str,
    fields: Mapping[str, Any],
    conditions: Sequence[Mapping[str, Any]],
    granted_at: datetime,
    authority: str,
    on: date,
    by: User,
    at: datetime,
) -> Licence:
    """Write down a licence with its conditions. `number` is empty where the other authority's is not of our form: one is drawn.

    Raises `Refused` (number_given).
    """
    permissions.require(by, "registry.import_lists")
    refuse_for(rules.take_over_blockers(number, is_given=Licence.objects.filter(number=number).exists()))
    if number:
        numbers.pass_over(number)
    licence = Licence.objects.create(
        **fields,
        number=number or numbers.draw(organisation.legal_name),
        organisation=organisation,
        listing=listing,
        scheme=scheme.name,
        version=scheme.version,
        granted_at=granted_at,
    )
    dates: dict[str, Any] = {name: value for name, value in fields.items() if isinstance(value, date)}
    told: dict[str, Any] = {"authority": authority, "on": on, "former_number": former_number}
    for one in conditions:
        condition = Condition.objects.create(**one, reference=new_reference("C"), licence=licence)
        due: dict[str, Any] = {"licence": licence, "standard": condition.standard, "due_on": condition.due_on}
        trail.record(condition, "take_over", by=by, at=at, after=condition.status, **due, **told)
    trail.record(licence, "take_over", by=by, at=at, after=licence.status, organisation=organisation, **dates, **told)
    return licence
