"""Transfers as officers see them: the list, and how many wait."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.filters import TransferFilter
from licensing.models import Appeal, Decision, ProposedCondition, Transfer
from licensing.rules.transfers import Unsettled
from licensing.states import (
    MODIFICATIONS,
    ON_TRANSFERS,
    OPEN_APPEALS,
    OPEN_DECISIONS,
    OPEN_TRANSFERS,
    AppealOutcome,
    AppealStatus,
    DecisionStatus,
)
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus
from registry.pagination import STILL_OPEN


def unsettled(licence: Licence) -> Unsettled:
    """What has been decided or proposed about the licence, not of its transfer, and has not come to its end.

    A modification whose day has not come holds later, unless an appeal against it was allowed.
    """
    others = licence.decisions.exclude(kind__in=ON_TRANSFERS)
    allowed = Appeal.objects.filter(decision=OuterRef("pk"), outcome=AppealOutcome.ALLOWED, status=AppealStatus.CLOSED)
    waiting = ProposedCondition.objects.filter(decision=OuterRef("pk"), became=None)
    of_open = Q(condition=None) | Q(condition__status=ConditionStatus.OPEN)
    modified = others.filter(of_open, Exists(waiting), kind__in=MODIFICATIONS, status=DecisionStatus.DECIDED)
    return Unsettled(
        appealed=Appeal.objects.filter(decision__in=others, status__in=OPEN_APPEALS).exists(),
        modified=modified.exclude(Exists(allowed)).exists(),
        proposed=others.filter(status__in=OPEN_DECISIONS, condition=None).exists(),
    )


def transfers(params: Mapping[str, Any], *, by: User) -> TransferFilter:
    """The transfers that this person may see: open ones first, the oldest at the top."""
    about = ("licence__organisation", "application__organisation", "became")
    return TransferFilter(params, transfers=Transfer.objects.visible_to(by).select_related(*about))


def views() -> list[tuple[str | Promise, str]]:
    """The ways to look at the list that everybody is offered: what each is called, and its filters."""
    return [(_("All"), ""), (_("To be decided"), "&".join(f"status={status}" for status in OPEN_TRANSFERS))]


def transfers_waiting_for(user: User, today: date) -> int:
    """How many wait for somebody to propose what becomes of them."""
    if not user.has_perm("licensing.propose_decision"):
        return 0
    proposed = Decision.objects.filter(transfer=OuterRef("pk"), status__in=OPEN_DECISIONS)
    return Transfer.objects.open_to(user).filter(STILL_OPEN).exclude(Exists(proposed)).count()
