"""Transfers as officers see them: the list, and how many wait."""

from collections.abc import Mapping
from typing import Any

from licensing.holding.filters import TransferFilter
from licensing.holding.models import Transfer
from registry.accounts.models import User


def transfers(params: Mapping[str, Any], *, by: User) -> TransferFilter:
    """The transfers that this person may see: open ones first, the oldest at the top."""
    about = ("licence__organisation", "application__organisation", "became")
    return TransferFilter(params, transfers=Transfer.objects.visible_to(by).select_related(*about))
