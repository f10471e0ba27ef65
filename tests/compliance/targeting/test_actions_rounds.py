"""Choosing visits: the seed before the list, the choice before the list, and the selection by another person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.targeting.actions import rounds
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.queries import rounds as queries
from compliance.targeting.rules import random_sample
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.licences.actions import licences as register
from registry.licences.models import Licence
from registry.trail.models.events import Event
from tests import database
from tests.compliance.stories import an_inspection
from tests.compliance.targeting.world import (
    FIGURES,
    a_round,
    a_round_closed,
    a_round_drawn,
    a_round_fixed,
    chosen_in,
    licences,
    reported,
    sent,
)
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/staff/targeting/rounds/"
WHY = "Late with three notices, and growing."


def refusal_of(step: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()  # type: ignore[operator]
    return [reason.code for reason in refused.value.reasons]


def not_chosen(one: VisitRound) -> str:
    taken = set(one.choices.values_list("licence__number", flat=True))
    return next(number for number in one.numbers if number not in taken)


@pytest.mark.parametrize(
    ("capacity", "percent", "share"), [(2, 20, 1), (5, 20, 1), (6, 20, 2), (10, 20, 2), (11, 20, 3), (3, 10, 1)]
)
def test_the_share_is_rounded_up_and_never_none(capacity: int, percent: int, share: int) -> None:
    assert random_sample.share_of(capacity, percent) == share


def test_each_licence_that_no_one_chose_is_selected_alike_often_whatever_it_is_called() -> None:
    codes = [(f"ABCD{number:04}", number, f"{number * 7919 % 20:04}") for number in range(20)]
    listed = random_sample.with_chances(codes, capacity=6, chosen={"ABCD0003", "ABCD0011"})
    times = {row.number: 0 for row in listed if row.is_random}
    for seed in range(2000):
        for row in random_sample.drawn(listed, seed=str(seed), figures="1" * 20):
            times[row.number] += 1

    # 8,000 over 18 licences are 444 each, give or take 19; these seeds are always the same.
    assert sum(times.values()) == 8000 and len(times) == 18
    assert min(times.values()) > 384 and max(times.values()) < 504
    assert {(row.visits, row.of) for row in listed} == {(1, 1), (4, 18)}


def test_the_seed_is_committed_to_in_the_trail_before_the_list_is_fixed_and_shown_when_it_is_drawn() -> None:
    made = licences(8)
    one = a_round(capacity=6)
    opened = Event.objects.get(verb="open_round")
    assert opened.facts["commitment"] == random_sample.commitment(one.seed)
    assert one.seed not in str(opened.facts)
    page = signed_in(person("manager")).get(f"{LIST}{one.reference}/").content.decode()
    assert one.commitment in page and one.seed not in page
    chosen_in(one, made[0])

    drawn = a_round_drawn(one)

    assert sorted(drawn.numbers) == sorted(licence.number for licence in made)
    fixed, lot = Event.objects.get(verb="fix"), Event.objects.get(verb="lot")
    assert opened.number < fixed.number < lot.number
    assert fixed.facts["list_digest"] == drawn.list_digest
    assert (lot.facts["seed"], lot.facts["figures"]) == (one.seed, "31415926535897932384")
    at_random = drawn.choices.filter(how="random").order_by("pk")
    assert lot.facts["drawn"] == list(at_random.values_list("licence__number", flat=True))
    # One was chosen, so the five visits that are left are selected at random.
    assert at_random.count() == 5 and drawn.due_on == NOW.date() + timedelta(days=90)


def test_the_page_repeats_the_selection_and_says_so_when_it_was_meddled_with() -> None:
    licences(6)
    one = a_round_drawn(a_round(capacity=4))
    client = signed_in(person("auditor"))

    assert "The result is the same" in client.get(f"{LIST}{one.reference}/").content.decode()
    with database.triggers_away(of=["compliance_choice"]):
        last = one.choices.order_by("-pk")[0]
        Choice.objects.filter(pk=last.pk).update(licence=Licence.objects.get(number=not_chosen(one)))
    assert "Tell the auditor" in client.get(f"{LIST}{one.reference}/").content.decode()


def test_the_person_who_fixed_the_list_cannot_draw_and_the_figures_are_figures() -> None:
    licences(4)
    analyst, manager = person("intelligence_analyst"), person("manager")
    fixed = a_round_fixed(a_round(capacity=3), by=analyst)

    def drawing(figures: str, who: Any) -> list[str]:
        return refusal_of(lambda: rounds.draw(fixed, figures=figures, by=who, at=NOW))

    assert drawing(FIGURES, analyst) == ["same_person"]
    for wrong in ("", "123", "three times nine is twenty-seven", "1" * 81, "１" * 20):
        assert drawing(wrong, manager) == ["no_figures"]
    with pytest.raises(IntegrityError, match="round_is_fixed_and_drawn_by_two"), transaction.atomic():
        VisitRound.objects.filter(pk=fixed.pk).update(
            status="drawn", figures="1" * 20, drawn_by=fixed.fixed_by, drawn_at=NOW
        )
    assert rounds.draw(fixed, figures=FIGURES, by=manager, at=NOW).status == "drawn"


def test_a_choice_has_a_reason_and_a_place_and_comes_before_the_list() -> None:
    first, second, third, *_rest = licences(5)
    one, analyst = a_round(capacity=3), person("intelligence_analyst")
    some: dict[str, Any] = {"because": WHY, "by": analyst, "at": NOW}
    assert refusal_of(lambda: rounds.choose(one, number="ABCD9999", **some)) == ["not_listed"]
    assert refusal_of(lambda: rounds.choose(one, number=first.number, because="Hm", by=analyst, at=NOW)) == [
        "no_reason"
    ]
    choice = rounds.choose(one, number=first.number, **some)
    assert refusal_of(lambda: rounds.choose(one, number=first.number, **some)) == ["chosen_already"]
    rounds.choose(one, number=second.number, **some)

    assert (choice.how, choice.score and choice.score.licence.number) == ("targeted", first.number)
    assert refusal_of(lambda: rounds.choose(one, number=third.number, **some)) == ["no_place_left"]
    fixed = a_round_fixed(one)
    assert "not_open" in refusal_of(lambda: rounds.choose(fixed, number=third.number, **some))
    assert refusal_of(lambda: rounds.fix(fixed, by=analyst, at=NOW)) == ["wrong_state"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(pk=choice.pk).update(because="")
    with pytest.raises(IntegrityError, match="chosen before the list"), transaction.atomic():
        Choice.objects.create(round=fixed, licence=third, how="targeted", because=WHY, chosen_by=analyst, chosen_at=NOW)


def test_a_licence_with_a_visit_planned_is_listed_but_not_offered() -> None:
    made = licences(4)
    one = a_round(capacity=4)
    choice = chosen_in(one, made[0])
    inspection = sent_by_hand(made[1])
    offered = queries.candidates(one, by=person("manager"), on=NOW.date())

    assert {candidate.number for candidate in offered} == {made[2].number, made[3].number}
    assert refusal_of(lambda: rounds.choose(one, number=made[1].number, because=WHY, by=person("manager"), at=NOW)) == [
        "in_hand"
    ]
    assert made[1].number in a_round_fixed(one).numbers
    assert choice.inspection is None and inspection.licence_number == made[1].number


def sent_by_hand(licence: Licence) -> Inspection:
    """After a report: by no round."""
    return an_inspection(organisation=licence.organisation, kind="compliance", case="", licence_number=licence.number)


def test_one_round_of_a_scheme_is_open_until_every_visit_is_made_and_only_who_may_choose_opens_one() -> None:
    licences(3)
    one = a_round(capacity=2)

    assert refusal_of(lambda: a_round(capacity=1)) == ["round_open", "capacity"]
    drawn = a_round_drawn(one)
    assert refusal_of(lambda: a_round(capacity=2)) == ["round_open"]
    assert refusal_of(lambda: rounds.close_round(drawn, by=person("manager"), at=NOW)) == ["visits_waiting"]
    with pytest.raises(IntegrityError, match="made or explained"), transaction.atomic():
        VisitRound.objects.filter(pk=one.pk).update(status="closed", closed_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy = VisitRound.objects.get(pk=one.pk)
        copy.pk, copy.reference, copy.status = None, "V-COPY", "opened"
        copy.list_digest, copy.drawn_at = "", None
        copy.save()
    for role in ("case_officer", "auditor", "inspector"):
        with pytest.raises(PermissionDenied):
            a_round(by=person(role))

    closed = a_round_closed(drawn)
    assert a_round(capacity=2).status == "opened"
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        VisitRound.objects.filter(pk=closed.pk).update(status="drawn", closed_at=None)


def test_a_visit_that_was_called_off_is_sent_again_and_does_not_wait_until_the_year_9999() -> None:
    licences(3)
    choice = a_round_drawn(a_round(capacity=2)).choices.order_by("pk")[0]
    officer, inspector = person("case_officer"), person("inspector", name="Ifan Inspector")

    def sending(due_on: date) -> Any:
        return rounds.send(choice, inspector=inspector, due_on=due_on, brief="See hours.", by=officer, at=NOW)

    assert refusal_of(lambda: sending(date(9999, 12, 31))) == ["too_late"]
    assert refusal_of(lambda: sending(NOW.date() + timedelta(days=91))) == ["too_late"]
    first = sending(NOW.date() + timedelta(days=90))
    choice.refresh_from_db()
    assert refusal_of(lambda: sending(NOW.date() + timedelta(days=9))) == ["sent_already"]
    inspections.call_off(first, because="The inspector is ill.", by=officer, at=NOW)
    choice.refresh_from_db()
    again = sending(NOW.date() + timedelta(days=9))

    choice.refresh_from_db()
    assert choice.inspection == again != first
    with pytest.raises(IntegrityError, match="a choice is not rewritten"), transaction.atomic():
        Choice.objects.filter(pk=choice.pk).update(inspection=first)


def test_a_licence_that_ended_between_fixing_and_drawing_can_be_selected_and_is_counted() -> None:
    made = licences(2)
    fixed = a_round_fixed(a_round(capacity=2))
    gone: dict[str, Any] = {"takes_effect": NOW.date(), "because": "It is given up."}
    register.surrender(made[0], by=person("decision_maker"), at=NOW, **gone)
    assert made[0] not in queries.in_force(fixed.scheme, NOW.date())

    drawn = rounds.draw(fixed, figures=FIGURES, by=person("manager"), at=NOW)

    assert set(drawn.choices.values_list("licence__number", flat=True)) == {one.number for one in made}
    assert queries.visits_waiting(drawn).count() == 2


def test_an_officer_with_a_conflict_of_interest_neither_chooses_the_firm_nor_reads_its_name() -> None:
    made = licences(4)
    one, analyst = a_round(capacity=3), person("intelligence_analyst")
    firm = made[2].organisation
    conflicts.declare(analyst, organisation=firm, because="My sister.", since=NOW.date(), by=analyst, at=NOW)

    assert refusal_of(lambda: rounds.choose(one, number=made[2].number, because=WHY, by=analyst, at=NOW)) == [
        "conflicted"
    ]
    assert firm.legal_name not in signed_in(analyst).get(f"{LIST}{one.reference}/").content.decode()


def test_from_the_door_to_the_inspector(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = licences(6)
    manager, analyst = signed_in(person("manager")), signed_in(person("intelligence_analyst"))
    officer, inspector = person("case_officer"), person("inspector")
    assert "/staff/targeting/rounds/" in manager.get("/staff/targeting/").content.decode()
    assert manager.post(f"{LIST}open/", {"scheme": "gla-food", "capacity": "none"}).status_code == 422
    opened = manager.post(f"{LIST}open/", {"scheme": "gla-food", "capacity": "4"})
    one, number = VisitRound.objects.get(), made[0].number
    page = opened.headers["Location"]
    assert page == f"{LIST}{one.reference}/"
    assert analyst.post(f"{page}choose/", {"number": number.lower(), "because": WHY}).status_code == 302
    assert manager.post(f"{page}draw/", {"figures": FIGURES}).status_code == 422
    analyst.post(f"{page}fix/")
    assert analyst.post(f"{page}draw/", {"figures": FIGURES}).status_code == 422
    assert manager.post(f"{page}draw/", {"figures": FIGURES}).status_code == 302
    assert WHY in manager.get(page).content.decode()

    desk = signed_in(officer)
    assert page in desk.get(LIST).content.decode()
    shown = desk.get(page).content.decode()
    assert f"{page}{number}/send/" in shown and "Points" not in shown
    due = (NOW + timedelta(days=30)).date()
    typed = {"brief": "See how hours are kept.", "inspector": inspector.reference}
    typed |= {"due_on_day": str(due.day), "due_on_month": str(due.month), "due_on_year": str(due.year)}
    answer = desk.post(f"{page}{number}/send/", typed)

    inspection = Inspection.objects.get()
    assert answer.headers["Location"] == f"/staff/inspections/{inspection.reference}/"
    assert (inspection.licence_number, inspection.kind, inspection.brief) == (number, "compliance", typed["brief"])
    assert "Targeted" in desk.get(answer.headers["Location"]).content.decode()
    assert desk.post(f"{page}{number}/send/", typed).status_code == 422
    with django_assert_num_queries(8):
        manager.get(LIST)


def test_the_page_of_a_round_asks_no_more_of_the_database_for_more_visits() -> None:
    licences(7)
    one = a_round_drawn(a_round(capacity=6))
    manager = signed_in(person("manager"))
    for choice in one.choices.select_related("licence__organisation", "round").order_by("pk")[:2]:
        reported(sent(choice))

    with CaptureQueriesContext(connection) as asked:
        manager.get(f"{LIST}{one.reference}/")

    assert len(asked) <= 30
