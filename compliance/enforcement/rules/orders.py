"""What must be so before an order on conviction is written down, holds, changes or ends (Employment Rights Act 2025, ss.124-129)."""

from collections.abc import Iterator
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import CaseResult, UnlicensedCase
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.rules.undertakings import last_day
from registry import schemes
from registry.accounts.models import User
from registry.errors import Reason
from registry.schemes.sanctions import Conviction


def words_of(case: UnlicensedCase) -> Conviction | None:
    sanctions = schemes.get(case.scheme, case.version).sanctions
    return sanctions.conviction if sanctions else None


def write_blockers(
    case: UnlicensedCase,
    *,
    is_adult: bool | None = None,
    starts_on: date | None = None,
    until: date | None = None,
    terms: str | None = None,
) -> Iterator[Reason]:
    """A court makes one only when it convicts, and on nobody under 18. What is None is not typed yet."""
    words = words_of(case)
    if words is None:
        yield Reason("switched_off", _("This scheme says nothing of orders on conviction."))
    yield from _whom_blockers(case, is_adult)
    if starts_on and case.result_on and starts_on < case.result_on:
        yield Reason("too_early", _("It cannot hold before the day of the conviction."), "starts_on")
    if words:
        yield from _term_blockers(words, starts_on, until)
    if terms is not None:
        yield from _terms_blockers(terms)


def _whom_blockers(case: UnlicensedCase, is_adult: bool | None) -> Iterator[Reason]:
    if case.result != CaseResult.CONVICTED:
        yield Reason("not_convicted", _("A court makes such an order only when it convicts: record the result first."))
    if is_adult is False:
        yield Reason("under_18", _("No order is made on anybody under 18."), "is_adult")


def _term_blockers(words: Conviction, starts_on: date | None, until: date | None) -> Iterator[Reason]:
    if starts_on and until and not starts_on <= until <= last_day(starts_on, words.months):
        yield Reason("too_long", format_lazy(_("An order lasts at most {n} months."), n=words.months), "until")


def _terms_blockers(terms: str) -> Iterator[Reason]:
    if len(terms.strip()) < 10:
        yield Reason("no_terms", _("Write what the order says, in 10 characters or more."), "terms")


def compare_blockers(order: ConvictionOrder, *, by: User) -> Iterator[Reason]:
    """Whoever wrote it down does not compare it."""
    yield from order.lifecycle.blockers(order.status, "compare_order")
    if order.written_by_id == by.pk:
        yield Reason("own_record", _("You recorded it, so someone else must compare it."))


def vary_blockers(order: ConvictionOrder, *, until: date | None = None, terms: str | None = None) -> Iterator[Reason]:
    yield from order.lifecycle.blockers(order.status, "vary_holding_order")
    if words := words_of(order.case):
        yield from _term_blockers(words, order.starts_on, until)
    if terms is not None:
        yield from _terms_blockers(terms)


def run_out_blockers(order: ConvictionOrder, *, on: date) -> Iterator[Reason]:
    yield from order.lifecycle.blockers(order.status, "run_out_order")
    if on <= order.until:
        yield Reason("too_early", _("Its last day has not passed yet."))
