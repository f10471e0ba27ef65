"""What a case, a decision or an appeal waits for: who must do what, and by when, whether or not the reader is the one."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from licensing.appeals.states import SET_ASIDE, AppealStatus
from licensing.decisions.queries.what_next import NextStage

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


def next_of_appeal(appeal: Appeal, *, on: date) -> NextStage | None:
    if appeal.status == AppealStatus.LISTED:
        return _of_listed(appeal, on)
    if appeal.status == AppealStatus.ENDED:
        return _of_ended(appeal, on)
    if appeal.status == AppealStatus.SENT_BACK:
        return NextStage(
            _("The tribunal has sent it back. Propose a new decision, or say why none is taken."), on, None
        )
    if appeal.status == AppealStatus.ACKNOWLEDGED and appeal.reply_by and appeal.reply_by < on:
        text = _(
            "The time to reply is over. Note that we are barred: we then take no part, unless the tribunal lets us."
        )
        return NextStage(text, on, appeal.reply_by)
    found = _OF_APPEAL.get(appeal.status)
    return NextStage(found[0], on, found[1](appeal)) if found else None


def _of_listed(appeal: Appeal, on: date) -> NextStage:
    takes_part = appeal.hearing_on is not None and appeal.barred_on is None
    if takes_part and not appeal.statements_on:
        return NextStage(_("We send who attends, our witnesses and their signed statements."), on, appeal.statements_by)
    if takes_part and not appeal.representations_on:
        return NextStage(_("We send what we say in writing for the hearing."), on, appeal.representations_by)
    text = _("The tribunal decides. We record its decision as soon as it reaches us.")
    return NextStage(text, on, appeal.decide_by)


def _of_ended(appeal: Appeal, on: date) -> NextStage:
    """What changes the licence or the register is carried out by the day from which it holds; all else is only closed."""
    text = _("A decision maker who did not record the outcome carries it out.")
    by = appeal.effect_on if appeal.stays or appeal.outcome in SET_ASIDE else None
    return NextStage(text, on, by)
