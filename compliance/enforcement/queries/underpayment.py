"""Notices of underpayment and orders on conviction: lists, pages, whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language

from compliance.enforcement.filters import UnderpaymentFilter
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import OwedSum, UnderpaymentNotice
from compliance.enforcement.queries.history import events_of
from compliance.enforcement.queries.ordered import ordered
from compliance.enforcement.rules import orders as order_rules
from compliance.enforcement.rules import underpayment as rules
from compliance.enforcement.rules.underpayment import Penalty, WagesOwed
from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import InspectionEvent
from registry import schemes
from registry.accounts.models import User
from registry.schemes import Scheme, said


def sanctioning_scheme(scheme: str, *, on: date) -> Scheme | None:
    """The scheme under which a notice is drafted: the one that is named, else the first that has words for it."""
    every = (*schemes.all_in_force(on, named=scheme), *schemes.all_in_force(on))
    return next((one for one in every if one.sanctions), None)


def notices(params: Mapping[str, Any], *, by: User) -> UnderpaymentFilter:
    """Those that this person may see, the newest first."""
    return UnderpaymentFilter(params, notices=UnderpaymentNotice.objects.visible_to(by), by=by)


def with_sums(rows: "QuerySet[UnderpaymentNotice]") -> "QuerySet[UnderpaymentNotice]":
    """With `owed_pence`: what is owed to all workers together."""
    return rows.annotate(owed_pence=Sum("owed__pence"))


def orders_for(user: User) -> "QuerySet[ConvictionOrder]":
    """Every order on conviction that this person may see: those to be compared first, then by their last day."""
    rows = ConvictionOrder.objects.visible_to(user).select_related("case__organisation", "written_by")
    return rows.order_by("compared_at", "-until", "-pk")


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """All that the page of a notice shows. Before it is served, the penalty is what it would be today."""

    owed: tuple[OwedSum, ...]
    owed_pounds: Decimal
    penalty_pounds: Decimal
    law: str
    events: tuple[InspectionEvent, ...]


def notice_file(notice: UnderpaymentNotice) -> NoticeFile:
    words, owed = rules.words_of(notice), tuple(notice.owed.order_by("pk"))
    counted = [WagesOwed(one.what, one.workers, one.pence, one.since, one.until) for one in owed]
    would_be = rules.penalty(counted, words) if words else Penalty(0, 0)
    pence = notice.penalty_pence if notice.penalty_pence is not None else would_be.pence
    return NoticeFile(
        owed=owed,
        owed_pounds=Decimal(sum(one.pence for one in owed)) / 100,
        penalty_pounds=Decimal(pence) / 100,
        law=said(words.law, get_language()) if words else "",
        events=tuple(events_of([("underpaymentnotice", notice.reference)])),
    )


@dataclass(frozen=True, slots=True)
class OrderFile:
    law: str
    events: tuple[InspectionEvent, ...]


def order_file(order: ConvictionOrder) -> OrderFile:
    words = order_rules.words_of(order.case)
    law = said(words.law, get_language()) if words else ""
    return OrderFile(law, tuple(events_of([("convictionorder", order.reference)], about=ordered)))


def inspection_named(reference: str, *, by: User) -> Inspection | None:
    """The inspection from which a notice begins, if this person may see it."""
    seen = Inspection.objects.visible_to(by).select_related("organisation")
    return seen.filter(reference=reference[:20]).first() if reference else None
