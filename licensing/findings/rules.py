"""Which inspections licensing must consider, and what must be true before someone says what follows."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from compliance.inspections.rules import Score
from licensing.findings.models import FindingToConsider
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers


def must_be_considered(score: Score) -> bool:
    return score.failed or bool(score.critical)


def no_action_blockers(finding: FindingToConsider, *, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    yield from finding.lifecycle.blockers(finding.status, "take_no_action")
    if finding.failed:
        yield Reason(
            "two_people", _("The score says refuse or revoke: propose no action, and another person confirms.")
        )
    yield from _because_blockers(because)


def propose_no_action_blockers(finding: FindingToConsider, *, because: str | None = None) -> Iterator[Reason]:
    yield from finding.lifecycle.blockers(finding.status, "propose_no_action")
    yield from _because_blockers(because)


def confirm_blockers(finding: FindingToConsider, *, by: User) -> Iterator[Reason]:
    yield from finding.lifecycle.blockers(finding.status, "confirm_no_action")
    yield from _another_blockers(finding, by)


def return_blockers(finding: FindingToConsider, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from finding.lifecycle.blockers(finding.status, "return_to_officer")
    yield from _another_blockers(finding, by)
    yield from _because_blockers(because)


def _another_blockers(finding: FindingToConsider, by: User) -> Iterator[Reason]:
    if by.pk == finding.proposed_by_id:
        yield Reason("same_person", _("You proposed no action. Someone else must confirm it."))
    if by.pk == finding.inspection.inspector_id:
        yield Reason("is_inspector", _("You made this inspection. Someone else must confirm it."))


def _because_blockers(because: str | None) -> Iterator[Reason]:
    yield from reason_blockers(because)
