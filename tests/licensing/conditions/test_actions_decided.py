"""From what a holder sends to what becomes of its condition: somebody looks, one proposes, another decides, the holder is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from compliance.inspections import actions as inspections
from licensing.conditions import actions as verifications
from licensing.conditions.models import DeskCheck
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.due_dates.queries.about import dates_of
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Condition, Licence
from registry.papers import words
from registry.register.models import Entry
from tests.compliance.stories import findings, signed
from tests.conftest import NOW, SetClock
from tests.licensing.decisions.test_views import a_day, text_of
from tests.licensing.stories import (
    a_licence,
    a_revocation_proposed,
    a_suspension_proposed,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.stories import holder_of

pytestmark = pytest.mark.django_db


def refusal_of(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def condition() -> Condition:
    return a_condition(a_licence())


def looked(condition: Condition, *, is_met: bool = True, by: User | None = None, text: str = "Seen.") -> DeskCheck:
    checker = by or person("case_officer", name="Alun Checker")
    return verifications.check_at_desk(condition, is_met=is_met, text=text, by=checker, at=NOW)


def proposed(condition: Condition, kind: str, *, after: int = 0, **given: Any) -> Decision:
    officer = person("case_officer")
    because = "So it is."
    return proposals.propose(
        condition.licence, kind=kind, condition=condition, because=because, by=officer, at=later(after), **given
    )


def failure_of(condition: Condition, *, after: int = 29) -> Decision:
    text, files = "No hours were kept.", "The files of June."
    ground = GivenGround(standard="", condition=condition.reference, text=text, evidence=files)
    return proposed(condition, "fail", after=after, grounds=[ground])


def on_the_register(licence: Licence) -> list[dict[str, str]]:
    return list(Entry.objects.get(listing=licence.listing, shown_until=None).conditions)


def address(condition: Condition, step: str) -> str:
    return f"/staff/licences/{condition.licence.number}/conditions/{condition.reference}/{step}/"


# --- met ---


def test_what_the_holder_sends_discharges_nothing_before_somebody_has_looked(condition: Condition) -> None:
    holder = holder_of(condition.licence.organisation)
    verifications.send(condition, text="The records of July.", by=holder, at=NOW)

    assert refusal_of(lambda: proposed(condition, "discharge")) == ["not_seen_met"]


def test_a_condition_found_met_at_the_desk_is_discharged_by_another_and_leaves_the_register(
    condition: Condition,
) -> None:
    looked(condition)

    decision = decided(proposed(condition, "discharge"))

    condition.refresh_from_db()
    assert (condition.status, condition.closed_on) == ("discharged", day(0))
    assert on_the_register(condition.licence) == []
    letter = Letter.objects.get(facts__decision=decision.reference)
    assert letter.facts["condition"]["requirement"] == condition.requirement
    assert decision.appeal_by is None


def test_the_last_look_counts(condition: Condition) -> None:
    looked(condition)
    looked(condition, is_met=False)

    assert refusal_of(lambda: proposed(condition, "discharge")) == ["not_seen_met"]


def test_whoever_looked_does_not_decide(condition: Condition) -> None:
    checker = person("case_officer", "decision_maker", name="Two Hats")
    looked(condition, by=checker)
    decision = proposed(condition, "discharge")

    assert refusal_of(lambda: decided(decision, by=checker)) == ["verified"]
    with pytest.raises(IntegrityError, match="did not check the condition"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status="decided", decided_by=checker, decided_at=NOW, decided_because="Met."
        )


@pytest.mark.parametrize("step", [lambda one: one.update(is_met=False), lambda one: one._raw_delete("default")])
def test_what_was_found_at_a_desk_stays(step: Callable[[Any], object], condition: Condition) -> None:
    check = looked(condition)

    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        step(DeskCheck.objects.filter(pk=check.pk))


@pytest.mark.parametrize(("unmet", "reasons"), [((), []), (("3.1",), ["not_seen_met"])])
def test_a_confirmed_visit_shows_whether_it_is_met(
    unmet: tuple[str, ...], reasons: list[str], condition: Condition
) -> None:
    inspector = person("inspector")
    visit = verifications.commission(
        condition, brief="See the hours.", inspector=inspector, due_on=day(14), by=person("case_officer"), at=NOW
    )
    assert visit.standards == ["3.1"]
    again: dict[str, Any] = {"brief": "Again.", "inspector": inspector, "due_on": day(14)}
    assert "inspection_open" in refusal_of(
        lambda: verifications.commission(condition, by=person("case_officer"), at=NOW, **again)
    )
    assert refusal_of(lambda: proposed(condition, "discharge")) == ["not_seen_met"]

    reported(visit, *unmet)

    if reasons:
        assert refusal_of(lambda: proposed(condition, "discharge")) == reasons
    else:
        assert proposed(condition, "discharge").condition == condition


def reported(visit: Any, *unmet: str) -> None:
    by = visit.inspector
    said: dict[str, Any] = {"summary": "Read the hours.", "business_comments": "None.", "visited_on": day(0)}
    signed(visit)
    visit = inspections.record_findings(visit, findings=findings(visit, *unmet), by=by, at=NOW, **said)
    visit = inspections.report(visit, by=by, at=NOW)
    inspections.confirm(visit, by=person("quality_reviewer"), at=NOW)


# --- more time ---


def test_more_time_is_given_by_another_and_to_a_later_day_only(condition: Condition) -> None:
    def until(due: int) -> list[GivenCondition]:
        return [GivenCondition(condition.standard, condition.requirement, day(due))]

    assert refusal_of(lambda: proposed(condition, "extend", conditions=until(20))) == ["not_later"]
    assert refusal_of(lambda: proposed(condition, "extend")) == ["no_condition"]

    decision = decided(proposed(condition, "extend", conditions=until(60)))

    condition.refresh_from_db()
    assert (condition.status, condition.due_on) == ("open", day(60))
    letter = Letter.objects.get(facts__decision=decision.reference)
    assert letter.facts["condition"]["due_on"] == str(day(60))
    assert letter.facts["wording"] == "condition_extended"
    assert words.text(letter).count("If you do not meet it by the new day") == 1
    assert "section 9" in words.text(letter)


# --- not met ---


def test_a_condition_fails_once_it_was_due_and_its_holder_was_heard(condition: Condition) -> None:
    assert "not_due" in refusal_of(lambda: failure_of(condition, after=28))
    assert refusal_of(lambda: proposed(condition, "fail", after=29)) == ["no_ground", "nothing_about_condition"]

    decision = failure_of(condition)
    assert "not_notified" in refusal_of(lambda: decided(decision, at=later(29)))
    notified(decision, at=later(29))
    assert "still_being_heard" in refusal_of(lambda: decided(decision, at=later(30)))
    decided(decision, at=later(60))

    condition.refresh_from_db()
    assert condition.status == "failed"
    assert [one["requirement"] for one in on_the_register(condition.licence)] == [condition.requirement]
    letter = Letter.objects.filter(facts__decision=decision.reference).latest("pk")
    assert "not met a condition" in letter.subject
    assert letter.facts["wording"] == "condition_failed"
    told = words.text(letter)
    assert "You cannot appeal against this finding alone" in told
    assert "section 9" in told
    assert "gla-food/2026-04-07" in told


def test_what_has_failed_proposes_the_next_step_until_it_is_taken(condition: Condition, set_clock: SetClock) -> None:
    decision = failure_of(condition)
    notified(decision, at=later(29))
    decided(decision, at=later(60))
    set_clock(later(60))
    client = signed_in(person("case_officer"))
    licence = f"/staff/licences/{condition.licence.number}/"
    next_step = f"{licence}propose/revoke/?condition={condition.reference}"

    assert next_step in text_of(client.get(licence))
    form = client.get(next_step).context["form"]
    assert form["ground-0-standard"].value() == condition.reference
    assert condition.requirement in form["ground-0-text"].value()

    by_ground = GivenGround(standard="", condition=condition.reference, text="Not done.", evidence="As was found.")
    officer = person("case_officer")
    given: dict[str, Any] = {"kind": "revoke", "because": "It failed.", "takes_effect": day(120)}
    proposals.propose(condition.licence, grounds=[by_ground], by=officer, at=later(60), **given)
    assert next_step not in text_of(client.get(licence))


# --- one proposal each, and none about what is over ---


def test_one_condition_has_one_open_proposal_beside_that_of_the_licence(condition: Condition) -> None:
    looked(condition)
    a_revocation_proposed(condition.licence)
    proposed(condition, "discharge")

    assert refusal_of(lambda: proposed(condition, "discharge")) == ["decision_open"]


def test_nothing_more_is_decided_of_one_that_is_closed(condition: Condition) -> None:
    looked(condition)
    decided(proposed(condition, "discharge"))
    condition.refresh_from_db()

    assert "closed" in refusal_of(lambda: looked(condition))
    assert refusal_of(lambda: proposed(condition, "discharge"))


# --- a suspension ---


def test_a_suspension_is_lifted_by_another_and_the_holder_is_told() -> None:
    licence = a_licence()
    decided(notified(a_suspension_proposed(licence)), from_day=day(1))
    licence.refresh_from_db()
    officer = person("case_officer")

    decision = proposals.propose(
        licence, kind="lift", because="The vehicles are safe.", takes_effect=day(3), by=officer, at=later(2)
    )
    decided(decision, at=later(2))

    licence.refresh_from_db()
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    assert entry.suspended_until is None or entry.suspended_until < day(3)
    letter = Letter.objects.get(facts__decision=decision.reference)
    assert letter.facts["wording"] == "suspension_lifted"
    assert [due.due_on for due in dates_of(decision, on=day(2))] == []


def test_what_is_not_suspended_is_not_lifted() -> None:
    licence = a_licence()

    def lift() -> Decision:
        officer = person("case_officer")
        return proposals.propose(licence, kind="lift", because="x", takes_effect=day(1), by=officer, at=NOW)

    assert refusal_of(lift)


# --- by the pages ---


def test_an_officer_looks_and_proposes_by_the_pages(condition: Condition) -> None:
    client = signed_in(person("case_officer"))
    page = text_of(client.get(f"/staff/licences/{condition.licence.number}/"))
    assert address(condition, "check") in page
    assert "The condition has not been checked" in page

    wrong = client.post(address(condition, "check"), {"text": "The July records."})
    assert wrong.status_code == 422
    assert "Say whether the condition is met." in text_of(wrong) and "The July records." in text_of(wrong)
    client.post(address(condition, "check"), {"is_met": "yes", "text": "The July records."})
    assert "found met:" in text_of(client.get(f"/staff/licences/{condition.licence.number}/"))

    client.post(address(condition, "propose/discharge"), {"because": "The records show it."})
    decision = Decision.objects.get(condition=condition)
    decider = signed_in(person("decision_maker"))
    assert "Discharge the condition" in text_of(decider.get(f"/staff/decisions/{decision.reference}/decide/"))
    decider.post(f"/staff/decisions/{decision.reference}/decide/", {"because": "The records show it."})
    condition.refresh_from_db()
    assert condition.status == "discharged"


def test_more_time_is_proposed_by_the_page(condition: Condition) -> None:
    client = signed_in(person("case_officer"))

    nonsense = {"due_on_day": "soon", "due_on_month": "x", "due_on_year": "", "because": "They wait for a part."}
    wrong = client.post(address(condition, "propose/extend"), nonsense)
    assert wrong.status_code == 422 and "They wait for a part." in text_of(wrong)
    early = client.post(address(condition, "propose/extend"), {"because": "So.", **a_day("due_on", day(3))})
    assert "The new date must be later than the present one." in text_of(early)
    client.post(address(condition, "propose/extend"), {"because": "They wait for a part.", **a_day("due_on", day(90))})

    assert Decision.objects.get(condition=condition).conditions.get().due_on == day(90)


def test_a_failure_is_proposed_by_the_page_with_a_ground_that_rests_on_the_condition(
    condition: Condition, set_clock: SetClock
) -> None:
    looked(condition, is_met=False, text="No hours in June.")
    client = signed_in(person("case_officer"))
    assert "not due yet" in text_of(client.get(address(condition, "propose/fail")))

    set_clock(later(29))
    client = signed_in(person("case_officer"))
    form = client.get(address(condition, "propose/fail")).context["form"]
    assert form["ground-0-standard"].value() == condition.reference
    given = {
        "rows": "1",
        "because": "The hours were not kept.",
        "ground-0-standard": condition.reference,
        "ground-0-text": "No hours in June.",
        "ground-0-exhibits": form["ground-0-exhibits"].value(),
    }
    client.post(address(condition, "propose/fail"), given)

    ground = Decision.objects.get(condition=condition).grounds.get()
    assert (ground.condition, ground.exhibits.get().kind) == (condition, "desk_check")


def test_a_visit_is_commissioned_by_the_page(condition: Condition) -> None:
    inspector = person("inspector")
    client = signed_in(person("case_officer"))

    typed = {"brief": "See the hours.", "inspector": inspector.reference, **a_day("due_on", day(14))}
    assert client.post(address(condition, "visit"), typed).status_code == 302

    assert "Verification visit" in text_of(client.get(f"/staff/licences/{condition.licence.number}/"))
