"""What must be true before other weights are proposed, and before somebody adopts or drops them."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.targeting.models import Weighting
from compliance.targeting.rules.evaluation import FEWEST, WeightsTrial
from compliance.targeting.rules.points import Steps, Weights
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers

#: As in the packs.
MOST_POINTS = 100


def propose_blockers(
    *,
    waiting: Weighting | None,
    in_force: Weights,
    proposed: Weights,
    because: str,
    back_to_scheme: bool = False,
) -> Iterator[Reason]:
    """One proposal of a scheme waits at a time: two tried against the same weights could not both follow them."""
    yield from waiting_blockers(waiting)
    yield from _step_blockers(in_force, proposed)
    if not back_to_scheme and _same(in_force, proposed):
        yield Reason("no_change", _("These are the weights in force: change the steps of at least one signal."))
    yield from reason_blockers(because)


def waiting_blockers(waiting: Weighting | None) -> Iterator[Reason]:
    if waiting is not None:
        text = _("Proposal {number} is open: adopt it or drop it first. There can be one at a time.")
        yield Reason("one_waits", format_lazy(text, number=waiting.number))


def return_blockers(*, in_force: int) -> Iterator[Reason]:
    if not in_force:
        yield Reason("no_own_weights", _("The weights in force are the scheme’s own."))


def adopt_blockers(
    one: Weighting,
    *,
    by: User,
    in_force: int,
    version: date,
    today: date,
    holds_from: date | None = None,
    trial: WeightsTrial | None,
) -> Iterator[Reason]:
    """Adopted by another person, while what it was tried against is what holds, and after a trial that tells something.

    A return to the scheme's own weights needs no trial (decisions 58 and 123).
    """
    if not one.is_waiting:
        yield Reason("not_waiting", _("This has been adopted or dropped already."))
        return
    if by.pk == one.proposed_by_id:
        yield Reason("same_person", _("You proposed these weights, so someone else must adopt them."))
    if (in_force, version) != (one.against, one.version):
        yield Reason(
            "tried_against_others",
            _(
                "The weights in force are not those any more that these were tried against. Drop this and propose it again."
            ),
        )
    if not one.back_to_scheme and (trial is None or not trial.tells):
        text = _(
            "These weights were tried on {tried} past visits, of which they put {top} highest. That is too little to tell. "
            "The quarter put highest must say as much as {needed} visits of the same chance, and others must be below it."
        )
        tried, top = (trial.drawn, trial.top) if trial else (0, 0)
        yield Reason("too_few_tried", format_lazy(text, tried=tried, top=top, needed=FEWEST))
    if holds_from is not None and holds_from < today:
        yield Reason("in_the_past", _("Choose today or a later day: past scores stay as they were."), "holds_from")


def drop_blockers(one: Weighting) -> Iterator[Reason]:
    if not one.is_waiting:
        yield Reason("not_waiting", _("This has been adopted or dropped already."))


def _step_blockers(in_force: Weights, proposed: Weights) -> Iterator[Reason]:
    if set(proposed) != set(in_force):
        yield Reason("other_signals", _("Give the steps of every signal of the scheme, and of no other."))
    for code, steps in proposed.items():
        if not _are_steps(steps):
            text = _("Write each value once, from the lowest to the highest, with 0 to 100 points.")
            yield Reason("no_steps", text, code)


def _are_steps(steps: Steps) -> bool:
    values = [at_least for at_least, _points in steps]
    in_range = all(at_least >= 1 and 0 <= points <= MOST_POINTS for at_least, points in steps)
    return bool(steps) and values == sorted(set(values)) and in_range


def _same(one: Weights, other: Weights) -> bool:
    return _plain(one) == _plain(other)


def _plain(weights: Weights) -> Mapping[str, list[tuple[int, int]]]:
    return {code: [(at_least, points) for at_least, points in steps] for code, steps in weights.items()}
