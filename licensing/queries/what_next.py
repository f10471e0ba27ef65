"""What a case, a decision or an appeal waits for: who must do what, and by when, whether or not the reader is the one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.models import Appeal, Application, Decision
from licensing.queries.cases import scheme_of
from licensing.queries.work import office_holidays
from licensing.rules.grounds import hearing_blockers
from licensing.states import (
    HEARD,
    OPEN_APPEALS,
    AppealOutcome,
    AppealStatus,
    ApplicationStatus,
    DecisionKind,
    DecisionStatus,
)
from registry.schemes.targets import Aim
from registry.workdays import add_working_days


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next. `by` is the last day for it, where there is one; `on` is today."""

    text: str | Promise
    on: date
    by: date | None = None

    @property
    def is_late(self) -> bool:
        return self.by is not None and self.by < self.on


ANOTHER_DECIDES = _("Somebody who decides, and who has neither proposed it nor inspected the business, decides on it.")


def next_of_decision(decision: Decision, *, on: date) -> Next | None:
    """Nothing where it was dropped, or where all that could follow has followed."""
    if decision.status == DecisionStatus.PROPOSED:
        return _of_proposed(decision, on)
    if decision.status == DecisionStatus.NOTIFIED:
        return _of_notified(decision, on)
    return _of_decided(decision, on) if decision.status == DecisionStatus.DECIDED else None


def _of_proposed(decision: Decision, on: date) -> Next:
    if decision.kind in HEARD:
        text = _("The subject is notified of what is proposed and why. It can be decided only once it has been heard.")
        return Next(text, on)
    # The holder has named the day from which it does without the licence.
    by = decision.takes_effect if decision.kind == DecisionKind.SURRENDER else None
    return Next(ANOTHER_DECIDES, on, by)


def _of_notified(decision: Decision, on: date) -> Next:
    waits = {reason.code for reason in hearing_blockers(decision, today=on)}
    if "ground_not_notified" in waits:
        return Next(_("A ground was added: the subject is notified of it, and may reply to it."), on)
    if "still_being_heard" in waits:
        return Next(
            _("The subject may reply. After that, somebody else than the proposer decides."), on, decision.reply_by
        )
    return Next(ANOTHER_DECIDES, on)


def _of_decided(decision: Decision, on: date) -> Next | None:
    if decision.appeals.filter(status__in=OPEN_APPEALS).exists():
        return Next(_("It has been appealed against: what comes next stands with the appeal."), on)
    if decision.appeal_by and decision.appeal_by >= on:
        text = _("An appeal may still arrive with the secretariat. If none does, nothing more is to be done.")
        return Next(text, on, decision.appeal_by)
    return None


def next_of_case(
    case: Application, *, opened: Decision | None, due_on: date | None, is_held_up: bool, on: date
) -> Next | None:
    """`opened` is what has been proposed and is not decided; `due_on` by when the applicant answers what it was asked.

    Nothing while something else is missing, which the page says by itself, and when the case is over.
    """
    if opened is not None:
        return next_of_decision(opened, on=on)
    if case.status == ApplicationStatus.AWAITING_APPLICANT:
        return Next(_("The applicant answers what it was asked. Then the assessment goes on."), on, due_on)
    if is_held_up or case.status not in _OF_CASE or case.submitted_at is None:
        return None
    text, aim = _OF_CASE[case.status]
    days = scheme_of(case).target(aim)
    handed_in = timezone.localdate(case.submitted_at)
    return Next(text, on, add_working_days(handed_in, days, office_holidays()) if days else None)


_OF_CASE: Mapping[str, tuple[str | Promise, Aim]] = {
    ApplicationStatus.SUBMITTED: (_("A case officer takes the case and begins the assessment."), "begin"),
    ApplicationStatus.ASSESSING: (
        _("Nothing is missing: the case officer proposes to grant the licence, or to refuse it."),
        "decide",
    ),
}


#: What an open appeal waits for, by its status, and the day by which.
_OF_APPEAL: Mapping[str, tuple[str | Promise, Callable[[Appeal], date | None]]] = {
    AppealStatus.TOLD: (
        _(
            "We ask the secretariat whether the appeal has arrived, and write down that it has, or that none has. Until then "
            "nothing waits for it: the decision takes effect on its day."
        ),
        lambda appeal: appeal.decision.appeal_by,
    ),
    AppealStatus.RECEIVED: (
        _("The secretariat acknowledges it and sends us a copy. Our time to reply begins with the day of the copy."),
        lambda appeal: None,
    ),
    AppealStatus.ACKNOWLEDGED: (
        _("We reply to the secretariat, and write the reply down here. A reply that comes late is none."),
        lambda appeal: appeal.reply_by,
    ),
    AppealStatus.WITH_TRIBUNAL: (
        _("The tribunal fixes a day for the hearing, or both sides agree that it is decided on paper."),
        lambda appeal: appeal.fix_by,
    ),
}


def next_of_appeal(appeal: Appeal, *, on: date) -> Next | None:
    if appeal.status == AppealStatus.LISTED:
        return _of_listed(appeal, on)
    if appeal.status == AppealStatus.ENDED:
        return _of_ended(appeal, on)
    if appeal.status == AppealStatus.ACKNOWLEDGED and appeal.reply_by and appeal.reply_by < on:
        text = _(
            "The time to reply is over. Note that we are barred: we then take no part, unless the tribunal lets us."
        )
        return Next(text, on, appeal.reply_by)
    found = _OF_APPEAL.get(appeal.status)
    return Next(found[0], on, found[1](appeal)) if found else None


def _of_listed(appeal: Appeal, on: date) -> Next:
    takes_part = appeal.hearing_on is not None and appeal.barred_on is None
    if takes_part and not appeal.statements_on:
        return Next(_("We send who attends, our witnesses and their signed statements."), on, appeal.statements_by)
    if takes_part and not appeal.representations_on:
        return Next(_("We send what we say in writing for the hearing."), on, appeal.representations_by)
    text = _("The tribunal decides. We write down what it has decided as soon as we hear of it.")
    return Next(text, on, appeal.decide_by)


def _of_ended(appeal: Appeal, on: date) -> Next:
    """What changes the licence or the register is carried out by the day from which it holds; all else is only closed."""
    text = _("Somebody who decides, and who has not written down how it ended, carries it out.")
    by = appeal.effect_on if appeal.stays or appeal.outcome == AppealOutcome.ALLOWED else None
    return Next(text, on, by)
