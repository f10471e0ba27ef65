"""For which organisation a receipt was taken: called by the app that keeps receipts (`after_receipt`)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.enforcement.models.receipts import ReceiptPurpose
from compliance.enforcement.rules.receipts import purpose_blockers
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def note_purpose(number: str, *, organisation: str, by: User, at: datetime) -> None:
    """Keep for which organisation (its reference) a person took a receipt, or for none of theirs.

    Who acts for one and says nothing took it for that one. Of someone who acts for no organisation nothing is kept.
    Raises `Refused` (no_purpose).
    """
    acting = permissions.acting(by, on=timezone.localdate(at))
    known = {one.organisation.reference: one.organisation for one in acting}
    organisation = organisation or (next(iter(known)) if len(known) == 1 else "")
    refuse_for(purpose_blockers(organisation, known))
    if known:
        kept = ReceiptPurpose.objects.create(number=number, organisation=known.get(organisation), at=at)
        trail.record(kept, "note_purpose", by=by, at=at, organisation=kept.organisation)
