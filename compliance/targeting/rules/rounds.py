"""What must be true before a round is opened, and before somebody is chosen or sent."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.states import ChosenHow
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.states import RoundStatus
from registry.errors import Reason

MOST_VISITS = 1000
#: A reason is more than a word.
SHORTEST_REASON = 10


def open_blockers(*, has_signals: bool, still_open: VisitRound | None, capacity: int | None = None) -> Iterator[Reason]:
    if not has_signals:
        yield Reason("no_signals", _("This scheme does not say how to choose visits."), "scheme")
    if still_open is not None:
        text = format_lazy(
            _("In round {reference}, visits have not been selected at random yet."), reference=still_open.reference
        )
        yield Reason("round_open", text)
    if capacity is not None and not 2 <= capacity <= MOST_VISITS:
        yield Reason("capacity", _("Enter how many visits can be made: from 2 to 1,000."), "capacity")


def fix_blockers(one: VisitRound, *, listed: int | None = None) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, "fix")
    if listed is not None and listed < one.capacity:
        yield Reason("too_few", _("There are fewer licences than visits: open a smaller round."))


def draw_blockers(one: VisitRound) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, "draw")


def choose_blockers(
    one: VisitRound, *, number: str | None = None, because: str | None = None, chosen: dict[str, str]
) -> Iterator[Reason]:
    """`chosen` says of each number how it was chosen already. What is None is not asked yet."""
    if one.status != RoundStatus.DRAWN:
        yield Reason("not_drawn", _("Select the random sample first, so that it cannot be avoided."))
    if sum(how == ChosenHow.TARGETED for how in chosen.values()) >= one.capacity - one.by_lot:
        yield Reason("no_place_left", _("All visits of this round have been chosen."))
    if number is not None and number not in one.numbers:
        yield Reason("not_listed", _("This licence is not on the list of the round."), "number")
    if number in chosen:
        yield Reason("chosen_already", _("This licence has been chosen in this round."), "number")
    if because is not None and len(because.strip()) < SHORTEST_REASON:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


def send_blockers(choice: Choice) -> Iterator[Reason]:
    if choice.inspection_id is not None:
        yield Reason("sent_already", _("An inspection has been commissioned for this choice."))
