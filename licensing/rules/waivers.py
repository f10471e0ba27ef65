"""What must be true before a reason to inspect is set aside."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.models import Application, Waiver
from licensing.rules.cases import in_hand_blockers
from registry.errors import Reason


def give_blockers(
    application: Application, *, triggered: bool, waived: bool, because: str | None = None
) -> Iterator[Reason]:
    """A reason of None is not typed yet: the question is then only whether the button may be pressed."""
    yield from in_hand_blockers(application)
    if not triggered:
        yield Reason("not_triggered", _("This is no reason to inspect this application."))
    if waived:
        yield Reason("waived", _("This reason has been set aside already."))
    if because is not None and len(because.strip()) < 10:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


def take_back_blockers(waiver: Waiver) -> Iterator[Reason]:
    yield from in_hand_blockers(waiver.application)
    if waiver.ended_at is not None:
        yield Reason("ended", _("This has been taken back already."))
