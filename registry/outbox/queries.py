"""What could not be delivered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.conflicts.queries import letters_kept_from
from registry.outbox.filters import UndeliveredFilter
from registry.outbox.models import OutboxItem, OutboxItemQuerySet

#: What has not arrived after so long is looked at by a person (docs/rules.md G24).
LOOKED_AT_AFTER = timedelta(hours=1)
#: A letter that no email can carry and that has not been posted.
_TO_BE_POSTED = Q(kind="mail", sent_at=None, letter__address="", letter__posted_at=None)
_OF_BUSINESS = Q(letter__organisation__isnull=False) | Q(letter__agency__isnull=False)


def items_open_to(officer: User) -> OutboxItemQuerySet:
    """All but letters to, or about, organisations with which this officer has a conflict of interest."""
    kept = Conflict.objects.organisations_of(officer)
    shown = OutboxItem.objects.filter(Q(letter__organisation=None) | ~Q(letter__organisation__in=kept))
    for keys in letters_kept_from(officer):
        shown = shown.exclude(letter__in=keys)
    return shown.select_related("letter", "letter__organisation", "letter__agency")


def undelivered(params: Mapping[str, Any], *, by: User, at: datetime) -> UndeliveredFilter:
    """Emails, text messages and webhook posts that have not arrived; the oldest first."""
    late = items_open_to(by).undelivered(at - LOOKED_AT_AFTER) | items_open_to(by).filter(_TO_BE_POSTED & _OF_BUSINESS)
    return UndeliveredFilter(params, queryset=late)


def item_open_to(officer: User, reference: str) -> OutboxItem | None:
    """An item that this person sends again on its own page; a letter to a business has another (`licensing`)."""
    return items_open_to(officer).exclude(_OF_BUSINESS).filter(reference=reference).first()
