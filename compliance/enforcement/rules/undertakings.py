"""What must be true before something is done about supply without a licence (2004 Act, ss.12, 13, 18; ERA 2025, ss.119-129)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.undertakings import ReceiptsKept, Undertaking
from compliance.enforcement.rules.cases import SWITCHED_OFF, still_open_blockers, words_of
from compliance.enforcement.states.undertakings import UndertakingStatus
from registry import workdays
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import move_blockers, reason_blockers
from registry.schemes.enforcement import Enforcement

# --- clocks ---


def negotiation_ends(served_on: date, words: Enforcement) -> date:
    """The last day to agree on an undertaking: counted from the day after the notice (ERA 2025, s.124(3))."""
    return served_on + timedelta(days=words.undertakings.negotiate_days)


def last_day(starts_on: date, months: int) -> date:
    """The last day of an undertaking or an order that begins on a day and lasts so many months."""
    return workdays.last_day_of_term(starts_on, months)


# --- undertakings and orders ---


@dataclass(frozen=True, slots=True)
class ProposedMeasure:
    """A measure as it is typed."""

    text: str
    necessary: str
    just: str


def draft_blockers(
    case: UnlicensedCase,
    *,
    offence: str | None = None,
    reasons: str = "",
    months: int = 0,
    measures: Sequence[ProposedMeasure] = (),
    receipts_every: int = 0,
) -> Iterator[Reason]:
    """An offence of None is not chosen yet."""
    yield from still_open_blockers(case)
    if case.organisation is None:
        yield Reason("no_file", _("We cannot write a letter: this person or business is not on file."))
    words = words_of(case)
    if words is None:
        yield SWITCHED_OFF
    elif offence is not None:
        yield from _draft_blockers(words, offence=offence, reasons=reasons, months=months, measures=measures)
        if receipts_every and not 1 <= receipts_every <= months:
            text = _("Receipts are reviewed at least once within the undertaking: enter fewer months.")
            yield Reason("too_seldom", text, "receipts_every")


def _draft_blockers(
    words: Enforcement, *, offence: str, reasons: str, months: int, measures: Sequence[ProposedMeasure]
) -> Iterator[Reason]:
    if words.offence(offence) is None:
        yield Reason("unknown_offence", _("Choose an offence from the list."), "offence")
    yield from reason_blockers(reasons, "reasons")
    if not 1 <= months <= words.undertakings.months:
        text = format_lazy(_("An undertaking lasts from 1 to {n} months."), n=words.undertakings.months)
        yield Reason("too_long", text, "months")
    if not measures:
        yield Reason("no_measure", _("Write at least one measure."), "measure_1")
    if any(not (one.text.strip() and one.necessary.strip() and one.just.strip()) for one in measures):
        text = _("Say of each measure what it is, why it is necessary and why it is just.")
        yield Reason("measure_unexplained", text, "measure_1")


def serve_blockers(one: Undertaking, *, by: User) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, "serve")
    if one.drafted_by_id == by.pk:
        yield Reason("own_draft", _("You drafted it, so someone else must serve it."))


def review_blockers(
    one: Undertaking,
    *,
    is_due: bool,
    kept: str | None = None,
    found: int = 0,
    note: str | None = None,
) -> Iterator[Reason]:
    """Of the receipts of checks: `found` is how many the register holds of the days that are looked at."""
    if one.status != UndertakingStatus.ACCEPTED:
        yield Reason("wrong_state", _("Only an undertaking in force is reviewed."))
    elif not is_due:
        yield Reason("not_due", _("The days that the next review is about are not over yet."))
    if kept == ReceiptsKept.YES and not found:
        text = _("The register holds no receipt of these days, so nothing shows that it was kept to.")
        yield Reason("no_receipts", text, "kept")
    if note is not None and len(note.strip()) < 10:
        yield Reason("no_note", _("Say what you compared, in 10 characters or more."), "note")


def extend_blockers(one: Undertaking, *, until: date | None = None, because: str | None = None) -> Iterator[Reason]:
    """Longer, if both agree (ERA 2025, s.120)."""
    yield from move_blockers(one, "extend_negotiation", because=because)
    if until and one.negotiate_by and until <= one.negotiate_by:
        yield Reason("not_longer", _("Enter a day after the present last day."), "until")


def accept_blockers(one: Undertaking, *, on: date) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, "accept_undertaking")
    if one.negotiate_by and on > one.negotiate_by:
        yield Reason("too_late", _("The last day to agree has passed."))


def apply_blockers(one: Undertaking, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from move_blockers(one, "apply_for_order", because=because)
    if one.drafted_by_id == by.pk:
        yield Reason("own_draft", _("You drafted it, so someone else must apply for the order."))


def order_blockers(
    one: Undertaking, move: str, *, starts_on: date | None = None, until: date | None = None, terms: str | None = None
) -> Iterator[Reason]:
    """An order lasts at most two years (ERA 2025, s.125)."""
    yield from one.lifecycle.blockers(one.status, move)
    words = words_of(one.case)
    if starts_on and until and words:
        latest = last_day(starts_on, words.undertakings.order_months)
        if not starts_on <= until <= latest:
            text = format_lazy(_("An order lasts at most {n} months."), n=words.undertakings.order_months)
            yield Reason("too_long", text, "until")
    if terms is not None and len(terms.strip()) < 10:
        yield Reason("no_terms", _("Write what the order says, in 10 characters or more."), "terms")


def end_blockers(*, can_end: bool) -> Iterator[Reason]:
    """What was not kept in the last days could not be recorded any more."""
    if not can_end:
        yield Reason("review_due", _("Review the receipts of checks"))


def run_out_blockers(one: Undertaking, move: str, last: date | None, *, on: date) -> Iterator[Reason]:
    """Of what the clock does: not before its day has passed."""
    yield from one.lifecycle.blockers(one.status, move)
    if last is None or on <= last:
        yield Reason("too_early", _("Its last day has not passed yet."))
