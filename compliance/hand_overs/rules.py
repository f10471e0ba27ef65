"""What must be true before a report is handed over, and before someone acts on it or answers."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus, HandOverTo, HandOverVerdict
from registry.errors import Reason
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers

SHORTEST = 10


def open_blockers(
    *, to: str, organisation: Organisation | None, known: Collection[Organisation], already: bool
) -> Iterator[Reason]:
    """Intelligence is handed over about one of the organisations that it is `known` to be about."""
    if to not in (HandOverTo.VISIT, HandOverTo.LICENSING):
        yield Reason("no_kind", _("Choose who must act on it."), "to")
    if organisation not in known:
        yield Reason("other_organisation", _("Choose one of the organisations that it is about."), "organisation")
    if already:
        yield Reason("handed_over_already", _("It was handed over for this before, and waits for an answer."), "to")


def hand_over_blockers(*, to: str, text: str, reported: str, basis: str, has_organisation: bool) -> Iterator[Reason]:
    """`reported` is what the reporter wrote, or what was heard: who acts never reads it word for word."""
    if len(text.strip()) < SHORTEST:
        yield Reason(
            "no_cleared_text", _("Write the text for those who act on it, in 10 characters or more."), "cleared"
        )
    elif _squashed(reported) and _squashed(reported) in _squashed(text):
        yield Reason(
            "repeats_report",
            _("Do not repeat what was reported or heard. Write the text in your own words."),
            "cleared",
        )
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
    yield from reason_blockers(because)


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
    is_waited_for = hand_over.status in (HandOverStatus.UNDER_WAY, HandOverStatus.ASKED)
    if not is_waited_for or not hand_over.is_for_authority:
        yield Reason("wrong_state", _("No answer of another authority is waited for."))
    if because is not None and not because.strip():
        yield Reason("no_text", _("Write the answer."), "because")


def note_blockers(hand_over: HandOver, *, verdict: str | None = None) -> Iterator[Reason]:
    """What the result says of intelligence is asked of intelligence alone; a verdict of None is not asked yet."""
    yield from hand_over.lifecycle.blockers(hand_over.status, "note")
    if verdict is not None and hand_over.is_from_intelligence and verdict not in HandOverVerdict.values:
        yield Reason("no_verdict", _("Choose what the result says of the intelligence."), "verdict")
