"""What must be true before something is done with an appeal (Gangmasters (Appeals) Regulations 2006). Every reason at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.appeals import states
from licensing.appeals.models import Appeal
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from registry import names
from registry.days import day_blockers as day_blockers_of
from registry.errors import Reason
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class GivenHearing:
    """Where and when it is heard, or that both sides agree to a decision on paper."""

    on_paper: bool = False
    hearing_on: date | None = None
    hearing_place: str = ""


#: No tribunal fixes a day that is further away.
FURTHEST = timedelta(days=2 * 366)
TOO_FAR = _("Choose {day} or an earlier day.")


def stays(decision: Decision, scheme: Scheme) -> bool:
    """Whether what was decided waits for the end of an appeal: not what holds at once, nor what takes no licence away."""
    goes_on = scheme.appeal.immediate_continues if decision.immediate else scheme.appeal.continues
    return goes_on and decision.row.is_stayed


def appealable_blockers(decision: Decision) -> Iterator[Reason]:
    """Why there can be no appeal against this decision, whatever is said in it: what was heard and decided binds."""
    if decision.status != DecisionStatus.DECIDED or decision.appeal_by is None:
        yield Reason("not_appealable", _("There is no appeal against this."))
    heard = decision.appeals.filter(status__in=[states.AppealStatus.SENT_BACK, states.AppealStatus.CLOSED]).exclude(
        outcome=states.AppealOutcome.WITHDRAWN
    )
    if heard.exists():
        yield Reason("decided_already", _("An appeal against this has been decided, and that binds."))


def tell_blockers(decision: Decision, *, sent_on: date | None, today: date) -> Iterator[Reason]:
    """Why its subject cannot say today that it has appealed. Nobody is turned away for being late: that is the tribunal's."""
    yield from appealable_blockers(decision)
    if decision.appeals.filter(status__in=states.OPEN_APPEALS).exists():
        yield Reason("appeal_open", _("We know of this appeal already."))
    if sent_on is not None and sent_on > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), "sent_on")


def submit_blockers(appeal: Appeal, *, sent_on: date | None = None, today: date) -> Iterator[Reason]:
    """Why an appellant cannot say that it has sent something for a hearing. A late day is taken: the tribunal judges that."""
    if appeal.status != states.AppealStatus.LISTED or appeal.hearing_on is None:
        yield Reason("not_listed", _("There is no hearing to send anything for."))
    if sent_on is not None and sent_on > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), "sent_on")


def receive_blockers(
    decision: Decision,
    *,
    received_on: date | None = None,
    grounds: str | None = None,
    extended: bool = False,
    today: date,
) -> Iterator[Reason]:
    """Why an appeal cannot be written down as received. Nothing is said of what has not been typed yet."""
    yield from appealable_blockers(decision)
    if decision.appeals.filter(status__in=states.OPEN_APPEALS).exclude(status=states.AppealStatus.TOLD).exists():
        yield Reason("appeal_open", _("An appeal against this is being heard already."))
    if received_on is not None:
        yield from received_blockers(decision, received_on, extended=extended, today=today)
    if grounds is not None:
        yield from _grounds_blockers(decision, grounds)


def received_blockers(decision: Decision, received_on: date, *, extended: bool, today: date) -> Iterator[Reason]:
    """Why this cannot be the day on which the notice of appeal arrived with the secretariat."""
    if received_on > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), "received_on")
    if decision.decided_at is not None:
        first = timezone.localdate(decision.decided_at)
        text = _("The decision was taken on {day}. An appeal against it came on that day or later.")
        yield from day_blockers_of(received_on, "received_on", earliest=first, too_early=text)
    if decision.appeal_by is not None and received_on > decision.appeal_by and not extended:
        text = format_lazy(
            _("The last day was {day}. A late appeal counts only if the tribunal has given more time."),
            day=date_format(decision.appeal_by),
        )
        yield Reason("too_late", text, "received_on")


def _grounds_blockers(decision: Decision, grounds: str) -> Iterator[Reason]:
    if not grounds.strip():
        yield Reason("no_grounds", _("Write the grounds of the appeal."), "grounds")
    withdrawn = decision.appeals.filter(outcome=states.AppealOutcome.WITHDRAWN).values_list("grounds", flat=True)
    if names.fold(grounds) in {names.fold(before) for before in withdrawn}:
        text = _("An appeal on these grounds was withdrawn: there is no second one on the same grounds.")
        yield Reason("same_grounds", text, "grounds")


def day_blockers(appeal: Appeal, day: date | None, *, where: str, today: date) -> Iterator[Reason]:
    """What is written down has happened, and not before the appeal came."""
    if day is None:
        return
    if day > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), where)
    if appeal.received_on is not None and day < appeal.received_on:
        yield Reason("before_the_appeal", _("That is before the appeal was received."), where)


def disregard_blockers(appeal: Appeal, *, because: str | None = None) -> Iterator[Reason]:
    yield from appeal.lifecycle.blockers(appeal.status, "disregard")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter the reason."), "because")


def acknowledge_blockers(appeal: Appeal, *, copied_on: date | None = None, today: date) -> Iterator[Reason]:
    yield from appeal.lifecycle.blockers(appeal.status, "acknowledge")
    yield from day_blockers(appeal, copied_on, where="copied_on", today=today)


def reply_blockers(
    appeal: Appeal, *, replied_on: date | None = None, text: str | None = None, today: date
) -> Iterator[Reason]:
    """A reply that comes late is none: the authority is barred, unless the tribunal directs otherwise."""
    yield from appeal.lifecycle.blockers(appeal.status, "reply")
    yield from day_blockers(appeal, replied_on, where="replied_on", today=today)
    if appeal.reply_by is not None and (replied_on or today) > appeal.reply_by:
        text_of = _("The last day to reply was {day}: the authority takes no part in the appeal.")
        yield Reason("reply_too_late", format_lazy(text_of, day=date_format(appeal.reply_by)), "replied_on")
    if text is not None and not text.strip():
        yield Reason("no_reply", _("Write what we reply, in short."), "reply_text")


def bar_blockers(appeal: Appeal, *, today: date) -> Iterator[Reason]:
    yield from appeal.lifecycle.blockers(appeal.status, "bar")
    if appeal.reply_by is not None and today <= appeal.reply_by:
        text = _("The reply can still be sent until {day}.")
        yield Reason("not_late", format_lazy(text, day=date_format(appeal.reply_by)))


def readmit_blockers(
    appeal: Appeal, *, leave_on: date | None = None, reply_by: date | None = None, today: date
) -> Iterator[Reason]:
    """Leave to take part is the tribunal's, and only for whom it has barred."""
    yield from appeal.lifecycle.blockers(appeal.status, "readmit")
    if appeal.barred_on is None:
        yield Reason("not_barred", _("The tribunal has not barred us from this appeal."))
    yield from day_blockers(appeal, leave_on, where="leave_on", today=today)
    if leave_on is not None and reply_by is not None and reply_by < leave_on:
        yield Reason(
            "before_leave", _("The day to reply lies after the one on which we were let take part."), "reply_by"
        )
    yield from day_blockers_of(reply_by, "reply_by", latest=today + FURTHEST, too_late=TOO_FAR)


def tick_off_blockers(
    appeal: Appeal, *, statements_on: date | None = None, representations_on: date | None = None, today: date
) -> Iterator[Reason]:
    """Only for a hearing is anything sent, by whoever takes part in it."""
    if appeal.status != states.AppealStatus.LISTED or appeal.hearing_on is None or appeal.barred_on is not None:
        yield Reason("no_hearing", _("No hearing is fixed in which we take part."))
    yield from day_blockers(appeal, statements_on, where="statements_on", today=today)
    yield from day_blockers(appeal, representations_on, where="representations_on", today=today)


def hearing_blockers(appeal: Appeal, *, given: GivenHearing | None = None, today: date) -> Iterator[Reason]:
    yield from appeal.lifecycle.blockers(appeal.status, "fix_hearing")
    if given is None or given.on_paper:
        return
    if given.hearing_on is None:
        yield Reason("no_day", _("Say on which day it is heard, or that it is decided on paper."), "hearing_on")
    elif given.hearing_on < today:
        yield Reason("in_the_past", _("The hearing cannot be in the past."), "hearing_on")
    yield from day_blockers_of(given.hearing_on, "hearing_on", latest=today + FURTHEST, too_late=TOO_FAR)


def order_blockers(
    received_on: date, copied_on: date | None, replied_on: date | None, *, today: date
) -> Iterator[Reason]:
    """Why these days cannot be right together: received, then copied to us, then our reply, none of them in the future."""
    earlier = received_on
    for field, day in (("copied_on", copied_on), ("replied_on", replied_on)):
        if day is None:
            continue
        text = _("Choose {day} or a later day: the days before it are earlier in the appeal.")
        future = _("The day cannot be in the future.")
        yield from day_blockers_of(day, field, earliest=earlier, too_early=text, latest=today, too_late=future)
        earlier = max(earlier, day)


def correct_blockers(appeal: Appeal, *, because: str | None = None) -> Iterator[Reason]:
    """Why what was written down of an open appeal cannot be corrected now."""
    if appeal.status not in states.BEING_HEARD:
        yield Reason("wrong_state", _("Only an appeal that is open and was received can be corrected."))
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter what was wrong."), "because")
