"""Intelligence as a signal: by the grade that a person gave the best piece, never by how many there are, never for the holder."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade
from compliance.releases import actions as releases
from compliance.targeting.models import LicenceScore
from registry.errors import Refused
from registry.licences.models import Licence
from registry.schemes.targeting import TargetingSignal
from registry.tasks.models import Task
from tests.compliance.intelligence.world import HEARD, SANITISED, some_intelligence
from tests.compliance.reports.world import a_report
from tests.compliance.stories import a_scheme
from tests.compliance.targeting import recompute
from tests.compliance.targeting.world import scored
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def value_of(licence: Licence) -> tuple[int, int]:
    (one,) = (each for each in scored(licence).signals if each["code"] == "intelligence")
    return one["value"], one["points"]


@pytest.mark.parametrize(
    ("source", "information", "value", "points"),
    [("1", "A", 6, 30), ("2", "A", 3, 20), ("2", "C", 1, 10), ("3", "A", 0, 0), ("1", "D", 0, 0), ("1", "E", 0, 0)],
)
def test_a_piece_counts_what_its_grade_is_worth(source: str, information: str, value: int, points: int) -> None:
    licence = a_licence()
    agreed(some_intelligence(licence.organisation, grade=Grade(source, information, "P")))

    assert value_of(licence) == (value, points)


@pytest.mark.parametrize(
    ("grade", "alone", "by_two"), [("1A", (2, 10), (6, 30)), ("2A", (2, 10), (3, 20)), ("2B", (2, 10), (2, 10))]
)
def test_a_grade_that_moves_a_score_by_more_than_the_stated_share_takes_a_second_person(
    grade: str, alone: tuple[int, int], by_two: tuple[int, int]
) -> None:
    """The scheme states a tenth of the highest score, which is 150: so 15 points, and the step below it is 10."""
    licence = a_licence()
    piece = some_intelligence(licence.organisation, grade=Grade(grade[0], grade[1], "P"))
    assert value_of(licence) == alone

    agreed(piece)

    assert value_of(licence) == by_two


def test_who_recorded_or_graded_it_is_not_the_second_person_and_a_new_grade_is_agreed_again() -> None:
    licence, first, second = a_licence(), person("intelligence_analyst"), person("intelligence_analyst")
    piece = some_intelligence(licence.organisation, by=first, grade=Grade("1", "A", "P"))
    assert refusal_of(lambda: releases.agree_grade(piece, by=first, at=NOW)) == ["same_person"]
    releases.agree_grade(piece, by=second, at=NOW)
    assert refusal_of(lambda: releases.agree_grade(piece, by=second, at=NOW)) == ["agreed_already"]
    with pytest.raises(IntegrityError, match="grade_agreed_by_another"), transaction.atomic():
        Intelligence.objects.filter(pk=piece.pk).update(graded_by=second)

    intelligence.grade_anew(piece, grade=Grade("1", "B", "P"), because="Heard from one more.", by=second, at=NOW)

    assert value_of(licence) == (2, 10)
    assert Task.objects.open().filter(kind="intelligence.agree_grade").count() == 1
    for graded_it in (first, second):
        assert refusal_of(partial(releases.agree_grade, piece, by=graded_it, at=NOW)) == ["same_person"]
    agreed(piece)
    assert value_of(licence) == (5, 20)
    assert not Task.objects.open().filter(kind="intelligence.agree_grade").exists()


def test_the_second_person_agrees_on_the_page() -> None:
    piece = some_intelligence(a_licence().organisation, grade=Grade("1", "A", "P"))
    desk = signed_in(person("intelligence_analyst"))
    page = f"/staff/intelligence/{piece.reference}/"
    desk.post(page, {"because": "I look at its grade."})
    assert f"{page}agree-grade/" in desk.get(page).content.decode()

    assert desk.post(f"{page}agree-grade/").headers["Location"] == page

    piece.refresh_from_db()
    assert piece.grade_agreed_by is not None
    assert "Agreed by" in desk.get(page).content.decode()


def agreed(piece: Intelligence) -> Intelligence:
    return releases.agree_grade(piece, by=person("intelligence_analyst"), at=NOW)


def refusal_of(step: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def test_the_best_piece_counts_and_never_how_many_there_are() -> None:
    licence = a_licence()
    for _piece in range(5):
        some_intelligence(licence.organisation, grade=Grade("2", "C", "P"))
    assert value_of(licence) == (1, 10)

    agreed(some_intelligence(licence.organisation, grade=Grade("1", "C", "P")))

    assert value_of(licence) == (3, 20)


def test_a_report_that_nobody_has_graded_gives_no_points_and_what_is_graded_anew_counts_anew() -> None:
    licence = a_licence()
    a_report(about_name=licence.organisation.legal_name)
    assert value_of(licence) == (0, 0)
    piece = agreed(some_intelligence(licence.organisation, grade=Grade("1", "A", "P")))
    assert value_of(licence) == (6, 30)

    analyst = person("intelligence_analyst")
    intelligence.grade_anew(piece, grade=Grade("3", "E", "P"), because="It was made up.", by=analyst, at=NOW)

    assert value_of(licence) == (0, 0)


def test_neither_text_nor_source_nor_handling_is_in_the_score_and_its_page_can_be_worked_out_by_hand() -> None:
    licence = a_licence()
    conditions: dict[str, Any] = {"conditions": ("A1",), "conditions_said": "Not to the holder"}
    piece = some_intelligence(licence.organisation, grade=Grade("1", "B", "C", **conditions))
    score = scored(licence)
    kept = str(score.signals)

    assert HEARD not in kept and SANITISED not in kept and "Not to the holder" not in kept and "1B/C" not in kept
    page = signed_in(person("intelligence_analyst")).get(f"/staff/targeting/licences/{licence.number}/")
    assert recompute.differences(page.content.decode()) == []
    assert f"/staff/intelligence/{piece.reference}/" in page.content.decode()
    auditor = signed_in(person("auditor")).get(f"/staff/targeting/licences/{licence.number}/").content.decode()
    assert f"/staff/intelligence/{piece.reference}/" not in auditor


def test_the_page_of_a_holder_is_the_same_whether_somebody_has_spoken_or_not() -> None:
    licence = a_licence()
    scored(licence)
    holder = signed_in(licence.organisation.memberships.answering().get().user)
    address = f"/licences/{licence.number}/signals/"
    before = holder.get(address)
    some_intelligence(licence.organisation, grade=Grade("1", "A", "C", conditions=("A1",)))
    assert scored(licence).points > LicenceScore.objects.order_by("pk")[0].points

    after = holder.get(address)

    def shown(response: Any) -> list[Any]:
        return [(one.code, one.value, one.points) for one in response.context["own"].signals]

    assert shown(before) == shown(after)
    assert "intelligence" not in {code for code, *_rest in shown(after)}


def test_a_pack_cannot_show_this_signal_to_the_holder() -> None:
    targeting = a_scheme().targeting
    assert targeting
    graded = next(one for one in targeting.signals if one.worth)
    with pytest.raises(ValidationError, match="never shown"):
        TargetingSignal.model_validate({**dict(graded), "shown": True})
