"""A history is told in words: what was done is no name of a function."""

from typing import Any

import pytest

from licensing.applications.queries.history import WORDS
from registry.trail.models.events import Event
from registry.trail.queries import history as happened
from tests.licensing.appeals import world as appeals
from tests.licensing.decisions.test_views import officer, text_of

pytestmark = pytest.mark.django_db


def test_the_histories_of_an_appeal_and_its_decision_are_told_in_words() -> None:
    appeal = appeals.carried_out(appeals.ended(allowed=False))

    page = text_of(officer().get(f"/staff/appeals/{appeal.reference}/"))
    assert "Outcome carried out" in page and "Outcome written down" in page
    page = text_of(officer().get(f"/staff/decisions/{appeal.decision.reference}/"))
    assert "Subject notified" in page
    page = text_of(officer().get(f"/staff/licences/{appeal.decision.subject.reference}/"))
    assert f"Decided: Decision {appeal.decision.reference}" in page


def test_everything_that_happens_on_the_way_to_a_revocation_has_its_words() -> None:
    appeals.carried_out(appeals.ended(allowed=False))

    done = Event.objects.filter(kind__in=[*WORDS]).values_list("kind", "verb").distinct()

    assert [f"{kind}.{verb}" for kind, verb in done if not happened.words_of(kind, verb)] == []


def test_what_has_no_words_is_told_by_its_name_on_the_trail() -> None:
    event: Any = Event(kind="gadget", verb="turn_round", reference="X-1")

    (told,) = happened.in_words([event], about="")

    assert told.title == "Turn round: gadget X-1"
