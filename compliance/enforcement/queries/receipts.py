"""The receipts of checks of the register that the people of a labour user took, and when they are next looked at."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from compliance.enforcement.models.receipts import ReceiptPurpose
from compliance.enforcement.models.undertakings import ReceiptReview, ReceiptsKept, Undertaking
from registry import workdays
from registry.memberships.models import Membership


class FoundReceipt(Protocol):
    """A receipt as the app that keeps it gives it, with the account (its key) that took it."""

    number: str
    account: int
    taken_on: date
    name: str
    licence_number: str
    standing: str


@dataclass(frozen=True, slots=True)
class CheckReceipt:
    """One receipt: its number, the day of asking, who was looked up, and what the register answered.

    `is_for_unknown`: from before it was asked for which business, by someone who acted for several that day.
    """

    number: str
    taken_on: date
    name: str
    licence_number: str
    standing: str
    is_for_unknown: bool = False


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
    """Those that were taken for the labour user on these days by people who acted for it then, signed in, the oldest first."""
    firm = one.case.organisation_id
    if firm is None:
        return []
    members = Membership.objects.filter(organisation_id=firm)
    accounts = set(members.values_list("user_id", flat=True))
    taken = [receipt for find in _finders() for receipt in find(accounts, since, until)]
    return list(_counted(taken, firm, list(Membership.objects.filter(user__in=accounts))))


def _counted(taken: Iterable[FoundReceipt], firm: int, memberships: Collection[Membership]) -> Iterator[CheckReceipt]:
    taken = list(taken)
    kept = ReceiptPurpose.objects.filter(number__in=[one.number for one in taken])
    said = dict(kept.values_list("number", "organisation"))
    for one in taken:
        firms = {held.organisation_id for held in memberships if _acted(held, one)}
        if said.get(one.number, firm) == firm and firm in firms:
            unknown = one.number not in said and len(firms) > 1
            yield CheckReceipt(one.number, one.taken_on, one.name, one.licence_number, one.standing, unknown)


def _acted(held: Membership, receipt: FoundReceipt) -> bool:
    """Whether this person acted by this membership on the day of the receipt."""
    if held.user_id != receipt.account or timezone.localdate(held.since) > receipt.taken_on:
        return False
    return held.until is None or timezone.localdate(held.until) >= receipt.taken_on


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


Finder = Callable[[Collection[int], date, date], Iterable[FoundReceipt]]


def _finders() -> Iterable[Finder]:
    """Another app keeps the receipts and says how to find them (`receipts_of_accounts` of its configuration)."""
    for config in apps.get_app_configs():
        if path := getattr(config, "receipts_of_accounts", ""):
            yield import_string(path)
