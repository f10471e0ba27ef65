"""Where an application stands, as its applicant is told it: on the page and, in the same words, in the mail.

What applicants and holders see: their applications and licences, what they must do, what they are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from compliance.inspections.states import InspectionStatus
from licensing.applications.models import Application
from licensing.applications.rules.applications import BEING_ASSESSED
from licensing.applications.states import IN_HAND, ApplicationStatus, WaitingFor
from licensing.checks.states import CheckResult
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.inspections.queries import inspections_of
from licensing.progress.queries.durations import Forecast, Spread, forecast
from licensing.requests.states import RequestStatus
from registry.trail.queries import history as registry_queries


@dataclass(frozen=True, slots=True)
class AwaitedAct:
    """One thing that the application waits for: what, whose turn it is, and by when where a day is set."""

    text: str
    turn: WaitingFor
    due: date | None = None


DONE, NOW, TO_COME, OVER = "completed", "under_way", "to_come", "not_needed"


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """One step on the way to a decision: done, under way or to come; `hint` says more of it."""

    title: str
    state: str
    hint: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an application stands on a day: what is waited for, by whom; each step; when a decision can be expected."""

    waits: tuple[AwaitedAct, ...]
    steps: tuple[ProgressStep, ...]
    then: str
    forecast: Forecast | None

    @property
    def turns(self) -> tuple[WaitingFor, ...]:
        return tuple(dict.fromkeys(wait.turn for wait in self.waits))

    @property
    def expected(self) -> str:
        return expected_in_words(self.forecast) if self.forecast else ""

    def as_facts(self) -> dict[str, Any]:
        """What a letter says of it, in the language that is spoken now."""
        return {
            "turns": [str(turn.label) for turn in self.turns],
            "waits": [{"text": wait.text, "due": wait.due} for wait in self.waits],
            "then": self.then,
            "expected": self.expected,
            # For us alone: how often it was right is published.
            "expected_from": self.forecast.early if self.forecast else None,
            "expected_until": self.forecast.late if self.forecast else None,
        }


def whereabouts(application: Application, *, today: date) -> Whereabouts:
    """Of an application that has been handed in. Says nothing of what is proposed before its notice, nor what others replied."""
    case = _Case(application, today)
    is_open = application.status in IN_HAND
    return Whereabouts(
        waits=tuple(case.waits()) if is_open else (),
        steps=tuple(case.steps()),
        then=_then(application) if is_open else "",
        forecast=forecast(application, today=today) if is_open else None,
    )


def expected_in_words(forecast: Forecast) -> str:
    """One paragraph: a date with its spread and what it rests on, or why there is none."""
    if forecast.spread is None:
        return _no_date(forecast)
    facts = {"cases": f"{forecast.spread.cases:,}", **_days(forecast.spread)}
    if forecast.half is None or forecast.early is None or forecast.late is None:
        return (
            gettext(
                "The days are counted from your answer. %(cases)s cases were answered and decided in the last year. Half were "
                "decided within %(half)s working days of the answer, and eight in ten after %(early)s to %(late)s."
            )
            % facts
        )
    facts |= {
        "half_day": date_format(forecast.half, "j F Y"),
        "early_day": date_format(forecast.early, "j F Y"),
        "late_day": date_format(forecast.late, "j F Y"),
    }
    return (
        gettext(
            "%(cases)s cases of this kind that were decided in the last year had come as far as yours, and had taken as long. "
            "If yours goes as they did, there is an even chance of a decision by %(half_day)s. "
            "Eight in ten would be decided between %(early_day)s and %(late_day)s. This is not a promise."
        )
        % facts
    )


def _no_date(forecast: Forecast) -> str:
    if forecast.is_slow:
        return gettext(
            "Your application has taken longer than nearly all of the %(cases)s cases of this kind in the last year. So "
            "we cannot say when it will be decided. Write to the case officer if you want to know why."
        ) % {"cases": f"{forecast.of:,}"}
    return gettext(
        "Not enough cases yet: fewer than ten of this kind were decided in the last year, too few to expect a date from."
    )


def _days(spread: Spread) -> dict[str, str]:
    return {"early": str(spread.early), "half": str(spread.half), "late": str(spread.late)}


def _then(application: Application) -> str:
    if application.status == ApplicationStatus.SUBMITTED:
        return gettext(
            "Then a case officer asks other authorities about the organisation and the people named. "
            "We may visit. If we need something from you, we write to you."
        )
    return gettext(
        "When everything is in, a case officer proposes what to do and another person decides. "
        "Before anything is decided against you, you are told why and can reply."
    )


class _Case:
    """What is asked of the database once, for the steps and for what is waited for."""

    def __init__(self, application: Application, today: date) -> None:
        self.application, self.today = application, today
        checks = list(application.checks.of_others().order_by("due_on", "pk"))
        open_still = ("", CheckResult.NOT_NEEDED)
        self.checks, self.unanswered = len(checks), [one for one in checks if one.result in open_still]
        self.requests = list(application.requests.order_by("asked_at"))
        self.inspections = [one for one in inspections_of(application) if one.status != InspectionStatus.CALLED_OFF]
        self.decisions = list(application.decisions.exclude(status=DecisionStatus.DROPPED).order_by("proposed_at"))
        self.when = {
            event.verb: timezone.localdate(event.at)
            for event in registry_queries.history_of(("application", application.reference)).order_by("number")
        }

    # --- whose turn it is ---

    def waits(self) -> Iterator[AwaitedAct]:
        if self.application.status == ApplicationStatus.SUBMITTED:
            yield self._submitted()
        elif self.application.status == ApplicationStatus.AWAITING_APPLICANT:
            yield from (
                self._wait(gettext("Answer our question."), WaitingFor.APPLICANT, one.due_on)
                for one in self.requests
                if one.status == RequestStatus.OPEN
            )
            yield from self._hearing()
        else:
            yield from self._assessing()

    def _submitted(self) -> AwaitedAct:
        if self.application.still_to_pay > 0:
            return self._wait(gettext("Pay the fee. We begin when it has arrived."), WaitingFor.APPLICANT)
        return self._wait(gettext("A case officer begins to assess your application."), WaitingFor.AUTHORITY)

    def _assessing(self) -> Iterator[AwaitedAct]:
        hearing = list(self._hearing())
        found = hearing or [*self._others(), *self._inspectors()]
        yield from found or [self._wait(gettext("We weigh what is in, and decide."), WaitingFor.AUTHORITY)]

    def _hearing(self) -> Iterator[AwaitedAct]:
        heard = self._being_heard()
        if heard is not None:
            text = gettext("Reply to our notice, if you want to be heard before we decide.")
            yield self._wait(text, WaitingFor.APPLICANT, heard.reply_by)

    def _others(self) -> Iterator[AwaitedAct]:
        if self.unanswered:
            text = gettext("%(left)s of %(all)s replies from other authorities are still to come.") % {
                "left": len(self.unanswered),
                "all": self.checks,
            }
            yield self._wait(text, WaitingFor.OTHERS, max(one.due_on for one in self.unanswered))

    def _inspectors(self) -> Iterator[AwaitedAct]:
        statuses = {one.status for one in self.inspections}
        if InspectionStatus.COMMISSIONED in statuses:
            yield self._wait(gettext("An inspector visits you and reports to us."), WaitingFor.INSPECTOR)
        elif InspectionStatus.REPORTED in statuses:
            yield self._wait(gettext("A second person reads what the inspector has reported."), WaitingFor.AUTHORITY)

    def _wait(self, text: str, turn: WaitingFor, due: date | None = None) -> AwaitedAct:
        return AwaitedAct(text, turn, due)

    def _being_heard(self) -> Decision | None:
        return next(
            (
                one
                for one in self.decisions
                if one.status == DecisionStatus.NOTIFIED
                and one.reply_by
                and one.reply_by >= self.today
                and not one.representations.exists()
            ),
            None,
        )

    # --- the steps ---

    def steps(self) -> Iterator[ProgressStep]:
        is_handed_in = self.application.submitted_at is not None
        yield self._step(gettext("You submit it"), is_handed_in, on=self._day(self.application.submitted_at))
        paid = is_handed_in and self.application.still_to_pay <= 0
        yield self._step(gettext("The fee arrives"), paid, on=self.when.get("record_payment"), now=not paid)
        begun = "begin_assessment" in self.when
        yield self._step(
            gettext("A case officer begins to assess it"),
            begun,
            on=self.when.get("begin_assessment"),
            now=paid and not begun,
        )
        yield from self._checking(begun)
        yield from self._visiting()
        yield from self._asking()
        yield self._deciding()

    def _checking(self, begun: bool) -> Iterator[ProgressStep]:
        if self.checks:
            came = self.checks - len(self.unanswered)
            hint = gettext("%(came)s of %(all)s have replied") % {"came": came, "all": self.checks}
            yield self._step(gettext("Other authorities reply"), not self.unanswered, hint=hint, now=begun)

    def _visiting(self) -> Iterator[ProgressStep]:
        """Once one is commissioned, and not when one is called for: why it is may be what another authority replied."""
        if self.inspections:
            yield self._step(gettext("An inspector visits"), self._nobody_visits(), now=True)

    def _asking(self) -> Iterator[ProgressStep]:
        asked = [one for one in self.requests if one.status != RequestStatus.WITHDRAWN]
        if asked:
            answered = sum(one.status == RequestStatus.ANSWERED for one in asked)
            hint = gettext("%(came)s of %(all)s answered") % {"came": answered, "all": len(asked)}
            over = all(one.status != RequestStatus.OPEN for one in asked)
            yield self._step(gettext("You answer what we ask"), over, hint=hint, now=True)
        told = [one for one in self.decisions if one.notified_at is not None]
        if told:
            closed = self._being_heard() is None
            yield self._step(gettext("You reply to our notice, if you want"), closed, now=True)

    def _deciding(self) -> ProgressStep:
        application = self.application
        if application.status == ApplicationStatus.WITHDRAWN:
            return self._step(gettext("You withdrew it"), True, on=self._day(application.closed_at))
        decided = application.closed_at is not None
        ready = self.application.status in BEING_ASSESSED and not self.unanswered and self._nobody_visits()
        now = ready and self._being_heard() is None and self.application.status == ApplicationStatus.ASSESSING
        return self._step(gettext("We decide"), decided, on=self._day(application.closed_at), now=now)

    def _nobody_visits(self) -> bool:
        return all(one.status == InspectionStatus.CONFIRMED for one in self.inspections)

    def _step(
        self, title: str, done: bool, *, now: bool = False, on: date | None = None, hint: str = ""
    ) -> ProgressStep:
        if self.application.closed_at is not None and not done:
            return ProgressStep(title, OVER)
        state = DONE if done else NOW if now else TO_COME
        return ProgressStep(title, state, date_format(on, "j F Y") if done and on else hint)

    def _day(self, at: Any) -> date | None:
        return timezone.localdate(at) if at else None
