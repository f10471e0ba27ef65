"""Every visit of a round is made or explained, and explained by two: no one gets rid of a visit that does not please."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compliance.inspections import actions as inspections
from compliance.targeting.actions import explanations, rounds
from compliance.targeting.models import Choice, VisitExplanation
from compliance.targeting.queries import rounds as queries
from registry.errors import Refused
from registry.tasks.models import Task
from tests.compliance.targeting.world import a_round, a_round_drawn, licences, sent, visited
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
WHY = "The licence was given up last week."


def refusal_of(step: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()  # type: ignore[operator]
    return [reason.code for reason in refused.value.reasons]


def two_visits() -> list[Choice]:
    licences(3)
    drawn = a_round_drawn(a_round(capacity=2))
    return list(queries.choices_by_number(drawn).values())


def said(choice: Choice, *, by: Any, because: str = WHY) -> VisitExplanation:
    return explanations.explain(choice.round, number=choice.licence.number, because=because, by=by, at=NOW)


def test_one_person_explains_and_another_accepts_and_then_the_round_can_be_closed() -> None:
    first, second = two_visits()
    analyst, manager = person("intelligence_analyst"), person("manager")
    visited(first)

    explanation = said(second, by=analyst)

    assert refusal_of(lambda: explanations.accept_explanation(explanation, by=analyst, at=NOW)) == ["same_person"]
    assert refusal_of(lambda: rounds.close_round(second.round, by=manager, at=NOW)) == ["visits_waiting"]
    assert refusal_of(lambda: said(second, by=manager)) == ["explained"]
    (task,) = Task.objects.open().filter(kind="visitexplanation.settle")
    assert task.not_by == analyst
    accepted = explanations.accept_explanation(explanation, by=manager, at=NOW)
    assert refusal_of(lambda: sent(second)) == ["explained"]
    closed = rounds.close_round(second.round, by=manager, at=NOW)

    assert (accepted.status, closed.status) == ("accepted", "closed")
    counted = {one.title: (one.selected, one.made, one.explained) for one in queries.counts(queries.visits_of(closed))}
    assert counted["Selected at random"] == (2, 1, 1)
    assert refusal_of(lambda: said(first, by=analyst)) == ["not_drawn", "sent_already"]


def test_a_refused_explanation_leaves_the_visit_to_be_made() -> None:
    first, _second = two_visits()
    analyst, manager = person("intelligence_analyst"), person("manager")
    explanation = said(first, by=analyst)

    assert refusal_of(lambda: explanations.refuse_explanation(explanation, because="No", by=manager, at=NOW)) == [
        "no_reason"
    ]
    explanations.refuse_explanation(explanation, because="It still trades.", by=manager, at=NOW)

    assert refusal_of(lambda: explanations.accept_explanation(explanation, by=manager, at=NOW)) == ["wrong_state"]
    assert sent(first).status == "commissioned"
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        VisitExplanation.objects.filter(pk=explanation.pk).update(status="accepted", refused_because="")


def test_what_is_on_its_way_or_made_is_not_explained_away() -> None:
    first, second = two_visits()
    analyst = person("intelligence_analyst")
    inspection = sent(first)
    first.refresh_from_db()

    assert refusal_of(lambda: said(first, by=analyst)) == ["sent_already"]
    inspections.call_off(inspection, because="No one is there any more.", by=person("case_officer"), at=NOW)
    assert said(first, by=analyst).status == "waiting"
    visited(second)
    assert refusal_of(lambda: said(second, by=analyst)) == ["sent_already"]
    assert refusal_of(
        lambda: explanations.explain(first.round, number="ABCD9999", because="Hm", by=analyst, at=NOW)
    ) == ["not_chosen", "no_reason"]


def test_the_database_holds_that_two_take_part_and_that_it_begins_as_waiting() -> None:
    first, second = two_visits()
    analyst = person("intelligence_analyst")
    explanation = said(first, by=analyst)
    some: dict[str, Any] = {"because": WHY, "explained_by": analyst, "explained_at": NOW}

    with pytest.raises(IntegrityError, match="explanation_settled_by_another"), transaction.atomic():
        VisitExplanation.objects.filter(pk=explanation.pk).update(status="accepted", settled_by=analyst, settled_at=NOW)
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        settled = {"status": "accepted", "settled_by": person("manager"), "settled_at": NOW}
        VisitExplanation.objects.create(reference="X-1", choice=second, **some, **settled)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitExplanation.objects.create(reference="X-2", choice=first, **some)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitExplanation.objects.filter(pk=explanation.pk).delete()
    for role in ("case_officer", "inspector", "auditor"):
        with pytest.raises(PermissionDenied):
            said(second, by=person(role))


def test_the_pages_lead_from_the_visit_to_the_second_person() -> None:
    first, _second = two_visits()
    analyst, manager = signed_in(person("intelligence_analyst")), signed_in(person("manager"))
    page = f"/staff/targeting/rounds/{first.round.reference}/"
    number = first.licence.number
    assert f"{page}explain/?number={number}" in analyst.get(page).content.decode()

    assert analyst.post(f"{page}explain/", {"number": number, "because": WHY}).headers["Location"] == page
    explanation = VisitExplanation.objects.get()
    accept = f"/staff/targeting/explanations/{explanation.reference}/accept/"
    assert accept in manager.get(page).content.decode()
    assert WHY in manager.get(accept).content.decode()
    assert analyst.post(accept).status_code == 422
    assert manager.post(accept).headers["Location"] == page

    explanation.refresh_from_db()
    assert explanation.status == "accepted"
    assert "Accepted" in manager.get(page).content.decode()
