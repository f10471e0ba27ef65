"""What must be true before a report is handed over, and before someone acts on it or answers."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus, HandOverTo
from registry.errors import Reason

SHORTEST = 10


def hand_over_blockers(*, to: str, text: str, reported: str, basis: str, has_organisation: bool) -> Iterator[Reason]:
    """`reported` is what the reporter wrote: who acts never reads it word for word."""
    if len(text.strip()) < SHORTEST:
        yield Reason(
            "no_cleared_text", _("Write the text for those who act on it, in 10 characters or more."), "cleared"
        )
    elif _squashed(reported) and _squashed(reported) in _squashed(text):
        yield Reason("repeats_report", _("Do not repeat the report. Write the text in your own words."), "cleared")
    if to == HandOverTo.AUTHORITY:
        if len(basis.strip()) < SHORTEST:
            yield Reason("no_basis", _("Enter the legal basis for telling the other authority."), "basis")
    elif not has_organisation:
        yield Reason("not_identified", _("Say first which organisation it is about."), "decision")


def _squashed(text: str) -> str:
    return " ".join(text.split()).casefold()


def commission_blockers(hand_over: HandOver) -> Iterator[Reason]:
    yield from hand_over.lifecycle.blockers(hand_over.status, "commission")
    if not hand_over.is_for_visit:
        yield Reason("not_for_visit", _("This was not handed over for a visit."))


def decline_blockers(hand_over: HandOver, *, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    yield from hand_over.lifecycle.blockers(hand_over.status, "decline")
    if hand_over.is_for_authority:
        yield Reason("for_authority", _("Pass it on to the other authority, or take it back on the report."))
    if because is not None and len(because.strip()) < SHORTEST:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


def propose_blockers(hand_over: HandOver) -> Iterator[Reason]:
    if hand_over.status != HandOverStatus.OPEN or not hand_over.is_for_licensing:
        yield Reason("wrong_state", _("This does not wait for licensing."))


def pass_on_blockers(hand_over: HandOver) -> Iterator[Reason]:
    yield from hand_over.lifecycle.blockers(hand_over.status, "pass_on")
    if not hand_over.is_for_authority:
        yield Reason("not_for_authority", _("This was not handed over for another authority."))
    elif hand_over.agency is None or hand_over.agency.closed_at is not None:
        yield Reason("no_agency", _("Say to which authority it goes."))


def reply_blockers(hand_over: HandOver, *, because: str | None = None) -> Iterator[Reason]:
    if hand_over.status != HandOverStatus.UNDER_WAY or not hand_over.is_for_authority:
        yield Reason("wrong_state", _("No answer of another authority is waited for."))
    if because is not None and not because.strip():
        yield Reason("no_text", _("Write the answer."), "because")


def note_blockers(hand_over: HandOver) -> Iterator[Reason]:
    yield from hand_over.lifecycle.blockers(hand_over.status, "note")
