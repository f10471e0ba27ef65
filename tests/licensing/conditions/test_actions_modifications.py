"""A condition is added to a licence, or varied: proposed on grounds, the holder heard, decided by another, and holding from its day."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from licensing.conditions.queries.conditions import to_come
from licensing.decisions.actions import decisions, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ProposedCondition
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.jobs import let_modifications_hold
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import conditions
from registry.licences.models import Condition, Licence
from registry.register.models import Entry
from tests.conftest import SetClock
from tests.licensing.appeals.world import carried_out, ended, received, replied
from tests.licensing.decisions.test_views import a_day, text_of
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import GROUND, a_licence, day, decided, later, notified
from tests.people import person, signed_in
from tests.registry.stories import a_condition, a_decider

pytestmark = pytest.mark.django_db

WANTED = "Keep records of hours for three years."
# Notified at once, to be decided when the time to reply is over, and to hold when the time to appeal is.
DECIDED_ON, HOLDS = 20, 60


def refusal_of(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def proposed(
    licence: Licence, kind: str, *, due: int = 120, condition: Condition | None = None, **given: Any
) -> Decision:
    ground = GivenGround("", "Kept for a month only.", "The files.", condition.reference) if condition else GROUND
    wanted = [GivenCondition("3.1", WANTED, day(due))]
    options = {"takes_effect": day(HOLDS), "conditions": wanted, "grounds": [ground], **given}
    officer, because = person("case_officer"), "It protects the workers."
    return proposals.propose(
        licence, kind=kind, condition=condition, because=because, by=officer, at=later(0), **options
    )


def taken(decision: Decision) -> Decision:
    return decided(notified(decision), at=later(DECIDED_ON))


def shown(licence: Licence) -> list[str]:
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    return [one["requirement"] for one in entry.conditions]


def test_a_condition_is_added_from_its_day_on_and_not_before() -> None:
    licence = a_licence()
    decision = taken(proposed(licence, "impose"))
    assert licence.conditions.count() == 0 and decision.appeal_by is not None

    assert let_modifications_hold(at=later(HOLDS - 1)) == 0
    assert let_modifications_hold(at=later(HOLDS)) == 1
    assert let_modifications_hold(at=later(HOLDS)) == 0

    condition = licence.conditions.get()
    assert (condition.requirement, condition.imposed_on, condition.due_on) == (WANTED, day(HOLDS), day(120))
    assert shown(licence) == [WANTED]
    assert decision.conditions.get().became == condition


def test_the_holder_reads_the_condition_the_law_and_how_to_appeal() -> None:
    decision = taken(proposed(a_licence(), "impose"))

    letter = Letter.objects.filter(facts__decision=decision.reference).latest("pk")
    assert letter.facts["wording"] == "condition_added"
    assert letter.facts["conditions"][0]["requirement"] == WANTED
    assert letter.facts["appeal_by"] == str(decision.appeal_by)


def test_a_condition_is_varied_from_its_day_on_and_keeps_its_reference() -> None:
    condition = a_condition(a_licence())
    before = condition.requirement
    taken(proposed(condition.licence, "vary", condition=condition))
    assert shown(condition.licence) == [before]

    let_modifications_hold(at=later(HOLDS))

    condition.refresh_from_db()
    assert (condition.status, condition.requirement, condition.due_on) == ("open", WANTED, day(120))
    assert shown(condition.licence) == [WANTED]


@pytest.mark.parametrize("kind", ["impose", "vary"])
def test_until_its_day_officer_and_holder_read_on_the_licence_what_is_to_come(kind: str, set_clock: SetClock) -> None:
    condition = a_condition(a_licence()) if kind == "vary" else None
    licence = condition.licence if condition else a_licence()
    decision = proposed(licence, kind, condition=condition)

    def read() -> list[bool]:
        pages = (
            signed_in(person("case_officer")).get(reverse("staff_licence", args=[licence.number])),
            signed_in(the_holder(licence)).get(reverse("licence", args=[licence.number])),
        )
        return [f"From {day(HOLDS):%-d %B %Y}" in text_of(page) and WANTED in text_of(page) for page in pages]

    assert read() == [False, False]
    taken(decision)
    set_clock(later(DECIDED_ON))
    assert read() == [True, True]

    let_modifications_hold(at=later(HOLDS))
    set_clock(later(HOLDS))
    assert read() == [False, False]


def test_what_the_tribunal_has_not_upheld_and_what_was_closed_meanwhile_does_not_come() -> None:
    condition = a_condition(a_licence())
    licence = condition.licence
    taken(proposed(licence, "vary", condition=condition))
    added = taken(proposed(licence, "impose"))
    assert to_come(licence).count() == 2

    conditions.discharge(condition, on=day(21), because="Kept.", by=a_decider(), at=later(21))
    assert [one.decision for one in to_come(licence)] == [added]
    carried_out(ended(replied(received(added, at=later(22)), at=later(22)), allowed=True, at=later(22)), at=later(22))
    assert not to_come(licence)


@pytest.mark.parametrize("kind", ["impose", "vary"])
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"grounds": []}, "no_ground"),
        ({"conditions": []}, "no_condition"),
        ({"takes_effect": None}, "no_effect_date"),
        ({"due": HOLDS}, "condition_due_too_early"),
        ({"takes_effect": day(4000), "due": 4001}, "after_expiry"),
    ],
)
def test_it_says_what_from_when_and_why(kind: str, given: dict[str, Any], code: str) -> None:
    condition = a_condition(a_licence()) if kind == "vary" else None
    licence = condition.licence if condition else a_licence()

    assert code in refusal_of(lambda: proposed(licence, kind, condition=condition, **given))


def test_a_condition_of_a_licence_that_is_held_is_not_told_to_start_it() -> None:
    with pytest.raises(Refused) as refused:
        proposed(a_licence(), "impose", due=HOLDS)

    assert "A condition is due after the day from which it holds." in map(str, refused.value.reasons)


def test_nothing_is_decided_before_the_holder_was_heard_nor_to_hold_before_the_time_to_appeal_is_over() -> None:
    decision = proposed(a_licence(), "impose")

    assert "not_notified" in refusal_of(lambda: decided(decision, at=later(DECIDED_ON)))
    notified(decision)
    assert "still_being_heard" in refusal_of(lambda: decided(decision, at=later(1)))
    assert refusal_of(lambda: decided(decision, at=later(DECIDED_ON), from_day=day(30))) == ["effect_too_early"]


def test_a_licence_that_is_over_by_then_is_not_modified() -> None:
    licence = a_licence()
    decision = taken(proposed(licence, "impose"))
    Licence.objects.filter(pk=licence.pk).update(status="ended", ended_from=day(30))

    decisions.take_effect(decision, by=None, at=later(HOLDS))

    assert licence.conditions.count() == 0


@pytest.mark.parametrize("change", [{"requirement": "Nothing."}, {"due_on": day(500)}, {"standard": "1.1"}])
def test_what_was_proposed_of_a_condition_stays(change: dict[str, Any]) -> None:
    decision = proposed(a_licence(), "impose")

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedCondition.objects.filter(decision=decision).update(**change)


def test_what_it_became_stays() -> None:
    licence = a_licence()
    decision = taken(proposed(licence, "impose"))
    let_modifications_hold(at=later(HOLDS))

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedCondition.objects.filter(decision=decision).update(became=None)


def address(licence: Licence, step: str) -> str:
    return f"/staff/licences/{licence.number}/{step}/"


def test_an_officer_proposes_them_by_the_pages(set_clock: SetClock) -> None:
    condition = a_condition(a_licence())
    licence, client = condition.licence, signed_in(person("case_officer"))
    page = text_of(client.get(f"/staff/licences/{licence.number}/"))
    assert "Propose to add a condition" in page and "Propose to vary the condition" in page

    ground = {"rows": "1", "ground-0-text": "Kept for a month only.", "ground-0-evidence": "The files."}
    typed = {"because": "It protects the workers.", "requirement": WANTED, **ground}
    of_vary = f"conditions/{condition.reference}/propose/vary"
    form = client.get(address(licence, of_vary)).context["form"]
    assert form["requirement"].value() == condition.requirement
    wrong = client.post(address(licence, of_vary), {**typed, "takes_effect_day": "x"})
    assert wrong.status_code == 422 and WANTED in text_of(wrong)
    days = {**a_day("takes_effect", day(HOLDS)), **a_day("due_on", day(120))}
    client.post(address(licence, of_vary), {**typed, **days, "ground-0-standard": condition.reference})
    client.post(address(licence, "propose/impose"), {**typed, **days, "standard": "2.2", "ground-0-standard": "2.2"})

    assert set(Decision.objects.filter(licence=licence).values_list("kind", flat=True)) == {"vary", "impose"}
    assert timezone.localdate(Decision.objects.latest("pk").proposed_at) == day(0)
