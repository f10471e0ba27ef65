"""Rounds of the past in the sample data: the evaluation has something to show."""

from datetime import UTC, datetime, timedelta

import pytest

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.targeting.actions import evaluation as counting
from compliance.targeting.models import VisitExplanation, VisitRound, Weighting
from compliance.targeting.queries import evaluation
from config.demo import loading, targeting
from registry import schemes
from registry.accounts.models import User
from registry.trail.queries import chain as trail
from tests.compliance.targeting.world import licences
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_rounds_of_the_past_have_been_visited_and_confirmed_and_weights_wait_for_a_manager() -> None:
    later = NOW + timedelta(days=250)
    list(loading.people(NOW))
    made = licences(5)

    list(targeting.target(later))

    counting.evaluate(by=None, at=later)
    (found,) = [one for one in evaluation.evaluations() if one.name == made[0].scheme]
    seen = {named.arm.how: named.arm.visits for named in found.arms}
    assert seen["targeted"] > seen["random"] >= 3
    assert found.years and found.rates and VisitRound.objects.count() == 4
    assert VisitRound.objects.filter(status="closed").count() == 3
    assert Weighting.objects.waiting().get().tried
    assert not Inspection.objects.confirmed().filter(sending=None).exists(), "each business has been sent its report"
    assert list(trail.faults()) == []


def test_no_round_is_drawn_on_a_day_on_which_no_scheme_scored() -> None:
    """The sample data is made on any day, and the first rule for scores is of 7 April 2026."""
    list(loading.people(NOW))
    licences(5)

    list(targeting.target(datetime(2026, 11, 29, 12, tzinfo=UTC)))

    assert VisitRound.objects.count() < 4


def test_what_is_selected_while_a_visit_is_planned_already_is_explained_by_two() -> None:
    later = NOW + timedelta(days=250)
    list(loading.people(NOW))
    made = licences(5)
    planned = inspections.commission(
        made[0].organisation,
        kind="compliance",
        scheme=schemes.in_force(made[0].scheme, later.date()),
        facts={},
        brief="Reports of late pay.",
        licence_number=made[0].number,
        inspector=User.objects.get(email="inspector@demo.example"),
        due_on=later.date(),
        by=User.objects.get(email="case-officer@demo.example"),
        at=later - timedelta(days=210),
    )

    list(targeting.target(later))

    explained = VisitExplanation.objects.filter(choice__licence=made[0])
    assert set(explained.values_list("status", flat=True)) == {"accepted"}
    assert VisitRound.objects.filter(status="closed").count() == 3
    assert planned in Inspection.objects.open()
