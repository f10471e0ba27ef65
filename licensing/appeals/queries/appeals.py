"""Appeals: by when each side must act, the list of them, and what the page of one shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.appeals.filters import AppealFilter
from licensing.appeals.models import Appeal, AppealSubmission
from licensing.appeals.queries.what_next import next_of_appeal
from licensing.appeals.rules import appeals as rules
from licensing.appeals.states import AppealOutcome
from licensing.applications.queries.applications import holidays_of, scheme_of
from licensing.applications.queries.history import events_of
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries.readiness import unsettled
from licensing.decisions.queries.what_next import NextStage
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.rules.transfers import SETTLED, Unsettled
from licensing.letters.queries import letters_of
from licensing.time_limits.rules import appeals as clocks
from licensing.time_limits.rules.clock import Clock
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.letters.models import Letter
from registry.licences.states import LicenceStatus
from registry.schemes import Scheme
from registry.steps import Button
from registry.trail.queries.history import TimelineEvent

HANDLES = "licensing.handle_appeals"
ABOUT = ("decision__application__organisation", "decision__licence__organisation")


def rules_of(appeal: Appeal) -> Scheme:
    """The version by which its dates are counted: the one by which the decision was taken."""
    return scheme_of(appeal.decision.subject)


def due(clock: Clock, appeal: Appeal, start: date) -> date:
    return clock.due_on(start, scheme=rules_of(appeal), holidays=holidays_of(appeal.organisation))


def named(appeal: Appeal) -> str:
    """How the trail names it as the reason of what is done because of it."""
    return f"Appeal {appeal.reference}"


def after_withdrawal(appeal: Appeal, notified_on: date) -> date:
    """From which day the decision holds once the appeal is withdrawn."""
    decision, holidays = appeal.decision, holidays_of(appeal.organisation)
    if not appeal.stays or decision.takes_effect is None:
        return notified_on
    return clocks.after_withdrawal(notified_on, named=decision.takes_effect, scheme=rules_of(appeal), holidays=holidays)


def dates_in_words(appeal: Appeal) -> Iterator[tuple[str, date | None]]:
    """What has happened in an appeal, with its days, in their order; what has not happened is left out."""
    decision = appeal.decision
    rows: list[tuple[str | Promise, date | None]] = [
        (_("Decided"), timezone.localdate(decision.decided_at) if decision.decided_at else None),
        (_("Last day on which an appeal may arrive"), decision.appeal_by),
        (_("Received by the secretariat"), appeal.received_on),
        (_("Copy came to us"), appeal.copied_on),
        (_("Our reply"), appeal.replied_on),
        (_("Barred"), appeal.barred_on),
        (_("Let take part after all"), appeal.leave_on),
        (_("Names and signed statements sent"), appeal.statements_on),
        (_("Written representations sent"), appeal.representations_on),
        (_("Hearing"), appeal.hearing_on),
    ]
    yield from ((str(title), day) for title, day in rows if day)


def submissions_of(appeal: Appeal) -> QuerySet[AppealSubmission]:
    """What the appellant says that it sent to the tribunal for the hearing, in its order."""
    return appeal.submissions.select_related("told_by").order_by("told_at", "pk")


def conflicted(appeal: Appeal) -> frozenset[int]:
    """Which officers have a declared conflict of interest with the appellant, or whom it is about besides, by primary key."""
    of_them = Conflict.objects.filter(organisation__in=appeal.decision.organisations).in_force()
    return frozenset(of_them.values_list("officer", flat=True))


def to_settle(appeal: Appeal) -> Unsettled:
    """What of the licence is settled before the transfer that the tribunal has allowed is made; nothing of any other appeal."""
    decision = appeal.decision
    passes = decision.kind == DecisionKind.REFUSE_TRANSFER and appeal.outcome == AppealOutcome.ALLOWED
    if not passes or decision.licence is None or decision.licence.status != LicenceStatus.ACTIVE:
        return SETTLED
    return unsettled(decision.licence)


def appeals(params: Mapping[str, Any], *, by: User) -> AppealFilter:
    """The appeals that this person may see: those that are open first, the oldest at the top."""
    return AppealFilter(params, appeals=Appeal.objects.visible_to(by).select_related(*ABOUT))


@dataclass(frozen=True, slots=True)
class AppealFile:
    """All that the page of one appeal shows."""

    appeal: Appeal
    meanwhile: str | Promise
    follows: str | Promise
    next: NextStage | None
    letters: tuple[Letter, ...]
    events: tuple[TimelineEvent, ...]


def appeal_file(appeal: Appeal, *, on: date) -> AppealFile:
    return AppealFile(
        appeal=appeal,
        meanwhile=meanwhile(appeal),
        follows=follows(appeal),
        next=next_of_appeal(appeal, on=on),
        letters=tuple(
            one for one in letters_of(appeal.decision.subject) if one.facts.get("appeal") == appeal.reference
        ),
        events=events_of(("appeal", appeal.reference)),
    )


def appeals_of(decision: Decision) -> tuple[Appeal, ...]:
    """The appeals against a decision, the first first."""
    return tuple(decision.appeals.order_by("pk"))


def move_to_receive(decision: Decision, *, by: User, on: date) -> Iterator[Button]:
    """That an appeal against the decision has arrived: offered where there can be one."""
    if decision.appeal_by is None or not by.has_perm(HANDLES):
        return
    blockers = tuple(rules.receive_blockers(decision, today=on))
    if "appeal_open" not in {reason.code for reason in blockers}:
        href = reverse("receive_appeal", args=[decision.reference])
        yield Button("receive", _("Write down an appeal"), href, "secondary", blockers)


def meanwhile(appeal: Appeal) -> str | Promise:
    """What holds until the appeal is decided."""
    row = appeal.decision.row
    if appeal.received_on is None:
        return row.appeal.before or NOT_ARRIVED
    if row.appeal.meanwhile and (appeal.stays or not row.is_stayed):
        return row.appeal.meanwhile
    return GOES_ON if appeal.stays else HOLDS


NOT_ARRIVED = _("Nothing waits for an appeal before it has arrived: the decision takes effect on its day.")
GOES_ON = _("The licence goes on as it was: what was decided waits until the appeal is decided.")
HOLDS = _("What was decided holds while the appeal is heard.")
STAYS = _("What was decided stays as it is.")
UNDONE = _("What was decided is undone.")
DECIDED_AGAIN = _("What was decided is undone. We decide again.")


def _put_in_words(appeal: Appeal) -> str:
    """What was decided is undone, and what the tribunal put in its place."""
    said = [str(appeal.decision.row.appeal.put or UNDONE)]
    for one in appeal.put_conditions:
        facts = {"requirement": one.requirement, "day": date_format(one.due_on, "j F Y")}
        said.append(gettext("The licence has this condition, to be met by %(day)s: %(requirement)s") % facts)
    if appeal.put_until:
        said.append(
            gettext("The licence is suspended until %(day)s.") % {"day": date_format(appeal.put_until, "j F Y")}
        )
    return " ".join(said)


def follows(appeal: Appeal) -> str | Promise:
    """What is done when the outcome is carried out."""
    if not appeal.outcome:
        return ""
    words = appeal.decision.row.appeal
    if appeal.outcome == AppealOutcome.REMITTED:
        return words.sent_back or DECIDED_AGAIN
    if appeal.outcome == AppealOutcome.VARIED or appeal.put_conditions:
        return _put_in_words(appeal)
    if appeal.outcome == AppealOutcome.ALLOWED:
        return words.allowed or STAYS
    return (words.dismissed if appeal.stays else "") or STAYS
