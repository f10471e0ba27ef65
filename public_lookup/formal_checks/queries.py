"""The checks of one account: its proofs and its formal checks."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from public_lookup.follows.models.follows import Follow
from public_lookup.formal_checks.models import FormalCheck
from public_lookup.lookup.filters import ReceiptFilter
from public_lookup.receipts.models import Receipt
from registry import permissions
from registry.accounts.models import User
from registry.register.models import Listing


def checks_of(user: User, asked: Mapping[str, str]) -> ReceiptFilter:
    """What this account has kept, newest first."""
    return ReceiptFilter(asked, queryset=Receipt.objects.filter(taken_by=user).select_related("formal_check"))


def own_businesses(user: User, on: date) -> list[tuple[str, str]]:
    """The references and names of the organisations that this person acts for, one of which a receipt is for."""
    return [(one.organisation.reference, one.organisation.legal_name) for one in permissions.acting(user, on=on)]


def last_formal_check(user: User, listing: Listing) -> date | None:
    """The day in London of the last formal check that this person made of this labour provider."""
    made = FormalCheck.objects.filter(receipt__taken_by=user, receipt__listing=listing)
    last = made.order_by("-receipt__taken_at").values_list("receipt__taken_at", flat=True).first()
    return timezone.localdate(last) if last else None


def follows_over(on: date) -> "QuerySet[Follow]":
    """Live follows that were made for formal checks, none of which is still within its days."""
    going_on = FormalCheck.objects.filter(told_until__gte=on).exclude(follow=None).values("follow")
    return Follow.objects.live().filter(formal_checks__isnull=False).exclude(pk__in=going_on).distinct()


def last_said(user: User) -> FormalCheck | None:
    """The last formal check of this account."""
    return FormalCheck.objects.filter(receipt__taken_by=user).order_by("-receipt__taken_at", "-pk").first()
