"""The rules of deciding on plain values: hundreds of cases, hardly any of which asks the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.applications.models import Application
from licensing.applications.states import APPLICATION
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules import deciding, effects, proposals
from licensing.decisions.rules import grounds as ground_rules
from licensing.decisions.rules.grounds import Basis, GivenGround
from licensing.decisions.rules.proposals import GivenCondition, Proposal, Readiness
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import MODIFICATIONS, ON_CONDITIONS, ON_TRANSFERS, UNHEARD
from licensing.holding.models import Transfer
from registry import schemes, workdays
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LICENCE
from tests.conftest import NOW

TODAY = NOW.date()
SCHEME = schemes.in_force("gla-food", TODAY)
BASIS = Basis(SCHEME, conditions={}, exhibits={}, factors=frozenset(one.code for one in SCHEME.factors))
GROUND = GivenGround("3.1", "Unsafe.", "Seen.")
ASSESSING = Application(status="assessing")
HELD = Licence(status="active", valid_from=TODAY, valid_until=TODAY + timedelta(days=364))


def codes(reasons: Iterable[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def proposing(subject: Application | Licence = ASSESSING, ready: Readiness | None = None, **given: Any) -> list[str]:
    at_once = {"immediate": True, "immediate_because": "Workers are at risk."} if "takes_effect" in given else {}
    proposal = Proposal(**{"kind": "grant", "because": "Good.", "starts": TODAY, **at_once, **given})
    return codes(
        proposals.propose_blockers(
            subject, proposal, basis=BASIS, ready=ready or Readiness(), holidays=frozenset(), today=TODAY
        )
    )


def test_a_sound_proposal_of_each_kind_meets_no_objection() -> None:
    assert proposing() == []
    assert proposing(kind="refuse", starts=None, grounds=(GROUND,)) == []
    assert proposing(HELD, kind="revoke", starts=None, takes_effect=TODAY, grounds=(GROUND,)) == []
    assert proposing(HELD, kind="suspend", takes_effect=TODAY, until=TODAY, grounds=(GROUND,)) == []


@pytest.mark.parametrize("status", APPLICATION.statuses)
@pytest.mark.parametrize("kind", ["grant", "refuse"])
def test_only_an_application_that_is_being_assessed_is_decided(status: str, kind: str) -> None:
    found = proposing(Application(status=status), kind=kind, grounds=(GROUND,) if kind == "refuse" else ())

    # An applicant who is asked for something can be refused meanwhile, and not granted a licence.
    possible = {"assessing"} if kind == "grant" else {"assessing", "awaiting_applicant"}
    assert found == ([] if status in possible else ["wrong_state"])


@pytest.mark.parametrize("status", LICENCE.statuses)
@pytest.mark.parametrize("kind", ["suspend", "revoke"])
def test_only_an_active_licence_is_decided_about(status: str, kind: str) -> None:
    licence = Licence(status=status, valid_from=TODAY, valid_until=TODAY + timedelta(days=364))
    found = proposing(licence, kind=kind, takes_effect=TODAY, until=TODAY, grounds=(GROUND,))

    assert set(found) == (set() if status == "active" else {"wrong_state"})


@pytest.mark.parametrize(
    ("ready", "grant", "refuse"),
    [
        (Readiness(), [], []),
        (Readiness(unanswered_checks=1), ["checks_unanswered"], []),
        (Readiness(open_requests=1), ["request_open"], []),
        (Readiness(inspections_open=1), ["inspection_open"], ["inspection_open"]),
        (Readiness(inspection_wanted=True), ["inspection_wanted"], []),
        (Readiness(open_decision=True), ["decision_open"], ["decision_open"]),
        (Readiness(inspection_wanted=True, confirmed=frozenset({1})), [], []),
        (
            Readiness(unanswered_checks=2, open_requests=1, inspections_open=1, inspection_wanted=True),
            ["checks_unanswered", "request_open", "inspection_open", "inspection_wanted"],
            ["inspection_open"],
        ),
    ],
)
def test_what_a_case_still_waits_for(ready: Readiness, grant: list[str], refuse: list[str]) -> None:
    assert proposing(ready=ready, relies_on=ready.confirmed) == grant
    assert proposing(ready=ready, relies_on=ready.confirmed, kind="refuse", grounds=(GROUND,)) == refuse


def test_a_licence_does_not_wait_for_what_an_application_waits_for() -> None:
    ready = Readiness(unanswered_checks=1, open_requests=1, inspections_open=1, inspection_wanted=True)

    assert proposing(HELD, ready, kind="revoke", takes_effect=TODAY, grounds=(GROUND,)) == []


def test_an_older_inspection_of_a_licence_may_be_left_out() -> None:
    ready = Readiness(confirmed=frozenset({1, 2}))

    assert proposing(HELD, ready, kind="revoke", takes_effect=TODAY, grounds=(GROUND,), relies_on=frozenset({2})) == []


CONDITION = GivenCondition("3.1", "Mend it.", TODAY + timedelta(days=30))
SCORES = ["grant", "grant_with_conditions", "refuse"]


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize(
    ("given_proposal", "outcome"),
    [
        ({"kind": "grant"}, "grant"),
        ({"kind": "grant", "conditions": (CONDITION,)}, "grant_with_conditions"),
        ({"kind": "refuse", "grounds": (GROUND,)}, "refuse"),
    ],
)
@pytest.mark.parametrize("reason", ["", " ", "It was put right."])
def test_only_a_departure_from_the_score_needs_a_reason(
    score: str, given_proposal: dict[str, Any], outcome: str, reason: str
) -> None:
    found = proposing(score_proposes=score, departs_because=reason, **given_proposal)

    departs = score != outcome and not reason.strip()
    assert found == (["departs_without_reason"] if departs else [])


@pytest.mark.parametrize(("kind", "departs"), [("revoke", False), ("suspend", True)])
def test_a_failing_score_proposes_to_take_the_licence_away(kind: str, departs: bool) -> None:
    given_dates: dict[str, Any] = {"takes_effect": TODAY, "until": TODAY}

    found = proposing(HELD, kind=kind, score_proposes="refuse", grounds=(GROUND,), **given_dates)

    assert found == (["departs_without_reason"] if departs else [])


@pytest.mark.parametrize(
    "kind", [kind for kind in DecisionKind if kind not in (*UNHEARD, *ON_CONDITIONS, *MODIFICATIONS)]
)
def test_nothing_is_taken_away_without_a_ground(kind: str) -> None:
    subject = ASSESSING if kind == "refuse" else HELD
    # A refusal of a transfer is of one that the holder asks for.
    ready = Readiness(transfer=Transfer(licence=HELD, status="asked")) if kind in ON_TRANSFERS else Readiness()

    assert proposing(subject, ready=ready, kind=kind, takes_effect=TODAY, until=TODAY) == ["no_ground"]


@given(days=st.integers(-400, 800), due=st.integers(-400, 800))
def test_a_condition_is_due_after_the_licence_starts(days: int, due: int) -> None:
    starts, due_on = TODAY + timedelta(days=days), TODAY + timedelta(days=due)

    found = proposing(starts=starts, conditions=(replace(CONDITION, due_on=due_on),))

    assert ("starts_in_the_past" in found) == (days < 0)
    assert ("condition_due_too_early" in found) == (due <= days)


# --- dates


@given(
    today=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2036, 12, 31)), max_size=40),
)
def test_an_immediate_decision_takes_effect_within_the_days_of_the_scheme_and_any_other_after_the_appeal(
    today: date, holidays: frozenset[date]
) -> None:
    facts: dict[str, Any] = {"scheme": SCHEME, "today": today, "holidays": holidays}

    assert effects.earliest_effect("revoke", immediate=True, **facts) == today
    latest = effects.latest_effect(immediate=True, **facts)
    assert workdays.working_days_between(today, latest, holidays) == SCHEME.immediate.max_working_days
    assert workdays.is_working_day(latest, holidays)

    last_day_to_appeal = workdays.add_working_days(today, SCHEME.appeal.working_days, holidays)
    assert effects.earliest_effect("revoke", immediate=False, **facts) == last_day_to_appeal + timedelta(days=1)
    assert effects.latest_effect(immediate=False, **facts) == date.max


# --- notify, represent, drop


@pytest.mark.parametrize("status", ["proposed", "notified", "decided", "dropped"])
@pytest.mark.parametrize("kind", list(DecisionKind))
def test_what_is_notified(status: str, kind: str) -> None:
    expected = [] if status == "proposed" else ["wrong_state"]
    if kind in UNHEARD:
        expected.append("no_hearing_needed")

    assert codes(ground_rules.notify_blockers(Decision(status=status, kind=kind))) == expected


@pytest.mark.parametrize("days", range(-2, 3))
def test_a_reply_is_taken_until_the_last_day(days: int) -> None:
    decision = Decision(status="notified", kind="refuse", reply_by=TODAY)

    found = codes(ground_rules.represent_blockers(decision, today=TODAY + timedelta(days=days), text="Wait."))

    assert found == (["too_late"] if days > 0 else [])


def test_dropping_asks_for_a_reason_only_once_it_is_pressed() -> None:
    decision = Decision(status="notified", kind="refuse")

    assert codes(deciding.drop_blockers(decision)) == []
    assert codes(deciding.drop_blockers(decision, because=" ")) == ["no_reasons"]
    assert codes(deciding.drop_blockers(decision, because="Put right.")) == []
