"""The receipts of checks of the register that the people of a labour user took, and when they are next looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.utils.module_loading import import_string

from compliance.enforcement.models.undertakings import ReceiptReview, ReceiptsKept, Undertaking
from registry import workdays
from registry.memberships.models import Membership


@dataclass(frozen=True, slots=True)
class CheckReceipt:
    """One receipt: its number, the day of asking, who was looked up, and what the register answered."""

    number: str
    taken_on: date
    name: str
    licence_number: str
    standing: str


@dataclass(frozen=True, slots=True)
class ReceiptsDue:
    """The days of the next review, and the receipts that the register holds of them by now."""

    since: date
    until: date
    receipts: tuple[CheckReceipt, ...]


def next_review_on(one: Undertaking, on: date | None = None) -> date | None:
    """The last day that the next review is about: every so many months, and the last day of the undertaking; None where none is due."""
    if not one.receipts_every or one.starts_on is None or one.until is None:
        return None
    last = _last(one)
    if last is not None and last.until >= one.until:
        return None
    found, months = workdays.add_months(one.starts_on, one.receipts_every), one.receipts_every
    while last is not None and found <= last.until:
        months += one.receipts_every
        found = workdays.add_months(one.starts_on, months)
    return min(found, one.until)


def receipts_due(one: Undertaking) -> ReceiptsDue | None:
    until = next_review_on(one)
    if until is None or one.starts_on is None:
        return None
    last = _last(one)
    since = last.until + timedelta(days=1) if last else one.starts_on
    return ReceiptsDue(since, until, tuple(receipts_of(one, since=since, until=until)))


def receipts_of(one: Undertaking, *, since: date, until: date) -> list[CheckReceipt]:
    """Those that people who act for the labour user took on these days, signed in, the oldest first."""
    if one.case.organisation_id is None:
        return []
    members = Membership.objects.filter(organisation_id=one.case.organisation_id)
    accounts = list(members.values_list("user_id", flat=True))
    taken = [receipt for find in _finders() for receipt in find(accounts, since, until)]
    return [CheckReceipt(*receipt) for receipt in taken]


def asks_for_receipts(one: Undertaking, on: date) -> bool:
    return next_review_on(one) is not None


def is_review_due(one: Undertaking, on: date) -> bool:
    until = next_review_on(one)
    return until is not None and on > until


def was_not_kept(one: Undertaking, on: date) -> bool:
    """Whether the last review found that the labour user did not do what it undertook."""
    last = _last(one)
    return last is not None and last.kept == ReceiptsKept.NO


def can_end(one: Undertaking, on: date) -> bool:
    """Whether every review has been made, and none waits for an answer: until then an undertaking does not end with its term."""
    return not is_review_due(one, on) and not was_not_kept(one, on)


def _last(one: Undertaking) -> ReceiptReview | None:
    return one.receipt_reviews.order_by("-until").first()


Finder = Callable[[Iterable[int], date, date], Iterable[tuple[str, date, str, str, str]]]


def _finders() -> Iterable[Finder]:
    """Another app keeps the receipts and says how to find them (`receipts_of_accounts` of its configuration)."""
    for config in apps.get_app_configs():
        if path := getattr(config, "receipts_of_accounts", ""):
            yield import_string(path)
