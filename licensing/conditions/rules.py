"""What must be true before somebody looks whether a condition is met.

What must be true of what a holder tells or asks while it holds a licence, and by when it is to be told."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus, LicenceStatus


def open_blockers(condition: Condition) -> Iterator[Reason]:
    if condition.status != ConditionStatus.OPEN:
        yield Reason("closed", _("This condition is closed, so nothing more is needed."))
    if condition.licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))


def check_blockers(condition: Condition, *, text: str | None = None) -> Iterator[Reason]:
    yield from open_blockers(condition)
    if text is not None and not text.strip():
        yield Reason("nothing_said", _("Say what you have looked at, and what it shows."), "text")


def visit_blockers(condition: Condition, *, open_visits: int) -> Iterator[Reason]:
    yield from open_blockers(condition)
    if open_visits:
        yield Reason("inspection_open", _("An inspection has been commissioned and is not confirmed."))


# --- evidence, surrender ---


def evidence_blockers(*, is_open: bool, text: str | None = None) -> Iterator[Reason]:
    if not is_open:
        yield Reason("closed", _("This condition is closed, so nothing more is needed."))
    if text is not None and not text.strip():
        yield Reason("nothing_said", _("Say how you meet the condition."), "text")
