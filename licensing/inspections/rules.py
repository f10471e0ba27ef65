"""What must be true while a case is being verified: checks, requests, inspections.

What must be true before a reason to inspect is set aside."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.rules.applications import BEING_ASSESSED, in_hand_blockers
from licensing.inspections.models import Waiver
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.reasons import reason_blockers


def commission_blockers(subject: Application | Licence, *, inspections_open: int) -> Iterator[Reason]:
    """Whether an inspection may be commissioned now; what the brief must say is compliance's rule."""
    if isinstance(subject, Application) and subject.status not in BEING_ASSESSED:
        yield Reason("not_being_assessed", _("The application is not being assessed."))
    if isinstance(subject, Licence) and subject.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    if inspections_open:
        yield Reason("inspection_open", _("An inspection has been commissioned and is not confirmed."))


def give_blockers(
    application: Application, *, triggered: bool, waived: bool, because: str | None = None
) -> Iterator[Reason]:
    """A reason of None is not typed yet: the question is then only whether the button may be pressed."""
    yield from in_hand_blockers(application)
    if not triggered:
        yield Reason("not_triggered", _("This is no reason to inspect this application."))
    if waived:
        yield Reason("waived", _("This reason has been set aside already."))
    yield from reason_blockers(because)


def take_back_blockers(waiver: Waiver) -> Iterator[Reason]:
    yield from in_hand_blockers(waiver.application)
    if waiver.ended_at is not None:
        yield Reason("ended", _("This has been taken back already."))
