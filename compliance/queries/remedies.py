"""What workers got back because of inspections: lists, sums, and the page of one organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.filters import RemedyFilter
from compliance.models import Inspection, Remedy, RemedyKind, RemedyQuerySet
from registry.accounts.models import User
from registry.filtersets import Column
from registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class RemedySum:
    """What came back of one kind, or of all: to how many workers, and how much; only what was confirmed counts."""

    title: str | Promise
    workers: int
    pounds: Decimal


def sums(remedies: QuerySet[Remedy]) -> tuple[RemedySum, ...]:
    """By kind, and all together at the end; nothing where nothing was confirmed. A worker who got two things counts twice."""
    confirmed = remedies.filter(confirmed_at__isnull=False).order_by()
    rows = {row["kind"]: row for row in confirmed.values("kind").annotate(n=Sum("workers"), all=Sum("pence"))}
    found = [
        RemedySum(kind.label, rows[kind.value]["n"], Decimal(rows[kind.value]["all"]) / 100)
        for kind in RemedyKind
        if kind.value in rows
    ]
    if not found:
        return ()
    return (
        *found,
        RemedySum(_("All"), sum(one.workers for one in found), sum((one.pounds for one in found), Decimal(0))),
    )


def remedies(params: Mapping[str, Any], *, by: User) -> RemedyFilter:
    rows = Remedy.objects.visible_to(by).select_related("inspection__organisation", "recorded_by", "confirmed_by")
    return RemedyFilter(params, remedies=rows)


def remedies_of(inspection: Inspection) -> QuerySet[Remedy]:
    return inspection.remedies.select_related("recorded_by", "confirmed_by", "exhibit", "inspection").order_by("number")


def remedies_for(organisation: Organisation, *, by: User) -> RemedyQuerySet:
    """All that workers of one business got back, as far as this person sees the inspections; what is not confirmed too."""
    own = Remedy.objects.visible_to(by).filter(inspection__organisation=organisation)
    shown = own.select_related("inspection", "recorded_by", "confirmed_by", "exhibit", "follow_up")
    return shown.order_by("-recorded_at", "-pk")


def unconfirmed_count(user: User) -> int:
    waiting = Remedy.objects.visible_to(user).unconfirmed().exclude(recorded_by=user)
    return waiting.aggregate(n=Count("pk"))["n"] if user.has_perm("compliance.confirm_remedies") else 0


def remedy_columns() -> list[Column[Remedy]]:
    return [
        Column(_("Remedy"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.inspection.organisation.legal_name),
        Column(_("What the workers got"), lambda row: row.get_kind_display()),
        Column(_("Workers"), lambda row: row.workers),
        Column(_("Pounds"), lambda row: row.pounds),
        Column(_("Written down"), lambda row: row.recorded_at),
        Column(_("Confirmed"), lambda row: row.confirmed_at),
        Column(_("Turned down"), lambda row: row.turned_down_because),
    ]
