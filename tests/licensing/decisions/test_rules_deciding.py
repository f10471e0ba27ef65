"""What hinders a proposal or a decision, each reason alone: on plain values, hardly any of which asks the database."""

from datetime import date, timedelta
from typing import Any

import pytest

from licensing.applications.models import Application, Paper
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules import deciding as deciding_rules
from licensing.decisions.rules import proposals
from licensing.decisions.rules.deciding import Deciding, DecisionText
from licensing.decisions.rules.grounds import Basis, GivenGround
from licensing.decisions.rules.proposals import GivenCondition, Proposal, Readiness
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.licences.models import Condition, Licence
from tests.licensing.decisions.test_rules import ASSESSING, BASIS, CONDITION, GROUND, HELD, SCHEME, TODAY, codes
from tests.licensing.stories import a_grant_proposed

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PROPOSER, OFFICER, TYPIST, DECIDER = (User(pk=pk) for pk in range(1, 5))
OF_HELD = Condition(pk=7, reference="C-7", licence=HELD, status="open", due_on=TODAY)
GONE = Licence(status="revoked", valid_from=TODAY, valid_until=TODAY + timedelta(days=364))
CONDITIONAL = Basis(SCHEME, conditions={"C-7": "3.1", "C-8": "3.1"}, exhibits={})


def proposing(
    subject: Application | Licence = ASSESSING, ready: Readiness | None = None, *, basis: Basis = BASIS, **given: Any
) -> list[tuple[str, str]]:
    """The code of each reason, and the field that it is about."""
    at_once = {"immediate": True, "immediate_because": "Workers are at risk."} if "takes_effect" in given else {}
    proposal = Proposal(**{"kind": "grant", "because": "Good.", "starts": TODAY, **at_once, **given})
    found = list(
        proposals.propose_blockers(
            subject, proposal, basis=basis, ready=ready or Readiness(), holidays=frozenset(), today=TODAY
        )
    )
    assert all(str(reason.text) for reason in found)
    return [(reason.code, reason.where) for reason in found]


def of_condition(kind: str, ready: Readiness | None = None, **given: Any) -> list[tuple[str, str]]:
    about = {"kind": kind, "starts": None, "condition": OF_HELD, "basis": CONDITIONAL, **given}
    return proposing(HELD, ready or Readiness(conditions_met=frozenset({7})), **about)


def due(on: date) -> tuple[GivenCondition, ...]:
    return (GivenCondition("3.1", "Mend it.", on),)


# --- proposing


def test_a_proposal_gives_reasons_and_says_what_was_weighed() -> None:
    assert proposing(because=" ") == [("no_reasons", "because")]
    assert proposing(factors=("luck",), weighed="We had some.") == [("unknown_factor", "factors")]
    assert not Proposal("revoke", "Unsafe.").immediate


def test_it_rests_on_the_confirmed_inspections_of_the_case_and_on_no_other() -> None:
    confirmed = Readiness(confirmed=frozenset({1}))

    assert proposing(relies_on=frozenset({1})) == [("inspection_not_confirmed", "inspections")]
    assert proposing(ready=confirmed) == [("inspection_left_out", "inspections")]
    assert proposing(ready=confirmed, relies_on=frozenset({1})) == []


def test_a_grant_waits_until_each_strong_look_alike_is_judged() -> None:
    ready = Readiness(look_alikes_open=1)

    assert proposing(ready=ready) == [("look_alike_open", "")]
    assert proposing(ready=ready, kind="refuse", starts=None, grounds=(GROUND,)) == []


@pytest.mark.parametrize(
    ("subject", "kind"), [(HELD, "grant"), (HELD, "refuse"), (HELD, "surrender"), (ASSESSING, "lift")]
)
def test_what_is_decided_of_an_application_is_not_decided_of_a_licence(
    subject: Application | Licence, kind: str
) -> None:
    grounds = (GROUND,) if kind == "refuse" else ()

    assert ("wrong_subject", "kind") in proposing(subject, kind=kind, takes_effect=TODAY, grounds=grounds)


def test_one_thing_is_proposed_of_a_condition_at_a_time_whatever_is_proposed_of_its_licence() -> None:
    of_it, of_another = frozenset({7}), frozenset({8})

    assert of_condition("discharge", Readiness(conditions_open=of_it, conditions_met=of_it)) == [("decision_open", "")]
    assert of_condition("discharge", Readiness(conditions_open=of_another, conditions_met=of_it)) == []
    assert of_condition("discharge", Readiness(open_decision=True, conditions_met=of_it)) == []
    revoking: dict[str, Any] = {"kind": "revoke", "takes_effect": TODAY, "grounds": (GROUND,), "condition": OF_HELD}
    assert proposing(HELD, Readiness(conditions_open=of_it), **revoking) == []
    assert proposing(HELD, Readiness(open_decision=True), **revoking) == [("decision_open", "")]


def test_what_is_decided_of_a_condition_is_decided_of_an_open_one_of_this_licence() -> None:
    other = Condition(pk=7, reference="C-7", licence=Licence(pk=99), status="open", due_on=TODAY)
    closed = Condition(pk=7, reference="C-7", licence=HELD, status="discharged", due_on=TODAY)

    assert of_condition("discharge") == []
    assert of_condition("discharge", condition=None) == [("unknown_condition", "")]
    assert of_condition("discharge", condition=other) == [("unknown_condition", "")]
    assert of_condition("discharge", condition=closed) == [("wrong_state", "")]


def test_that_a_condition_is_met_rests_on_somebodys_looking_and_nothing_else_does() -> None:
    assert of_condition("discharge", Readiness()) == [("not_seen_met", "")]
    assert of_condition("extend", Readiness(), conditions=due(TOMORROW)) == []


@pytest.mark.parametrize("kind", ["impose", "discharge"])
def test_nothing_is_decided_of_the_conditions_of_a_licence_that_has_gone(kind: str) -> None:
    condition = Condition(pk=7, reference="C-7", licence=GONE, status="open", due_on=TODAY)
    given: dict[str, Any] = {"takes_effect": TODAY, "grounds": (GROUND,), "conditions": due(TOMORROW)}
    imposing = given if kind == "impose" else {"condition": condition}

    found = proposing(GONE, Readiness(conditions_met=frozenset({7})), kind=kind, **imposing)

    assert set(found) == {("not_active", "")}


def a_transfer(application: Application | None = ASSESSING) -> Transfer:
    return Transfer(licence=HELD, status="agreed", application=application)


def test_a_consent_to_a_transfer_asks_what_a_grant_to_the_other_business_would() -> None:
    asked: dict[str, Any] = {"kind": "allow_transfer", "starts": None, "takes_effect": TODAY}

    assert proposing(HELD, Readiness(), **asked) == [("no_transfer", "")]
    assert proposing(HELD, Readiness(transfer=a_transfer()), **asked) == []
    assert proposing(HELD, Readiness(transfer=a_transfer(), other=Readiness()), **asked) == []
    decided = Readiness(transfer=a_transfer(), other=Readiness(open_decision=True))
    assert proposing(HELD, decided, **asked) == [("other_decision_open", "")]
    waits = Readiness(transfer=a_transfer(), other=Readiness(unanswered_checks=1))
    assert proposing(HELD, waits, **asked) == [("checks_unanswered", "")]


def test_a_refusal_of_a_transfer_does_not_wait_for_the_other_business() -> None:
    ready = Readiness(transfer=a_transfer(), other=Readiness(unanswered_checks=1))

    assert proposing(HELD, ready, kind="refuse_transfer", starts=None, grounds=(GROUND,)) == []
    assert proposing(HELD, Readiness(), kind="refuse_transfer", starts=None, grounds=(GROUND,)) == [("no_transfer", "")]


def test_only_what_changes_conditions_comes_with_some() -> None:
    imposing: dict[str, Any] = {"kind": "impose", "starts": None, "takes_effect": TODAY, "grounds": (GROUND,)}

    assert proposing(conditions=(CONDITION,) * 1000) == []
    assert proposing(conditions=(CONDITION,) * 1001) == [("no_condition", "conditions")]
    assert proposing(HELD, conditions=(CONDITION,), **imposing) == []
    assert proposing(HELD, **imposing) == [("no_condition", "conditions")]
    assert proposing(HELD, conditions=(CONDITION,) * 2, **imposing) == [("no_condition", "conditions")]
    heard: dict[str, Any] = {"takes_effect": TODAY, "grounds": (GROUND,)}
    for kind, given in (("vary", heard), ("extend", {})):
        assert of_condition(kind, conditions=(CONDITION,), **given) == []
        assert of_condition(kind, **given) == [("no_condition", "conditions")]
        assert of_condition(kind, conditions=(CONDITION,) * 2, **given) == [("no_condition", "conditions")]
    revoking = {**imposing, "kind": "revoke"}
    assert proposing(HELD, conditions=(CONDITION,), **revoking) == [("conditions_without_grant", "conditions")]


def test_a_condition_says_what_is_to_be_done_under_a_standard_of_the_scheme() -> None:
    silent = GivenCondition("3.1", " ", TOMORROW)
    assert proposing(conditions=(silent,)) == [("condition_without_requirement", "conditions")]
    unknown = GivenCondition("99.9", "Mend it.", TOMORROW)
    assert proposing(conditions=(unknown,)) == [("unknown_standard", "conditions")]


def test_a_condition_is_due_after_the_day_from_which_it_holds() -> None:
    later = TODAY + timedelta(days=5)
    imposing: dict[str, Any] = {"kind": "impose", "starts": None, "takes_effect": later, "grounds": (GROUND,)}

    assert proposing(HELD, conditions=due(later), **imposing) == [("condition_due_too_early", "conditions")]
    assert proposing(HELD, conditions=due(later + timedelta(days=1)), **imposing) == []
    past = Condition(pk=7, reference="C-7", licence=HELD, status="open", due_on=YESTERDAY)
    assert of_condition("extend", condition=past, conditions=due(TODAY)) == [("condition_due_too_early", "conditions")]
    assert of_condition("extend", condition=past, conditions=due(TOMORROW)) == []


def test_more_time_for_a_condition_is_a_later_day_and_a_variation_may_ask_for_an_earlier_one() -> None:
    far = Condition(pk=7, reference="C-7", licence=HELD, status="open", due_on=TODAY + timedelta(days=9))

    assert of_condition("extend", condition=far, conditions=due(far.due_on)) == [("not_later", "conditions")]
    assert of_condition("extend", condition=far, conditions=due(far.due_on + timedelta(days=1))) == []
    assert of_condition("vary", condition=far, takes_effect=TODAY, grounds=(GROUND,), conditions=due(TOMORROW)) == []


def test_a_condition_has_failed_once_its_day_has_passed_and_a_ground_is_about_it() -> None:
    past = Condition(pk=7, reference="C-7", licence=HELD, status="open", due_on=YESTERDAY)
    about, of_another = GivenGround("", "Not done.", "Seen.", "C-7"), GivenGround("", "Not done.", "Seen.", "C-8")

    assert of_condition("fail", condition=past, grounds=(about,)) == []
    assert of_condition("fail", condition=past, grounds=(of_another, about)) == []
    assert of_condition("fail", condition=past, grounds=(of_another,)) == [("nothing_about_condition", "grounds")]
    assert of_condition("fail", grounds=(about,)) == [("not_due", "")]
    assert codes(proposals.due_blockers(OF_HELD, today=TODAY)) == ["not_due"]
    assert codes(proposals.due_blockers(OF_HELD, today=TOMORROW)) == []


def test_the_days_of_a_proposal() -> None:
    assert proposing(starts=None) == [("no_start", "starts")]
    assert proposing(starts=YESTERDAY) == [("starts_in_the_past", "starts")]
    renewing = Application(status="assessing", renews=HELD)
    assert proposing(renewing) == [("not_continuous", "starts")]
    assert proposing(renewing, starts=HELD.valid_until + timedelta(days=1)) == []
    assert proposing(renewing, kind="refuse", starts=TODAY, grounds=(GROUND,)) == []
    revoking: dict[str, Any] = {"kind": "revoke", "grounds": (GROUND,)}
    assert proposing(HELD, **revoking) == [("no_effect_date", "takes_effect")]


# --- deciding


def an_application(**fields: Any) -> Application:
    return Application(**{"pk": 5, "status": "assessing", "case_officer_id": OFFICER.pk, **fields})


def a_decision(kind: str = "grant", **fields: Any) -> Decision:
    subject = {"application": an_application()} if kind in ("grant", "refuse") else {"licence": HELD}
    return Decision(**{"pk": 6, "kind": kind, "status": "proposed", "proposed_by_id": PROPOSER.pk, **subject, **fields})


def deciding(
    decision: Decision, by: User = DECIDER, *, concluded: DecisionText | None = None, **given: Any
) -> list[tuple[str, str]]:
    empty: frozenset[int] = frozenset()
    facts: dict[str, Any] = {
        "scheme": SCHEME,
        "ready": Readiness(),
        "inspected_by": empty,
        "verified_by": empty,
        "conflicted": empty,
        "holidays": frozenset(),
        "today": TODAY,
        "from_day": TODAY,
        **given,
    }
    found = list(deciding_rules.decide_blockers(decision, by=by, given=Deciding(**facts), concluded=concluded))
    assert all(str(reason.text) for reason in found)
    return [(reason.code, reason.where) for reason in found]


def discharging(by: User = DECIDER, **given: Any) -> list[tuple[str, str]]:
    return deciding(a_decision("discharge", condition=OF_HELD), by, **given)


@pytest.mark.parametrize("status", ["decided", "dropped"])
def test_who_comes_too_late_reads_only_that(status: str) -> None:
    assert deciding(a_decision(status=status), PROPOSER, from_day=None) == [("wrong_state", "")]
    assert codes(deciding_rules.drop_blockers(a_decision(status=status), because="An error.")) == ["wrong_state"]


def test_who_worked_on_it_does_not_decide() -> None:
    mine = frozenset({DECIDER.pk})

    assert discharging() == []
    assert discharging(PROPOSER) == [("same_person", "")]
    assert discharging(inspected_by=mine) == [("inspected", "")]
    assert discharging(verified_by=mine) == [("verified", "")]
    assert discharging(conflicted=mine) == [("conflicted", "")]
    assert discharging(conflicted=frozenset({PROPOSER.pk})) == [("proposer_conflicted", "")]


@pytest.mark.django_db
def test_who_assessed_the_application_or_typed_it_in_does_not_decide() -> None:
    typed_in = an_application()
    Paper(application=typed_in, entered_by_id=TYPIST.pk)
    decision = a_decision(application=typed_in)

    assert deciding(decision) == []
    assert deciding(decision, OFFICER) == [("assessed", "")]
    assert deciding(decision, TYPIST) == [("typed_in", "")]


@pytest.mark.django_db
def test_a_refusal_is_decided_once_its_subject_was_heard() -> None:
    assert deciding(a_decision("refuse")) == [("not_notified", "")]


@pytest.mark.django_db
def test_who_assessed_the_other_business_does_not_decide_about_a_transfer() -> None:
    transfer = a_transfer(an_application())
    decision = a_decision("allow_transfer", transfer=transfer)

    assert deciding(decision, ready=Readiness(transfer=transfer)) == []
    assert deciding(decision, OFFICER, ready=Readiness(transfer=transfer)) == [("assessed_other", "")]
    assert deciding(decision) == [("no_transfer", "")]


@pytest.mark.django_db
def test_a_decision_waits_for_what_its_proposal_waited_for() -> None:
    assert deciding(a_decision(), ready=Readiness(unanswered_checks=1)) == [("checks_unanswered", "")]
    closed = Condition(pk=7, licence=HELD, status="discharged", due_on=TODAY)
    assert deciding(a_decision("discharge", condition=closed)) == [("wrong_state", "")]
    assert deciding(a_decision("lift"), from_day=None) == [("no_effect_date", "from_day")]


@pytest.mark.django_db
def test_whoever_decides_gives_reasons_once_something_is_written() -> None:
    decision = a_decision("discharge", condition=OF_HELD)

    assert deciding(decision, concluded=DecisionText(" ")) == [("no_reasons", "because")]
    assert deciding(decision, concluded=DecisionText("It is done.")) == []


@pytest.mark.django_db
def test_the_first_day_of_a_licence_is_judged_once_more_when_it_is_granted() -> None:
    assert deciding(a_decision(), from_day=TODAY) == []
    assert deciding(a_decision(), from_day=None) == [("no_start", "from_day")]
    assert deciding(a_decision(), from_day=YESTERDAY) == [("starts_in_the_past", "from_day")]
    renewing = a_decision(application=an_application(renews=HELD))
    assert deciding(renewing) == [("not_continuous", "from_day")]
    altering = a_decision(application=an_application(alters=HELD))
    assert deciding(altering) == []
    assert deciding(altering, from_day=TOMORROW) == [("alters_at_once", "from_day")]
    assert deciding(a_decision(application=an_application(alters=GONE))) == [("licence_gone", "")]


@pytest.mark.django_db
def test_a_licence_does_not_begin_on_the_day_on_which_a_condition_of_it_is_due() -> None:
    decision = a_grant_proposed(conditions=[GivenCondition("3.1", "Mend it.", TOMORROW)])

    assert deciding(decision) == []
    assert deciding(decision, from_day=TOMORROW) == [("condition_due_too_early", "from_day")]
