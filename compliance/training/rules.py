"""Why a training cannot be recorded or withdrawn now, and until when one is valid."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.training.models import Training
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes import TrainingKind


def valid_until(kind: TrainingKind, on: date) -> date:
    """The same day after its months; the last of the month where there is no such day."""
    year, month = divmod(on.month - 1 + kind.months, 12)
    last = monthrange(on.year + year, month + 1)[1]
    return date(on.year + year, month + 1, min(on.day, last))


def record_blockers(
    kind: TrainingKind | None, person: User | None, on: date, *, is_there: bool, today: date
) -> Iterator[Reason]:
    if kind is None:
        yield Reason("no_kind", _("Choose a training from the list."), "kind")
    if person is None or not person.is_active:
        yield Reason("no_person", _("Choose a person who works for the authority."), "person")
    if on > today:
        yield Reason("not_yet", _("The day of the training must not be in the future."), "on")
    if is_there:
        yield Reason("recorded", _("This training of this person on this day is recorded already."), "on")


def withdraw_blockers(training: Training, because: str | None) -> Iterator[Reason]:
    """A reason of None is not typed yet."""
    yield from training.lifecycle.blockers(training.status, "withdraw_training")
    yield from reason_blockers(because)
