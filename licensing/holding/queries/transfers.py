"""Transfers as officers see them: the list, and how many wait."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states import OPEN_DECISIONS
from licensing.holding.filters import TransferFilter
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.pagination import STILL_OPEN


def transfers(params: Mapping[str, Any], *, by: User) -> TransferFilter:
    """The transfers that this person may see: open ones first, the oldest at the top."""
    about = ("licence__organisation", "application__organisation", "became")
    return TransferFilter(params, transfers=Transfer.objects.visible_to(by).select_related(*about))


def transfers_waiting_for(user: User, today: date) -> int:
    """How many wait for somebody to propose what becomes of them."""
    if not user.has_perm("licensing.propose_decision"):
        return 0
    proposed = Decision.objects.filter(transfer=OuterRef("pk"), status__in=OPEN_DECISIONS)
    return Transfer.objects.open_to(user).filter(STILL_OPEN).exclude(Exists(proposed)).count()
