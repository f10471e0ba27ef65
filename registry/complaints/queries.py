"""Complaints: the list, the page of the person who complained, what is published about them, and what is to be erased."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry import schemes, signing
from registry.accounts.models import User
from registry.complaints.filters import ComplaintFilter
from registry.complaints.models import Complaint
from registry.complaints.rules import RETAINED
from registry.complaints.states import ComplaintKind, ComplaintOutcome, ComplaintStatus
from registry.editions.queries import declaring
from registry.editions.tables import CountedThing, ReleaseTable
from registry.filtersets import midnight
from registry.retention import queries as retention
from registry.retention.queries import DueErasure

YEAR = timedelta(days=365)
UPHELD = (ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY)


def complaints(params: Mapping[str, Any], *, by: User) -> ComplaintFilter:
    return ComplaintFilter(params, queryset=Complaint.objects.visible_to(by))


def complaint_of(key: str) -> Complaint | None:
    """The complaint that this key belongs to; None for any other text."""
    number, _dash, digest = key.partition("-")
    found = Complaint.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    return found if found and signing.same_digest(found.key, f"{number}-{digest}") else None


def days_to_answer(on: date) -> int:
    """Within how many working days a complaint is answered (tasks.toml)."""
    return schemes.first_in_force(on).tasks.working_days("complaint.answer")


def due_for_erasure(today: date) -> Iterator[DueErasure]:
    """What was answered so long ago that nothing of the person is kept any more."""
    before = retention.ends_before(RETAINED, today)
    if before is None:
        return
    over = Complaint.objects.filter(status__in=(ComplaintStatus.ANSWERED, ComplaintStatus.REVIEWED))
    ended = over.annotate(ended_at=Coalesce("reviewed_at", "answered_at")).filter(ended_at__lt=before)
    for one in retention.not_erased(ended, RETAINED).order_by("pk"):
        yield DueErasure(RETAINED, "complaint", one.reference, one)


# --- what is published ---

_COLUMNS = {
    "received": _("Received"),
    "answered": _("Answered"),
    "upheld": _("Upheld, wholly or partly"),
    "review_asked": _("Second look asked for"),
    "changed": _("Answered differently at the second look"),
}
_EVERY = _("All complaints")
_ABOUT = _(
    "Complaints about our own service, by what went wrong in the view of the person who complained. A complaint that was answered "
    "can be looked at again by someone else."
)


def _counted() -> dict[str, tuple["QuerySet[Complaint]", str]]:
    """Of each column, which complaints it counts, and by the time of what."""
    every = Complaint.objects.all()
    return {
        "received": (every, "received_at"),
        "answered": (every, "answered_at"),
        "upheld": (every.filter(outcome__in=UPHELD), "answered_at"),
        "review_asked": (every, "review_asked_at"),
        "changed": (every.exclude(review_outcome="").exclude(review_outcome=F("outcome")), "reviewed_at"),
    }


def release_tables(last_day: date) -> Iterator[ReleaseTable]:
    """By quarter and kind. A count of complaints says no more of anyone than that someone complained: nothing is hidden."""
    dimensions = (
        declaring.quarter_dimension(_("Quarter"), last_day),
        declaring.dimension("kind", _("What went wrong"), {declaring.ALL: _EVERY, **dict(ComplaintKind.choices)}),
    )
    columns: Iterator[declaring.Counts] = (
        declaring.with_all(declaring.count_instants(rows.exclude(**{field: None}), field, last_day, "kind"))
        for rows, field in _counted().values()
    )
    yield declaring.release_table(
        "complaints",
        CountedThing.CASES,
        title=_("Complaints about our service"),
        about=_ABOUT,
        dimensions=dimensions,
        measures=declaring.measures(**_COLUMNS),
        unit="complaints",
        rows=declaring.rows_of(dimensions, *columns),
    )


def service_tables(day: date) -> Iterator[ReleaseTable]:
    """The same of the last 12 months."""
    kinds = declaring.dimension("kind", _("What went wrong"), {declaring.ALL: _EVERY, **dict(ComplaintKind.choices)})
    columns = [_of_year(rows, field, day) for rows, field in _counted().values()]
    yield declaring.release_table(
        "service-complaints",
        CountedThing.CASES,
        title=_("Complaints about our service"),
        about=_ABOUT,
        dimensions=(kinds,),
        measures=declaring.measures(**_COLUMNS),
        unit="complaints",
        rows=declaring.rows_of((kinds,), *columns),
    )


def _of_year(rows: "QuerySet[Complaint]", field: str, day: date) -> declaring.Counts:
    within = {f"{field}__gte": midnight(day - YEAR), f"{field}__lt": midnight(day + timedelta(days=1))}
    kinds = Counter(rows.filter(**within).values_list("kind", flat=True))
    return Counter({(declaring.ALL,): kinds.total(), **{(kind,): number for kind, number in kinds.items()}})
