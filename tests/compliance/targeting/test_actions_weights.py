"""Weights of the authority's own: proposed by one, tried on past years, adopted by another, and said on every score after."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from compliance import jobs
from compliance.targeting.actions import weights
from compliance.targeting.forms import steps_in_words
from compliance.targeting.models import Choice, LicenceScore, VisitRound, Weighting, WeightStep
from compliance.targeting.queries import scores
from compliance.targeting.rules import points as targeting
from registry import signing
from registry.errors import Refused
from registry.licences.models import Licence
from registry.trail.models.events import Event
from tests.compliance.stories import a_scheme
from tests.compliance.targeting.world import (
    WHY_OTHER_WEIGHTS,
    a_licence_with_a_past,
    a_past_to_try_on,
    a_round,
    a_round_drawn,
    chosen_in,
    licences,
    scored,
    steps_with,
    told_late,
    weights_proposed,
)
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/targeting/weights/"
TODAY = NOW.date()


def adopted(**other: Any) -> Weighting:
    """After visits enough to try them on."""
    if not VisitRound.objects.exists():
        a_past_to_try_on()
    return weights.adopt(weights_proposed(**other), holds_from=TODAY, by=person("manager"), at=NOW)


def refusal_of(step: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def test_nothing_is_scored_by_a_proposal_until_somebody_else_has_adopted_it() -> None:
    a_past_to_try_on()
    licence = a_licence_with_a_past()
    before = scored(licence)
    one = weights_proposed()
    assert scored(licence).pk == before.pk

    weights.adopt(one, holds_from=TODAY, by=person("manager"), at=NOW)

    after = scored(licence, at=NOW + timedelta(seconds=1))
    assert (before.weighting, after.weighting) == (0, one.number)
    assert after.points == before.points - 3 + 50
    before.refresh_from_db()
    assert before.points == after.points - 47 and before.replaced_at is not None
    page = signed_in(person("auditor")).get(f"/staff/targeting/licences/{licence.number}/").content.decode()
    assert f"adopted weights number {one.number}" in page and "the scheme’s own" in page


def test_whoever_proposes_does_not_adopt_by_rule_or_by_sql() -> None:
    a_past_to_try_on()
    both = person("intelligence_analyst", "manager")
    one = weights_proposed(by=both)

    assert refusal_of(lambda: weights.adopt(one, holds_from=TODAY, by=both, at=NOW)) == ["same_person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Weighting.objects.filter(pk=one.pk).update(adopted_by=both, adopted_at=NOW, holds_from=TODAY)
    with pytest.raises(PermissionDenied):
        weights.adopt(one, holds_from=TODAY, by=person("intelligence_analyst"), at=NOW)
    with pytest.raises(PermissionDenied):
        weights_proposed(by=person("manager"))


def test_they_hold_from_their_day_and_not_before() -> None:
    a_past_to_try_on()
    one, later = weights_proposed(), TODAY + timedelta(days=9)
    yesterday = TODAY - timedelta(days=1)
    assert refusal_of(lambda: weights.adopt(one, holds_from=yesterday, by=person("manager"), at=NOW)) == ["in_the_past"]

    weights.adopt(one, holds_from=later, by=person("manager"), at=NOW)

    assert scores.weights_in_force(a_scheme(), later - timedelta(days=1)).number == 0
    assert scores.weights_in_force(a_scheme(), later).number == one.number


def test_the_published_record_says_by_what_licences_are_scored_today(client: Any) -> None:
    def read() -> str:
        return " ".join(client.get("/how-we-choose/").content.decode().split())

    before = read()
    one = adopted(loans=[(1, 77)])

    assert "1 or more: 77" not in before and "the scheme’s own, as from" in before
    assert "1 or more: 77" in read()
    assert f"adopted weights number {one.number}, as from 2 November 2026" in read()


def test_the_weights_of_the_scheme_are_returned_to_by_two_people() -> None:
    a_past_to_try_on()
    scheme = a_scheme()
    analyst = person("intelligence_analyst")
    assert refusal_of(lambda: weights.propose_return(scheme, because=WHY_OTHER_WEIGHTS, by=analyst, at=NOW)) == [
        "no_own_weights"
    ]
    own = adopted()
    back = weights.propose_return(scheme, because=WHY_OTHER_WEIGHTS, by=analyst, at=NOW)
    assert scores.weights_in_force(scheme, TODAY).number == own.number

    weights.adopt(back, holds_from=TODAY, by=person("manager"), at=NOW + timedelta(minutes=1))

    in_force = scores.weights_in_force(scheme, TODAY)
    assert (in_force.number, in_force.steps) == (
        0,
        targeting.weights_of(scheme.targeting.signals if scheme.targeting else ()),
    )


def test_one_proposal_waits_at_a_time_and_one_tried_against_other_weights_is_not_adopted() -> None:
    a_past_to_try_on()
    one = weights_proposed()
    assert refusal_of(weights_proposed) == ["one_waits"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Weighting.objects.create(
            number=99, scheme=one.scheme, version=one.version, against=0, because=WHY_OTHER_WEIGHTS, tried=[],
            proposed_by=one.proposed_by, proposed_at=NOW,
        )  # fmt: skip
    weights.drop(one, because="Tried on too few visits.", by=person("manager"), at=NOW)
    assert refusal_of(lambda: weights.adopt(one, holds_from=TODAY, by=person("manager"), at=NOW)) == ["not_waiting"]
    assert refusal_of(lambda: weights.drop(one, because=WHY_OTHER_WEIGHTS, by=person("manager"), at=NOW)) == [
        "not_waiting"
    ]

    first = weights_proposed()
    weights.adopt(first, holds_from=TODAY + timedelta(days=3), by=person("manager"), at=NOW)
    second = weights_proposed(growth=[(50, 1)])
    in_three_days = NOW + timedelta(days=3)

    assert refusal_of(
        lambda: weights.adopt(second, holds_from=TODAY + timedelta(days=9), by=person("manager"), at=in_three_days)
    ) == ["tried_against_others"]


@pytest.mark.parametrize(
    ("other", "because", "codes"),
    [
        ({"notices_late": [(3, 5), (1, 2)]}, WHY_OTHER_WEIGHTS, ["no_steps"]),
        ({"notices_late": [(1, 101)]}, WHY_OTHER_WEIGHTS, ["no_steps"]),
        ({"notices_late": [(0, 5)]}, WHY_OTHER_WEIGHTS, ["no_steps"]),
        ({"notices_late": []}, "Hm", ["no_steps", "no_reason"]),
        ({"notices_late": [(1, 3), (3, 8)]}, WHY_OTHER_WEIGHTS, ["no_change"]),
    ],
)
def test_steps_are_as_in_the_packs_and_change_something(other: Any, because: str, codes: list[str]) -> None:
    assert refusal_of(lambda: weights_proposed(because=because, **other)) == codes


def test_a_signal_that_the_scheme_does_not_have_cannot_be_weighed() -> None:
    wanted = {**steps_with(), "nationality": [(1, 50)]}
    analyst = person("intelligence_analyst")

    assert refusal_of(
        lambda: weights.propose(a_scheme(), steps=wanted, because=WHY_OTHER_WEIGHTS, by=analyst, at=NOW)
    ) == ["other_signals"]


def test_a_proposal_keeps_what_past_visits_say_of_it_as_it_was_worked_out() -> None:
    a_past_to_try_on()

    tried = weights_proposed()

    (year,) = tried.tried
    assert (year["year"], year["in_force"]["drawn"], year["proposed"]["top"]) == (NOW.year, 40, 10)
    assert (year["proposed"]["hits"], year["proposed"]["rests_on"]) == (5, 10)
    assert year["proposed"]["rate"]["value"] == 500_000 and year["proposed"]["rate"]["low"] < 300_000
    event = Event.objects.get(verb="propose", kind="weighting")
    assert event.facts["tried"] == signing.digest(tried.tried)
    page = signed_in(person("manager")).get(f"{PAGE}{tried.number}/").content.decode()
    assert "Tried on past years" in page and f"{NOW.year}" in page and "Adopt these weights" in page


def test_an_analyst_proposes_on_the_page_and_a_manager_adopts(client: Any) -> None:
    a_past_to_try_on()
    analyst, manager = signed_in(person("intelligence_analyst")), signed_in(person("manager"))
    scheme = a_scheme()
    form = analyst.get(f"{PAGE}{scheme.name}/propose/")
    typed = {code: form.context["form"][code].value() for code in steps_with()}
    sent = {code: steps_in_words(value) if not isinstance(value, str) else value for code, value in typed.items()}
    wrong = analyst.post(
        f"{PAGE}{scheme.name}/propose/", {**sent, "notices_late": "one: two", "because": WHY_OTHER_WEIGHTS}
    )
    assert wrong.status_code == 422 and "one: two" in wrong.content.decode()

    response: Any = analyst.post(
        f"{PAGE}{scheme.name}/propose/", {**sent, "notices_late": "1: 4, 3: 9", "because": WHY_OTHER_WEIGHTS}
    )

    one = Weighting.objects.get()
    assert response.url == f"{PAGE}{one.number}/"
    assert "someone else must adopt them" not in manager.get(response.url).content.decode()
    day = {f"holds_from_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    assert analyst.post(f"{PAGE}{one.number}/adopt/", day).status_code == 403
    asked = manager.get(f"{PAGE}{one.number}/adopt/").content.decode()
    assert WHY_OTHER_WEIGHTS in asked and "Tried on past years" in asked
    assert manager.post(f"{PAGE}{one.number}/adopt/", day).status_code == 302
    assert scores.weights_in_force(scheme, TODAY).steps["notices_late"] == [(1, 4), (3, 9)]
    assert "These are the weights in force" in manager.get(response.url).content.decode()
    assert f"adopted weights number {one.number}" in manager.get(PAGE).content.decode()


def meddled() -> dict[str, tuple[models.QuerySet[Any], dict[str, Any]]]:
    """What somebody with SQL might change of what has been."""
    closed = a_past_to_try_on()
    own = adopted()
    licence = a_licence_with_a_past()
    scored(licence)
    one = a_round(capacity=3)
    chosen_in(one, licence)
    one = a_round_drawn(one)
    told_late(licence.organisation)
    jobs.score_all(at=NOW + timedelta(seconds=1))
    past = LicenceScore.objects.exclude(replaced_at=None)
    assert past.exists()
    return {
        "points of a past score": (past, {"points": 1}),
        "until when a past score held": (past, {"replaced_at": NOW + timedelta(days=2)}),
        "signals of the score that holds": (LicenceScore.objects.current(), {"signals": []}),
        "the seed": (VisitRound.objects.filter(pk=one.pk), {"seed": "0" * 64}),
        "the list": (VisitRound.objects.filter(pk=one.pk), {"listed": []}),
        "the status": (VisitRound.objects.filter(pk=one.pk), {"status": "fixed", "drawn_at": None}),
        "the figures": (VisitRound.objects.filter(pk=one.pk), {"figures": "0" * 20}),
        "who drew": (VisitRound.objects.filter(pk=one.pk), {"drawn_by": person("manager")}),
        "by which recipe": (VisitRound.objects.filter(pk=one.pk), {"recipe": 1}),
        "that it is closed": (VisitRound.objects.filter(pk=closed.pk), {"status": "drawn", "closed_at": None}),
        "when somebody was chosen": (Choice.objects.filter(round=one), {"chosen_at": NOW - timedelta(days=1)}),
        "what was proposed": (Weighting.objects.filter(pk=own.pk), {"tried": [{"year": 2020}]}),
        "from when it holds": (Weighting.objects.filter(pk=own.pk), {"holds_from": TODAY + timedelta(days=5)}),
        "its steps": (own.steps.all(), {"points": 1}),
    }


def test_scores_rounds_choices_and_weights_are_neither_rewritten_nor_deleted_by_sql() -> None:
    for what, (rows, change) in meddled().items():
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
            pytest.fail(what)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)
            pytest.fail(what)


def test_a_round_is_not_added_to_by_sql_after_its_time() -> None:
    a_past_to_try_on()
    made = licences(4)
    one = a_round(capacity=3)
    late: dict[str, Any] = {
        "how": "targeted",
        "because": WHY_OTHER_WEIGHTS,
        "chosen_by": person("manager"),
        "chosen_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(round=one, licence=made[0], how="random", chosen_at=NOW)
    a_round_drawn(one)
    left = Licence.objects.exclude(choices__round=one).order_by("pk")[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(round=one, licence=left, how="random", chosen_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(round=one, licence=left, **late)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeightStep.objects.create(weighting=adopted(), signal="growth", at_least=999, points=5)


def test_weights_tried_on_too_few_visits_are_not_adopted_and_the_page_says_how_many_it_takes() -> None:
    manager = person("manager")
    one = weights_proposed()
    assert refusal_of(lambda: weights.adopt(one, holds_from=TODAY, by=manager, at=NOW)) == ["too_few_tried"]
    page = signed_in(manager).get(f"{PAGE}{one.number}/").content.decode()
    assert "Its effect is not known, and it cannot be adopted." in page
    assert "These weights were tried on 0 past visits," in page and "10 visits of the same chance" in page


def test_weights_that_put_every_visit_highest_are_not_adopted() -> None:
    a_past_to_try_on()
    one = weights_proposed(loans=[(1, 0)], new_to_supply=[(1, 0)])
    (year,) = one.tried
    assert year["proposed"]["top"] == year["proposed"]["drawn"] == 40

    assert refusal_of(lambda: weights.adopt(one, holds_from=TODAY, by=person("manager"), at=NOW)) == ["too_few_tried"]


@pytest.mark.parametrize(("how_many", "codes"), [(36, ["too_few_tried"]), (40, [])])
def test_ten_visits_in_the_quarter_are_enough_and_nine_are_not(how_many: int, codes: list[str]) -> None:
    a_past_to_try_on(how_many)
    one = weights_proposed()
    assert one.tried[-1]["proposed"]["rests_on"] == how_many // 4

    if codes:
        assert refusal_of(lambda: weights.adopt(one, holds_from=TODAY, by=person("manager"), at=NOW)) == codes
    else:
        assert weights.adopt(one, holds_from=TODAY, by=person("manager"), at=NOW).adopted_at == NOW
