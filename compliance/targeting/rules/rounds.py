"""What must be true before a round is opened, fixed, drawn and closed, and before a visit is chosen, sent or explained."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.inspections.states import InspectionStatus
from compliance.targeting.models import Choice, VisitExplanation, VisitRound
from compliance.targeting.rules.random_sample import plain_figures
from compliance.targeting.states import ExplanationStatus, RoundStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers

MOST_VISITS = 1000


def open_blockers(*, has_signals: bool, still_open: VisitRound | None, capacity: int | None = None) -> Iterator[Reason]:
    """One round of a scheme is open at a time: no one draws again until every visit of the last one is made or explained."""
    if not has_signals:
        yield Reason("no_signals", _("This scheme does not say how to choose visits."), "scheme")
    if still_open is not None:
        text = format_lazy(
            _("Round {reference} is open. Make or explain all its visits and close it first."),
            reference=still_open.reference,
        )
        yield Reason("round_open", text)
    if capacity is not None and not 2 <= capacity <= MOST_VISITS:
        yield Reason("capacity", _("Enter how many visits can be made: from 2 to 1,000."), "capacity")


def choose_blockers(
    one: VisitRound,
    *,
    number: str | None = None,
    because: str | None = None,
    chosen: set[str],
    is_held: bool = True,
    is_in_hand: bool = False,
) -> Iterator[Reason]:
    """`chosen` are the numbers chosen already. What is None is not asked yet."""
    if one.status != RoundStatus.OPENED:
        yield Reason(
            "not_open", _("Visits are chosen before the list is fixed, so that each licence has a known chance.")
        )
    if len(chosen) >= one.capacity - one.by_lot:
        yield Reason("no_place_left", _("The other visits of this round are selected at random."))
    if number is not None:
        yield from _licence_blockers(number, chosen=chosen, is_held=is_held, is_in_hand=is_in_hand)
    yield from reason_blockers(because)


def _licence_blockers(number: str, *, chosen: set[str], is_held: bool, is_in_hand: bool) -> Iterator[Reason]:
    if not is_held:
        yield Reason("not_listed", _("There is no licence in force with this number under the scheme."), "number")
    if is_in_hand:
        yield Reason("in_hand", _("A visit of this licence is planned already."), "number")
    if number in chosen:
        yield Reason("chosen_already", _("This licence has been chosen in this round."), "number")


def fix_blockers(one: VisitRound, *, listed: int | None = None) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, "fix")
    if listed == 0:
        yield Reason("no_licences", _("There is no licence in force under this scheme."))


def draw_blockers(one: VisitRound, *, by: User, figures: str | None = None) -> Iterator[Reason]:
    """A second person draws, and adds figures that neither the software nor the first person could know."""
    yield from one.lifecycle.blockers(one.status, "draw")
    if one.fixed_by_id == by.pk:
        yield Reason("same_person", _("You fixed the list, so someone else must select the visits."))
    if figures is not None and not plain_figures(figures):
        text = _("Enter 20 to 80 figures from 0 to 9, for example thrown with dice, and nothing else.")
        yield Reason("no_figures", text, "figures")


def close_blockers(one: VisitRound, *, waiting: int) -> Iterator[Reason]:
    """`waiting` is how many visits are neither made nor explained."""
    yield from one.lifecycle.blockers(one.status, "close_round")
    if waiting:
        text = ngettext_lazy(
            "%(n)s visit is neither confirmed nor explained.", "%(n)s visits are neither confirmed nor explained.", "n"
        )
        yield Reason("visits_waiting", text % {"n": waiting})


# --- one visit ---


def is_called_off(choice: Choice) -> bool:
    return choice.inspection is not None and choice.inspection.status == InspectionStatus.CALLED_OFF


def send_blockers(
    choice: Choice, *, days: int = 0, due_on: date | None = None, today: date | None = None
) -> Iterator[Reason]:
    """A visit that was called off is sent again. `days` is the most that may pass until it must be reported."""
    if choice.round.status == RoundStatus.CLOSED:
        yield Reason("round_closed", _("The round is closed."))
    elif choice.round.status != RoundStatus.DRAWN:
        yield Reason("not_drawn", _("Inspectors are sent when all visits of the round have been selected."))
    if choice.inspection_id is not None and not is_called_off(choice):
        yield Reason("sent_already", _("An inspection has been commissioned for this choice."))
    yield from _explained_blockers(choice)
    if due_on is not None and today is not None and due_on > (last := today + timedelta(days=days)):
        text = format_lazy(_("Choose a day up to {day}: visits of a round do not wait."), day=date_format(last))
        yield Reason("too_late", text, "due_on")


def explain_blockers(
    one: VisitRound, *, choices: Mapping[str, Choice], number: str | None = None, because: str | None = None
) -> Iterator[Reason]:
    """`choices` are the visits of the round by the number of the licence."""
    if one.status != RoundStatus.DRAWN:
        yield Reason(
            "not_drawn", _("Visits are explained after they have been selected and before the round is closed.")
        )
    if number is not None:
        yield from _visit_blockers(choices.get(number))
    yield from reason_blockers(because)


def _visit_blockers(choice: Choice | None) -> Iterator[Reason]:
    if choice is None:
        yield Reason("not_chosen", _("This licence is not visited in this round."), "number")
        return
    if choice.inspection is not None and not is_called_off(choice):
        yield Reason("sent_already", _("An inspection is being made or has been made. Call it off first."))
    yield from _explained_blockers(choice)


def _explained_blockers(choice: Choice) -> Iterator[Reason]:
    if choice.explanations.exclude(status=ExplanationStatus.REFUSED).exists():
        yield Reason("explained", _("It has been explained why this visit is not made."))


def settle_blockers(one: VisitExplanation, move: str, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from one.lifecycle.blockers(one.status, move)
    if one.explained_by_id == by.pk:
        yield Reason("same_person", _("You explained it, so someone else must accept or refuse it."))
    yield from reason_blockers(because)
