"""Advice after a visit: recorded or sent, never changed, and what followed after it is counted against visits without it."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from compliance.advice import actions
from compliance.advice.models import Advice
from compliance.inspections.models import Inspection
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.papers import words
from tests.compliance.prevention.test_results import a_visit, counted
from tests.compliance.prevention.world import given_up, measure, result
from tests.compliance.stories import an_inspection_confirmed, an_inspection_reported
from tests.compliance.targeting.world import licences
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TEXT = "Write the rate and the hours of each worker on one page, and give the worker a copy."


def advised(visit: Inspection, way: str = "visit", **given: Any) -> Advice:
    said = {"way": way, "standard": "2.4", "text": TEXT, **given}
    return actions.give_advice(visit, **said, by=visit.inspector, at=NOW)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def test_advice_by_letter_is_sent_as_it_is_written_and_advice_at_a_visit_is_only_recorded() -> None:
    visit = an_inspection_confirmed("2.4")
    advised(visit)
    assert not Letter.objects.filter(template="compliance/letters/advice.html").exists()

    advised(visit, "letter")

    text = words.text(Letter.objects.get(template="compliance/letters/advice.html"))
    assert TEXT in text and "You do not have to reply" in text
    page = signed_in(visit.inspector).get(f"/staff/inspections/{visit.reference}/").content.decode()
    assert page.count("Write the rate and the hours") == 2


def test_advice_is_about_a_standard_of_a_confirmed_visit_once_and_never_changes() -> None:
    visit = an_inspection_confirmed("2.4")
    one = advised(visit)
    with pytest.raises(Refused) as refused:
        advised(visit, text=" ")
    assert codes(refused) == ["given_already", "no_text"]
    with pytest.raises(Refused) as refused:
        advised(visit, "letter", standard="9.9")
    assert codes(refused) == ["no_standard"]
    with pytest.raises(Refused) as refused:
        actions.give_advice(
            visit, way="letter", standard="2.4", text=TEXT, by=person("inspector", name="Other"), at=NOW
        )
    assert codes(refused) == ["not_theirs"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Advice.objects.filter(pk=one.pk).update(text="x")
    reported = an_inspection_reported("2.4")
    with pytest.raises(Refused) as refused:
        advised(reported)
    assert codes(refused) == ["not_confirmed"]


def test_what_is_typed_on_the_page_is_kept_and_the_letter_can_be_read_first() -> None:
    visit = an_inspection_confirmed("2.4")
    client, address = signed_in(visit.inspector), f"/staff/inspections/{visit.reference}/advice/"
    typed = {"way": "letter", "standard": "2.4", "text": TEXT, "preview": "1"}

    assert TEXT in client.post(address, {**typed, "standard": ""}).content.decode()
    assert client.post(address, typed).status_code == 200
    assert not Advice.objects.exists()
    del typed["preview"]
    assert client.post(address, typed).status_code == 302
    assert Advice.objects.get().way == "letter"


def test_what_followed_after_advice_is_compared_with_visits_without_it() -> None:
    held: list[Licence] = licences(4)
    visits = [a_visit(one, "2.4") for one in held]
    advised(visits[0])
    advised(visits[1], "letter")
    for one in held[1:3]:
        given_up(one, days=90)

    counted(300)

    said, written = measure("advice"), measure("letter")
    assert (said.with_it, said.without, written.with_it, written.without) == (1, 3, 1, 3)
    assert (result("advice", "exit").with_it, result("advice", "exit").without) == ((0, 1), (2, 3))
    assert result("letter", "exit").with_it == (1, 1)
