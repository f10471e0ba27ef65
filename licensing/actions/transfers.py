"""Asking that a licence go over to another business. Each business must normally apply for itself (CHANGES)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing import letters
from licensing.models import Transfer
from licensing.rules import transfers as rules
from registry import permissions, trail
from registry.errors import refuse_for
from registry.identifiers import new_reference
from registry.models import Act, Licence, Organisation, User


@transaction.atomic
def ask(licence: Licence, *, to_name: str, to_number: str = "", because: str, by: User, at: datetime) -> Transfer:
    """Ask that the licence go over to another business. Nothing changes by this; the holder has a letter that says so."""
    permissions.require(by, "licensing.apply")
    licence = trail.locked(Licence.objects.get(pk=licence.pk, organisation__in=Organisation.objects.acted_for_by(by)))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, licence.organisation, Act.SURRENDER, on=today))
    refuse_for(rules.ask_blockers(licence, to_name=to_name, because=because, today=today))
    transfer = Transfer.objects.create(
        reference=new_reference("T"),
        licence=licence,
        to_name=to_name,
        to_number=to_number,
        because=because,
        asked_by=by,
        asked_at=at,
    )
    trail.record(transfer, "ask_for_transfer", by=by, at=at, licence=licence, to=to_name)
    letters.transfer_asked(transfer, at=at)
    return transfer


@transaction.atomic
def withdraw(transfer: Transfer, *, by: User, at: datetime) -> Transfer:
    """Ask for the transfer no longer."""
    permissions.require(by, "licensing.apply")
    own = Transfer.objects.filter(licence__organisation__in=Organisation.objects.acted_for_by(by))
    transfer = trail.locked(own.get(pk=transfer.pk))
    refuse_for(permissions.act_blockers(by, transfer.licence.organisation, Act.SURRENDER, on=timezone.localdate(at)))
    refuse_for(rules.withdraw_blockers(transfer))
    transfer.withdrawn_at = at
    transfer.save(update_fields=["withdrawn_at"])
    trail.record(transfer, "withdraw_transfer", by=by, at=at, licence=transfer.licence)
    return transfer
