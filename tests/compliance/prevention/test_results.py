"""What followed after real rounds, visits, conditions, follow-up actions, notices and undertakings."""

from datetime import timedelta

import pytest

from compliance import jobs
from compliance.inspections.models import Inspection
from compliance.prevention import actions
from compliance.prevention.models import PreventionChange
from compliance.prevention.rules import effect_of
from compliance.prevention.states import ComparisonBasis, Effect
from compliance.statistics.models import Tabulation
from registry.errors import Refused
from registry.licences.actions import conditions
from registry.licences.models import Licence
from registry.trail.models.events import Event
from tests.compliance.enforcement.world import a_case, a_notice, an_undertaking_in_force
from tests.compliance.prevention.world import (
    a_round_of_chance,
    given_up,
    measure,
    moment,
    result,
)
from tests.compliance.stories import (
    a_follow_up,
    a_plan,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_organisation,
)
from tests.compliance.targeting.world import a_row_like, licences, visited
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/prevention/"
WHY = "We visit more at random, as fewer then give up."


def counted(days: int = 190) -> None:
    actions.count_prevention(by=None, at=moment(days))


def a_visit(licence: Licence, *unmet: str) -> Inspection:
    return an_inspection_confirmed(
        *unmet, organisation=licence.organisation, kind="compliance", case="", licence_number=licence.number
    )


def test_those_that_chance_selected_are_compared_with_those_that_it_did_not() -> None:
    a_round_of_chance()

    counted()

    found = measure("random_visit")
    assert (found.comparison, found.with_it, found.without) == (ComparisonBasis.RANDOM, 20, 20)
    half, year = result("random_visit", "exit"), result("random_visit", "exit", 12)
    assert (half.with_it, half.without, half.verdict) == ((0, 20), (12, 20), "less")
    assert effect_of(half) == Effect.LESS
    # Nothing is said of what has not been followed long enough.
    assert (year.with_it, year.waiting, effect_of(year)) == ((0, 0), 20, Effect.UNKNOWN)


def test_a_visit_of_the_same_round_is_not_what_followed() -> None:
    one = a_round_of_chance(4, gone=0)
    for choice in one.choices.select_related("licence__organisation", "round"):
        visited(choice, "1.4", at=moment(1))

    counted()

    assert result("random_visit", "failure").with_it == (0, 0)


def test_a_condition_and_a_follow_up_belong_to_the_visit_before_them() -> None:
    first, second, third, met = licences(4)
    unmet = {one.pk: a_visit(one, "2.4") for one in (first, second, third)}
    a_visit(met)
    conditions.impose(
        first, standard="2.4", requirement="Write hours.", due_on=moment(60).date(), on=moment(5).date(),
        by=person("decision_maker"), at=NOW,
    )  # fmt: skip
    conditions.impose(
        second, standard="2.4", requirement="Write hours.", due_on=moment(160).date(), on=moment(100).date(),
        by=person("decision_maker"), at=NOW,
    )  # fmt: skip
    a_follow_up(unmet[third.pk])
    # Who gives up within the time in which the measure is taken is not what followed.
    given_up(second, days=30)
    given_up(third, days=90)

    counted(300)

    # The second condition came too late to be because of the visit; who met everything had no occasion.
    condition, follow_up = measure("condition"), measure("follow_up")
    assert ((condition.with_it, condition.without), (follow_up.with_it, follow_up.without)) == ((1, 2), (1, 2))
    assert (result("condition", "exit").with_it, result("condition", "exit").without) == ((0, 1), (1, 2))
    assert result("follow_up", "exit").with_it == (1, 1)


def test_a_standard_is_met_again_when_a_later_visit_says_so() -> None:
    one, other = licences(2)
    a_follow_up(a_visit(one, "2.4"))
    a_visit(other, "2.4")
    later = an_inspection_recorded(organisation=one.organisation, kind="verification", case="F-1")
    type(later).objects.filter(pk=later.pk).update(
        visited_on=moment(100).date(), status="confirmed", confirmed_by=person("quality_reviewer"), confirmed_at=NOW
    )

    counted(300)

    # No one looked at the other: it says nothing, and without it there is no one to compare with.
    again = result("follow_up", "met_again")
    assert (again.with_it, again.without, again.left_out) == ((0, 0), (0, 0), 1)


def test_visits_that_were_announced_are_compared_with_those_that_were_not() -> None:
    for licence, announced in zip(licences(3), (True, False, None), strict=True):
        visit = an_inspection_recorded(
            organisation=licence.organisation, kind="compliance", case="", licence_number=licence.number
        )
        if announced is not None:
            a_plan(visit, announced=announced)
        type(visit).objects.filter(pk=visit.pk).update(
            status="confirmed", confirmed_by=person("quality_reviewer"), confirmed_at=NOW
        )

    counted()

    assert (measure("announced_visit").with_it, measure("announced_visit").without) == (1, 1)


def test_notices_and_undertakings_are_compared_among_cases() -> None:
    warned, other = (a_case(organisation=an_organisation(name)) for name in ("Warned Farm Ltd", "Other Farm Ltd"))
    a_notice(warned)
    bound = an_undertaking_in_force(organisation=an_organisation("Bound Farm Ltd")).case
    for one in (warned, other):
        a_case(organisation=one.organisation, at=moment(200))

    counted(400)

    assert (measure("warning").with_it, measure("warning").without) == (1, 2)
    assert (measure("undertaking").with_it, measure("undertaking").without) == (1, 2)
    assert result("warning", "new_case").with_it == (1, 1)
    assert result("warning", "new_case").without == (1, 2)
    assert result("undertaking", "new_case").with_it == (0, 1)
    assert bound.organisation


def test_it_is_counted_once_a_night_and_when_asked_by_those_who_see_scores() -> None:
    assert jobs.count_prevention(at=NOW) > 0
    assert jobs.count_prevention(at=NOW + timedelta(minutes=1)) == 0
    assert jobs.count_prevention(at=NOW + timedelta(days=1)) > 0
    for role, status in (("intelligence_analyst", 200), ("manager", 200), ("auditor", 200), ("case_officer", 403)):
        assert signed_in(person(role)).get(PAGE).status_code == status
    assert signed_in(person("intelligence_analyst")).post(f"{PAGE}again/").status_code == 302
    assert signed_in(person("case_officer")).post(f"{PAGE}again/").status_code == 403


def test_the_page_says_how_it_was_compared_and_what_cannot_be_told_yet() -> None:
    a_round_of_chance()
    counted()

    page = " ".join(signed_in(person("intelligence_analyst")).get(PAGE).content.decode().split())

    assert "Random selection: chance alone decided who had it. Businesses with it: 20; without it: 20." in page
    assert "-60 (-78 to -33)" in page
    assert "Less often with it" in page
    assert "Cannot tell yet: the businesses count as 0" in page
    assert 'aria-labelledby="plot-gla-food-random_visit plotted-gla-food-random_visit"' in page
    assert "Nothing has been changed yet because of these results." in page
    assert "Record a change" not in page


def test_a_manager_records_what_was_changed_because_of_a_result() -> None:
    a_round_of_chance()
    counted()
    manager = signed_in(person("manager"))
    form = manager.get(f"{PAGE}gla-food/change/")
    assert "Visit selected at random: No longer licensed, within 6 months. Less often with it" in form.content.decode()

    told = {
        "result": "random_visit-exit-6",
        "text": WHY,
        "holds_from_day": "1",
        "holds_from_month": "6",
        "holds_from_year": "2027",
    }
    answer = manager.post(f"{PAGE}gla-food/change/", told, follow=True)

    change = PreventionChange.objects.get()
    assert (change.measure, change.outcome, change.months, change.text) == ("random_visit", "exit", 6, WHY)
    assert change.result["with_it"] == [0, 20] and change.holds_from.isoformat() == "2027-06-01"
    assert Event.objects.filter(verb="record_prevention_change").exists()
    page = answer.content.decode()
    assert "The change has been recorded." in page and WHY in page and "Visit selected at random" in page
    assert signed_in(person("intelligence_analyst")).get(f"{PAGE}gla-food/change/").status_code == 403
    assert manager.get(f"{PAGE}unknown/change/").status_code == 404


@pytest.mark.parametrize(
    ("result_key", "text", "code"),
    [("random_visit-exit-12", WHY, "no_result"), ("x", WHY, "no_result"), ("random_visit-exit-6", " ", "no_text")],
)
def test_a_change_rests_on_a_result_with_an_interval(result_key: str, text: str, code: str) -> None:
    a_round_of_chance()
    counted()

    with pytest.raises(Refused) as refused:
        actions.record_change(
            "gla-food", result=result_key, text=text, holds_from=NOW.date(), by=person("manager"), at=NOW
        )

    assert code in {one.code for one in refused.value.reasons}


def test_what_was_counted_in_another_shape_is_left_to_the_next_night() -> None:
    counted()
    Tabulation.objects.filter(what="prevention").update(tables={"measures": [{"measure": "gone"}]})

    assert "Nothing has been counted yet" in signed_in(person("manager")).get(PAGE).content.decode()


def test_who_is_like_no_one_is_matched_with_no_one() -> None:
    one = licences(1)[0]
    other = a_row_like(one, 9)
    a_follow_up(a_visit(one, "2.4"))
    a_visit(other, "2.4", "1.4")

    counted(300)

    assert result("follow_up", "exit").left_out == 1
