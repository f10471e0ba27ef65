"""Choosing whom to visit: the seed before the list, the lot before the choice, and a reason for each choice."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from compliance.inspections.models import Inspection
from compliance.targeting.actions import rounds
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.rules import random_sample as targeting
from registry import signing
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.licences.models import Licence
from registry.trail.models.events import Event
from tests import database
from tests.compliance.targeting import redraw
from tests.compliance.targeting.world import a_round, a_round_drawn, licences
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/staff/targeting/rounds/"
WHY = "Late with three notices, and growing."


def refusal_of(step: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()  # type: ignore[operator]
    return [reason.code for reason in refused.value.reasons]


def not_drawn(one: VisitRound) -> str:
    taken = set(one.choices.values_list("licence__number", flat=True))
    return next(number for number in one.numbers if number not in taken)


@pytest.mark.parametrize(
    ("capacity", "percent", "share"), [(2, 20, 1), (5, 20, 1), (6, 20, 2), (10, 20, 2), (11, 20, 3), (3, 10, 1)]
)
def test_the_share_is_rounded_up_and_never_none(capacity: int, percent: int, share: int) -> None:
    assert targeting.share_of(capacity, percent) == share


def test_the_lot_falls_on_each_alike_whatever_it_is_called() -> None:
    numbers = [f"ABCD{number:04}" for number in range(20)]
    times = dict.fromkeys(numbers, 0)
    for seed in range(2000):
        for number in targeting.drawn(str(seed), numbers, 4):
            times[number] += 1

    # 400 each are expected, give or take 18; these seeds are always the same.
    assert sum(times.values()) == 8000
    assert min(times.values()) > 340 and max(times.values()) < 460


def test_the_seed_is_committed_to_in_the_trail_before_the_list_is_fixed_and_shown_when_it_is_drawn() -> None:
    made = licences(8)
    one = a_round(capacity=6)
    opened = Event.objects.get(verb="open_round")
    assert opened.facts["commitment"] == targeting.commitment(one.seed)
    assert one.seed not in str(opened.facts)
    page = signed_in(person("manager")).get(f"{LIST}{one.reference}/").content.decode()
    assert one.commitment in page and one.seed not in page

    drawn = a_round_drawn(one)

    assert sorted(drawn.numbers) == sorted(licence.number for licence in made)
    fixed, lot = Event.objects.get(verb="fix"), Event.objects.get(verb="lot")
    assert opened.number < fixed.number < lot.number
    assert fixed.facts["list_digest"] == signing.digest(drawn.listed)
    assert lot.facts["seed"] == one.seed
    assert lot.facts["drawn"] == list(drawn.choices.order_by("pk").values_list("licence__number", flat=True))
    assert len(lot.facts["drawn"]) == drawn.by_lot == 2


def test_anybody_can_do_the_drawing_again_from_its_file_and_a_meddled_one_is_found() -> None:
    licences(6)
    one = a_round_drawn()
    client = signed_in(person("auditor"))

    told = json.loads(client.get(f"{LIST}{one.reference}/drawing.json").content)

    assert redraw.faults(told) == []
    assert redraw.faults({**told, "seed": "0" * 64}) != []
    assert redraw.faults({**told, "drawn": [number for number in told["numbers"] if number not in told["drawn"]]}) != []
    assert "The result is the same" in client.get(f"{LIST}{one.reference}/").content.decode()
    with database.triggers_away(of=["compliance_choice"]):
        Choice.objects.filter(round=one).update(licence=Licence.objects.get(number=not_drawn(one)))
    assert "Tell the auditor" in client.get(f"{LIST}{one.reference}/").content.decode()


def test_a_choice_has_a_reason_and_a_place_and_comes_after_the_lot() -> None:
    licences(5)
    one, analyst = a_round(capacity=2), person("intelligence_analyst")
    some: dict[str, Any] = {"because": WHY, "by": analyst, "at": NOW}
    assert refusal_of(lambda: rounds.choose(one, number="ABCD9999", **some)) == ["not_drawn", "not_listed"]
    one = a_round_drawn(one)
    number = not_drawn(one)
    by_lot = one.choices.get().licence.number

    assert refusal_of(lambda: rounds.choose(one, number=number, because="Hm", by=analyst, at=NOW)) == ["no_reason"]
    assert refusal_of(lambda: rounds.choose(one, number=by_lot, **some)) == ["chosen_already"]
    choice = rounds.choose(one, number=number, **some)

    assert (choice.how, choice.score and choice.score.licence.number) == ("targeted", number)
    assert "no_place_left" in refusal_of(lambda: rounds.choose(one, number=not_drawn(one), **some))
    assert refusal_of(lambda: rounds.fix(one, by=analyst, at=NOW)) == ["wrong_state"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(pk=choice.pk).update(because="")


def test_one_round_at_a_time_and_only_by_whoever_may_choose() -> None:
    licences(3)
    a_round(capacity=2)

    assert refusal_of(lambda: a_round(capacity=1)) == ["round_open", "capacity"]
    for role in ("case_officer", "auditor", "inspector"):
        with pytest.raises(PermissionDenied):
            a_round(by=person(role))


def test_whoever_has_a_conflict_of_interest_neither_chooses_the_firm_nor_reads_its_name() -> None:
    licences(4)
    one, analyst = a_round_drawn(a_round(capacity=3)), person("intelligence_analyst")
    number = not_drawn(one)
    firm = Licence.objects.get(number=number).organisation
    conflicts.declare(analyst, organisation=firm, because="My sister.", since=NOW.date(), by=analyst, at=NOW)

    assert refusal_of(lambda: rounds.choose(one, number=number, because=WHY, by=analyst, at=NOW)) == ["conflicted"]
    assert firm.legal_name not in signed_in(analyst).get(f"{LIST}{one.reference}/").content.decode()


def test_from_the_door_to_the_inspector(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    licences(6)
    manager, officer, inspector = signed_in(person("manager")), person("case_officer"), person("inspector")
    assert "/staff/targeting/rounds/" in manager.get("/staff/targeting/").content.decode()
    assert manager.post(f"{LIST}open/", {"scheme": "gla-food", "capacity": "none"}).status_code == 422
    opened = manager.post(f"{LIST}open/", {"scheme": "gla-food", "capacity": "4"})
    one = VisitRound.objects.get()
    page = opened.headers["Location"]
    assert page == f"{LIST}{one.reference}/"
    assert manager.post(f"{page}draw/").status_code == 422
    manager.post(f"{page}fix/")
    manager.post(f"{page}draw/")
    number = not_drawn(one := VisitRound.objects.get())
    assert manager.post(f"{page}choose/", {"number": number.lower(), "because": WHY}).status_code == 302
    assert WHY in manager.get(page).content.decode()

    desk = signed_in(officer)
    assert page in desk.get(LIST).content.decode()
    shown = desk.get(page).content.decode()
    assert f"{page}{number}/send/" in shown and "Points" not in shown
    due = (NOW + timedelta(days=30)).date()
    typed = {"brief": "See how hours are kept.", "inspector": inspector.reference}
    typed |= {"due_on_day": str(due.day), "due_on_month": str(due.month), "due_on_year": str(due.year)}
    sent = desk.post(f"{page}{number}/send/", typed)

    inspection = Inspection.objects.get()
    assert sent.headers["Location"] == f"/staff/inspections/{inspection.reference}/"
    assert (inspection.licence_number, inspection.kind, inspection.brief) == (number, "compliance", typed["brief"])
    assert "Targeted" in desk.get(sent.headers["Location"]).content.decode()
    assert desk.post(f"{page}{number}/send/", typed).status_code == 422
    with django_assert_num_queries(8):
        manager.get(LIST)
