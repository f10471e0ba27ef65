"""Intelligence is graded in the words of the pack, about whom it is about, and the trail keeps no word of it."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.intelligence.world import HEARD, SANITISED, some_intelligence
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db


def test_it_is_kept_with_its_grade_and_about_whom_and_the_trail_has_no_word_of_it() -> None:
    firm, other = an_organisation("Harvest Hands Ltd"), an_organisation("Meadow Staff Ltd")

    kept = some_intelligence(firm, firm, grade=Grade("1", "B", "C", ["A2", "S2"]))

    assert kept.grade == "1B/C"
    assert list(Intelligence.objects.about(firm, until=NOW.date())) == [kept]
    assert not Intelligence.objects.about(other, until=NOW.date()).exists()
    assert not Intelligence.objects.about(firm, until=NOW.date() - timedelta(days=1)).exists()
    event = Event.objects.get(kind="intelligence", reference=kept.reference, verb="record")
    assert event.facts == {"grade": "1B/C", "about": [firm.reference], "report": ""}
    assert "passports" not in json.dumps(event.facts) + event.because


@pytest.mark.parametrize(
    ("grade", "codes"),
    [
        (Grade("9", "Z", "Q"), ["no_source_grade", "no_information_grade", "no_handling"]),
        (Grade("1", "A", "C"), ["no_conditions"]),
        (Grade("1", "A", "P", ["S2"]), ["conditions_without_code"]),
        (Grade("1", "A", "C", ["S9"]), ["unknown_condition"]),
    ],
)
def test_a_grade_that_is_not_one_of_the_pack_is_refused_with_every_reason(grade: Grade, codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        some_intelligence(grade=grade)

    assert [reason.code for reason in refused.value.reasons] == codes
    assert not Intelligence.objects.exists()


def test_both_texts_are_needed_by_the_action_and_by_the_database() -> None:
    with pytest.raises(Refused) as refused:
        some_intelligence(source_text=" ", sanitised_text="")
    assert [reason.code for reason in refused.value.reasons] == ["no_source_text", "no_sanitised_text"]

    kept = some_intelligence()
    with pytest.raises(IntegrityError), transaction.atomic():
        Intelligence.objects.filter(pk=kept.pk).update(sanitised_text="")


def test_it_is_graded_anew_for_a_reason_and_both_grades_stay_on_the_trail() -> None:
    analyst = person("intelligence_analyst")
    kept = some_intelligence(by=analyst)

    with pytest.raises(Refused):
        intelligence.grade_anew(kept, grade=Grade("3", "E", "P"), because="no", by=analyst, at=NOW)
    again = intelligence.grade_anew(kept, grade=Grade("3", "E", "P"), because="A visit found them.", by=analyst, at=NOW)

    assert again.grade == "3E/P"
    facts = Event.objects.get(verb="grade_anew").facts
    assert (facts["former"], facts["grade"]) == ("2A/P", "3E/P")


def test_others_neither_record_nor_see_it() -> None:
    kept = some_intelligence()

    for role in ("case_officer", "inspector", "manager", "auditor", "partner_agency"):
        with pytest.raises(PermissionDenied):
            some_intelligence(by=person(role))
        assert not Intelligence.objects.visible_to(person(role)).exists()
    assert list(Intelligence.objects.visible_to(person("intelligence_analyst"))) == [kept]
    assert (kept.source_text, kept.sanitised_text) == (HEARD, SANITISED)


def test_whoever_has_a_conflict_of_interest_neither_records_nor_sees_what_is_about_the_organisation() -> None:
    firm, analyst = an_organisation("Harvest Hands Ltd"), person("intelligence_analyst")
    some_intelligence(firm)
    other = some_intelligence(an_organisation("Meadow Staff Ltd"))
    conflicts.declare(
        analyst, organisation=firm, because="My brother works there.", since=NOW.date(), by=analyst, at=NOW
    )

    assert list(Intelligence.objects.visible_to(analyst)) == [other]
    with pytest.raises(Refused) as refused:
        some_intelligence(firm, by=analyst)
    assert [reason.code for reason in refused.value.reasons] == ["conflicted"]
