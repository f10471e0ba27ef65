"""What the page of one decision shows, and what may be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from compliance.inspection_reports.queries import ReportHearing, heard_of
from compliance.inspections.models import Inspection
from licensing.appeals.models import Appeal
from licensing.appeals.states import AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.applications.queries.applications import holidays_of, scheme_of
from licensing.applications.queries.history import events_of
from licensing.conditions.queries import conditions as documents
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Notice, ProposedCondition, Representation
from licensing.decisions.queries.grounds import ShownGround, factors_in_words, shown_grounds
from licensing.decisions.queries.readiness import deciding
from licensing.decisions.queries.standards import PROPOSES, standard_in_words
from licensing.decisions.queries.what_next import NextStage, next_of_decision
from licensing.decisions.rules import deciding as rules
from licensing.decisions.rules import effects
from licensing.decisions.rules.deciding import Deciding
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind, RegisterCase, RegisterMoment
from licensing.decisions.states.rows import DATED, MODIFICATIONS
from licensing.inspections.queries import TriggerRow, triggers_of
from licensing.letters.queries import letters_of
from licensing.time_limits.rules import licensing as clocks
from registry.accounts.models import User
from registry.errors import Reason
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.schemes import Scheme
from registry.trail.queries.history import TimelineEvent


@dataclass(frozen=True, slots=True)
class RegisterText:
    """What the register will say, from a day on."""

    since: str
    text: str | Promise


@dataclass(frozen=True, slots=True)
class DecisionCondition:
    standard: str
    condition: ProposedCondition


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """All that the page of one decision shows."""

    decision: Decision
    title: str | Promise
    press_style: str
    subject_href: str
    next: NextStage | None
    decide_blockers: tuple[Reason, ...]
    grounds: tuple[ShownGround, ...]
    notices: tuple[Notice, ...]
    said: tuple[Representation, ...]
    aggravating: tuple[str, ...]
    mitigating: tuple[str, ...]
    conditions: tuple[DecisionCondition, ...]
    row: documents.ConditionDetail | None
    seen: tuple[Inspection, ...]
    heard: tuple[ReportHearing, ...]
    proposes_in_words: str | Promise
    triggers: tuple[TriggerRow, ...]
    fail_at: int
    earliest: date | None
    latest: date | None
    register: tuple[RegisterText, ...]
    appeals: tuple[Appeal, ...]
    letters: tuple[Letter, ...]
    events: tuple[TimelineEvent, ...]


def decision_file(decision: Decision, *, by: User, on: date) -> DecisionFile:
    given = deciding(decision, from_day=first_day(decision, on=on), today=on)
    scheme, subject = given.scheme, decision.subject
    titles = {standard.code: standard_in_words(standard) for standard in scheme.standards}
    earliest, latest = _bounds(decision, given)
    seen = tuple(decision.inspections.select_related("inspector").order_by("-commissioned_at"))
    return DecisionFile(
        decision=decision,
        title=decision.row.title,
        press_style="warning" if decision.row.warns else "",
        subject_href=_href(subject),
        next=next_of_decision(decision, on=on),
        decide_blockers=tuple(rules.decide_blockers(decision, by=by, given=given)),
        grounds=shown_grounds(decision, scheme),
        notices=tuple(decision.notices.select_related("sent_by").order_by("number")),
        said=tuple(decision.representations.select_related("by").order_by("received_at", "pk")),
        aggravating=factors_in_words(decision, "aggravating", language=get_language()),
        mitigating=factors_in_words(decision, "mitigating", language=get_language()),
        conditions=tuple(DecisionCondition(titles[one.standard], one) for one in decision.conditions.order_by("pk")),
        row=documents.shown_condition(decision.condition) if decision.condition else None,
        seen=seen,
        heard=heard_of(seen),
        proposes_in_words=PROPOSES.get(decision.score_proposes, ""),
        triggers=triggers_of(decision.application) if decision.application else (),
        fail_at=scheme.fail_at,
        earliest=earliest,
        latest=latest,
        register=tuple(_register_will_say(decision, scheme)),
        appeals=tuple(decision.appeals.order_by("pk")),
        letters=tuple(one for one in letters_of(subject) if one.facts.get("decision") == decision.reference),
        events=events_of(("decision", decision.reference)),
    )


def reply_by(decision: Decision, *, on: date) -> date:
    """Until when the subject may reply to a notice of this day: what is to hold at once leaves no time."""
    if decision.immediate:
        return on
    holidays = holidays_of(decision.organisation)
    return clocks.REPLY_TO_NOTICE.due_on(on, scheme=scheme_of(decision.subject), holidays=holidays)


def modifications_due(today: date) -> QuerySet[Decision]:
    """Modifications of licences that have been decided and whose day has come, and that do not hold yet; the oldest first."""
    decided = Decision.objects.filter(kind__in=MODIFICATIONS, status=DecisionStatus.DECIDED, takes_effect__lte=today)
    waiting = ProposedCondition.objects.filter(decision=OuterRef("pk"), became=None)
    active = decided.filter(licence__status=LicenceStatus.ACTIVE)
    of_open = Q(condition=None) | Q(condition__status=ConditionStatus.OPEN)
    kept = Exists(_keeping_from_effect(today))
    return active.filter(of_open, Exists(waiting), ~kept).order_by("takes_effect", "pk")


def _keeping_from_effect(today: date) -> QuerySet[Appeal]:
    """Appeals by which a decision does not hold today: not decided, or decided for a later day, or allowed."""
    of_it = Appeal.objects.filter(decision=OuterRef("pk"), stays=True).exclude(status=AppealStatus.DISREGARDED)
    return of_it.filter(~Q(status=AppealStatus.CLOSED) | Q(outcome=AppealOutcome.ALLOWED) | Q(effect_on__gt=today))


def holds_from(decision: Decision) -> date:
    """The first day on which a decision on a licence holds: the one it names, or the one that came of an appeal."""
    assert decision.takes_effect
    ended = (
        decision.appeals.filter(status=AppealStatus.CLOSED, stays=True).exclude(outcome=AppealOutcome.ALLOWED).last()
    )
    return ended.effect_on if ended and ended.effect_on else decision.takes_effect


def first_day(decision: Decision, *, on: date) -> date | None:
    """The day to offer to whoever decides: as proposed, but neither past nor before the law allows."""
    if not decision.row.first_day:
        return None
    proposed = decision.starts or decision.takes_effect
    if decision.status not in {DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED}:
        return proposed
    if decision.application is not None and decision.application.alters_id is not None:
        return on
    earliest, _latest = _bounds(decision, deciding(decision, from_day=proposed, today=on))
    return max(filter(None, (proposed, earliest)), default=None)


def decide_blockers(decision: Decision, *, by: User, on: date, from_day: date | None = None) -> tuple[Reason, ...]:
    """What speaks against this person's deciding now, for the day that is offered or `from_day`: for the page and for programs."""
    given = deciding(decision, from_day=from_day or first_day(decision, on=on), today=on)
    return tuple(rules.decide_blockers(decision, by=by, given=given))


def _bounds(decision: Decision, given: Deciding) -> tuple[date | None, date | None]:
    """Between which days it can begin to hold; no last day where the law knows none."""
    if decision.kind == DecisionKind.GRANT:
        return given.today, None
    if decision.kind not in DATED:
        return None, None
    earliest, latest = effects.bounds(decision, given)
    return earliest, None if latest == date.max else latest


def _register_will_say(decision: Decision, scheme: Scheme) -> Iterator[RegisterText]:
    """What everyone can read as soon as it is decided, and from the day that is chosen."""
    moments = {
        RegisterMoment.AT_ONCE: gettext("at once"),
        RegisterMoment.FROM_DAY: gettext("from the day that you choose"),
        RegisterMoment.NEVER: "",
    }
    with_conditions, shows_refusals = bool(decision.conditions.all()), scheme.public.show_refused
    true_of = {
        RegisterCase.ALWAYS: True,
        RegisterCase.WITH_CONDITIONS: with_conditions,
        RegisterCase.WITHOUT_CONDITIONS: not with_conditions,
        RegisterCase.REFUSALS_SHOWN: shows_refusals,
        RegisterCase.REFUSALS_NOT_SHOWN: not shows_refusals,
    }
    for line in decision.row.register:
        if true_of[line.case]:
            yield RegisterText(moments[line.since], str(line.text).format(day=_in_words(decision.until)))


def _in_words(day: date | None) -> str:
    return date_format(day) if day else ""


def _href(subject: Application | Licence) -> str:
    return reverse("application" if isinstance(subject, Application) else "staff_licence", args=[subject.reference])
