"""Cases of supply without a licence and undertakings, in the words of the pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from compliance.enforcement.filters import UndertakingFilter
from compliance.enforcement.models.undertakings import Measure, ReceiptReview, Undertaking
from compliance.enforcement.queries.history import called, events_of
from compliance.enforcement.queries.ordered import ordered
from compliance.enforcement.queries.receipts import ReceiptsDue, receipts_due
from compliance.enforcement.rules import cases as rules
from compliance.enforcement.states.undertakings import UndertakingStatus
from compliance.inspections.queries.inspections import InspectionEvent
from registry import schemes
from registry.accounts.models import User
from registry.schemes import Scheme, said


def enforcing_scheme(scheme: str, *, on: date) -> Scheme | None:
    """The scheme under which a case is opened: the one that is named, else the first; None where none says anything of it."""
    return next((one for one in schemes.all_in_force(on, named=scheme) if one.enforcement), None)


def undertakings(params: Mapping[str, Any], *, by: User) -> UndertakingFilter:
    rows = Undertaking.objects.visible_to(by).select_related("case__organisation")
    return UndertakingFilter(params, undertakings=rows, by=by)


@dataclass(frozen=True, slots=True)
class UndertakingFile:
    offence: str
    law: str
    measures: "QuerySet[Measure]"
    reviews: "QuerySet[ReceiptReview]"
    receipts: ReceiptsDue | None
    events: tuple[InspectionEvent, ...]


def undertaking_file(one: Undertaking) -> UndertakingFile:
    words, language = rules.words_of(one.case), get_language()
    offence = words.offence(one.offence) if words else None
    return UndertakingFile(
        offence=called(offence) if offence else one.offence,
        law=said(words.undertakings.law, language) if words else "",
        measures=one.measures.order_by("pk"),
        reviews=one.receipt_reviews.select_related("by").order_by("-until"),
        receipts=receipts_due(one) if one.status == UndertakingStatus.ACCEPTED else None,
        events=tuple(events_of([("undertaking", one.reference)], about=ordered)),
    )
