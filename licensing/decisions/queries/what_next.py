"""What a case, a decision or an appeal waits for: who must do what, and by when, whether or not the reader is the one."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.appeals.states import OPEN_APPEALS
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import hearing_blockers
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from registry.overdue import has_passed


@dataclass(frozen=True, slots=True)
class NextStage:
    """What comes next. `by` is the last day for it, where there is one; `on` is today."""

    text: str | Promise
    on: date
    by: date | None = None

    @property
    def is_late(self) -> bool:
        return has_passed(self.by, self.on)


ANOTHER_DECIDES = _("It is decided by a decision maker who did not propose it and did not inspect the business.")


def next_of_decision(decision: Decision, *, on: date) -> NextStage | None:
    """Nothing where it was dropped, or where all that could follow has followed."""
    if decision.status == DecisionStatus.PROPOSED:
        return _of_proposed(decision, on)
    if decision.status == DecisionStatus.NOTIFIED:
        return _of_notified(decision, on)
    return _of_decided(decision, on) if decision.status == DecisionStatus.DECIDED else None


def _of_proposed(decision: Decision, on: date) -> NextStage:
    if decision.row.is_heard:
        text = _("The subject is notified of what is proposed and why. It can be decided only once it has been heard.")
        return NextStage(text, on)
    # The holder has named the day from which it does without the licence.
    by = decision.takes_effect if decision.kind == DecisionKind.SURRENDER else None
    return NextStage(ANOTHER_DECIDES, on, by)


def _of_notified(decision: Decision, on: date) -> NextStage:
    waits = {reason.code for reason in hearing_blockers(decision, today=on)}
    if "ground_not_notified" in waits:
        return NextStage(_("A ground was added: the subject is notified and may reply."), on)
    if "still_being_heard" in waits:
        return NextStage(
            _("The subject may reply. After that, a person other than the proposer decides."), on, decision.reply_by
        )
    return NextStage(ANOTHER_DECIDES, on)


def _of_decided(decision: Decision, on: date) -> NextStage | None:
    if decision.appeals.filter(status__in=OPEN_APPEALS).exists():
        return NextStage(_("It has been appealed against: see the appeal for the next step."), on)
    if decision.appeal_by and decision.appeal_by >= on:
        text = _("An appeal may still arrive with the secretariat. If none does, nothing more is to be done.")
        return NextStage(text, on, decision.appeal_by)
    return None
