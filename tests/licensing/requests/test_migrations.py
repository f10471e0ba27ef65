"""The move of requests from one question to items, from a database at the migration before it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from licensing.requests.models import InformationRequest
from registry.integrity import covering, row_contents
from registry.integrity.row_contents import CoveredColumn
from registry.trail.actions import events as trail
from registry.trail.models.covered import RowDigest
from tests import stories
from tests.conftest import NOW
from tests.migrating import migrate, newest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.dear]

BEFORE = [("licensing", "0007_bundles_of_appeals")]
KIND = "licensing.informationrequest"


@pytest.fixture
def before() -> Iterator[Any]:
    """The model of requests as it was, and one application of each that is needed."""
    open_one = stories.an_application_being_assessed()
    other = stories.an_application_being_assessed(legal_name="Other Ltd")
    by = stories.holder_of(open_one.organisation).pk
    try:
        model: Any = migrate(BEFORE).get_model("licensing", "InformationRequest")
        common = {"question": "Who signs?", "asked_by_id": by, "asked_at": NOW, "due_on": NOW.date()}
        at = NOW + timedelta(days=3)
        model.objects.create(reference="R-1", application_id=open_one.pk, **common)
        model.objects.create(
            reference="R-2", application_id=other.pk, answer="I do.", answered_by_id=by, answered_at=at, **common
        )
        yield model
    finally:
        migrate(newest())


def covered(model: Any, *references: str) -> None:
    """As if the trail had covered these rows when they were written."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    columns = [CoveredColumn(one.attname, one.get_default(), one.null) for one in fields]
    rows = model.objects.filter(reference__in=references).values_list("pk", *(one.name for one in columns))
    trail.cover_migrated(KIND, {str(key): row_contents.content(columns, values, {}) for key, *values in rows}, at=NOW)


def test_each_question_becomes_an_item_and_the_trail_covers_the_rows_as_they_are_now(before: Any) -> None:
    covered(before, "R-1", "R-2")
    # Past the trail: the migration must not cover this up.
    before.objects.filter(reference="R-1").update(question="Who pays?")

    migrate(newest())

    asked = {one.reference: one for one in InformationRequest.objects.prefetch_related("items")}
    assert {name: one.status for name, one in asked.items()} == {"R-1": "open", "R-2": "answered"}
    assert [(item.number, item.text, item.answer) for item in asked["R-2"].items.all()] == [(1, "Who signs?", "I do.")]
    assert [item.requirement for item in asked["R-1"].items.all()] == ["R-1"]
    rewritten = asked["R-1"].pk
    assert [fault for fault in covering.faults() if fault.startswith(KIND)] == [
        f"{KIND} {rewritten}: is not as event {_covered_in(rewritten)} left it"
    ]


def _covered_in(key: int) -> int:
    return RowDigest.objects.get(kind=KIND, row=str(key)).event


def test_it_can_be_undone(before: Any) -> None:
    migrate(newest())

    model: Any = migrate(BEFORE).get_model("licensing", "InformationRequest")

    assert sorted(model.objects.values_list("question", "answer")) == [("Who signs?", ""), ("Who signs?", "I do.")]
