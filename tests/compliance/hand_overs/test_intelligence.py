"""Intelligence is handed over as a report is: a task, a dossier, and the answer back to its grade and to its source."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compliance.hand_overs.models import HandOver
from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.tasks.queries import faults
from registry.trail.models.events import Event
from tests.compliance.hand_overs.test_actions import a_visit, codes, made, officer_of, tasks_of
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import HEARD, SANITISED, some_intelligence
from tests.compliance.who_saw.world import acts_seen
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

CLEARED = SANITISED
WHY = "To hand it over."


def handed(
    piece: Intelligence | None = None, to: str = "inspection", *, by: User | None = None, **told: Any
) -> HandOver:
    piece = piece or some_intelligence(a_licence().organisation)
    organisation = piece.subjects.get().organisation
    given = {"to": to, "organisation": organisation, **told}
    return intelligence.hand_over_intelligence(piece, by=by or person("intelligence_analyst"), at=NOW, **given)


@pytest.mark.parametrize(("to", "kind"), [("inspection", "handover.commission"), ("licensing", "handover.consider")])
def test_it_opens_the_same_task_for_who_can_act(to: str, kind: str) -> None:
    one = handed(to=to)

    assert one.organisation is not None
    assert one.licence_number == one.organisation.licences.get().number
    assert kind in tasks_of(officer_of(one))
    assert list(faults(NOW)) == []


@pytest.mark.parametrize(
    ("told", "refusals"),
    [
        ({"to": "agency"}, ["no_kind"]),
        ({"organisation": None}, ["other_organisation"]),
    ],
)
def test_it_needs_who_and_about_whom(told: dict[str, Any], refusals: list[str]) -> None:
    piece = some_intelligence(a_licence().organisation)
    with pytest.raises(Refused) as refused:
        handed(piece, **told)
    assert codes(refused) == refusals
    assert not HandOver.objects.exists()


def test_it_is_handed_over_once_for_the_same_and_by_those_who_record_intelligence_without_a_conflict() -> None:
    piece, analyst = some_intelligence(a_licence().organisation), person("intelligence_analyst")
    handed(piece)
    with pytest.raises(Refused) as refused:
        handed(piece)
    assert codes(refused) == ["handed_over_already"]
    with pytest.raises(PermissionDenied):
        handed(piece, "licensing", by=person("case_officer"))
    organisation = piece.subjects.get().organisation
    conflicts.declare(
        analyst, organisation=organisation, because="My brother works there.", since=NOW.date(), by=analyst, at=NOW
    )
    with pytest.raises(Intelligence.DoesNotExist):
        handed(piece, "licensing", by=analyst)


def test_the_conditions_of_its_handling_code_go_with_the_text_into_the_brief() -> None:
    grade = Grade("1", "B", "C", ["A2"], "Call the analyst first.")
    one = handed(some_intelligence(a_licence().organisation, grade=grade))

    visit = a_visit(one)

    assert CLEARED in visit.brief
    assert "Call the analyst first." in visit.brief
    assert HEARD not in visit.brief


def test_who_acts_reads_the_cleared_text_and_not_where_it_is_from() -> None:
    source = a_source()
    piece = some_intelligence(
        a_licence().organisation, source=source, by=source.handler, grade=Grade("1", "B", "C", ["A2"], "")
    )
    one = handed(piece, by=source.handler)
    client = signed_in(person("case_officer"))
    client.post(f"/staff/hand-overs/{one.reference}/open/")

    shown = " ".join(client.get(f"/staff/hand-overs/{one.reference}/").content.decode().split())

    assert CLEARED in shown
    for kept in (HEARD, piece.reference, source.reference):
        assert kept not in shown
    assert "Dossier read" in acts_seen(piece.reference)


def test_the_answer_comes_back_to_the_grade_and_to_the_record_of_the_source() -> None:
    source = a_source()
    handler = source.handler
    piece = some_intelligence(a_licence().organisation, source=source, by=handler)
    one = handed(piece, by=handler)
    visit = made(a_visit(one), "2.4")
    one.refresh_from_db()
    assert (one.status, one.result, one.standards) == ("answered", "not_met", ["2.4"])
    assert "handover.judge" in tasks_of(handler)
    assert "handover.note" not in tasks_of(person("intelligence_analyst"))
    client = signed_in(handler)

    refused = client.post(f"/staff/hand-overs/{one.reference}/judge/", {})
    judged = client.post(f"/staff/hand-overs/{one.reference}/judge/", {"verdict": "borne_out"})

    assert refused.status_code == 422
    assert judged.headers["Location"] == f"/staff/intelligence/{piece.reference}/grade-anew/"
    client.post(f"/staff/intelligence/{piece.reference}/", {"because": WHY})
    for address in (f"/staff/intelligence/{piece.reference}/", f"/staff/sources/{source.reference}/"):
        shown = client.get(address).content.decode()
        assert "standards were not met: 2.4" in shown
        assert "It was right" in shown
    assert Event.objects.get(kind="intelligence", verb="judge_by_result").facts["verdict"] == "borne_out"
    assert visit.reference not in str(Event.objects.get(verb="judge_by_result").facts)
    assert not Task.objects.open().filter(kind="handover.judge").exists()


def test_the_page_of_intelligence_hands_it_over_and_asks_first_why_it_is_read() -> None:
    piece, client = some_intelligence(a_licence().organisation), signed_in(person("intelligence_analyst"))
    address = f"/staff/intelligence/{piece.reference}/hand-over/"
    assert client.get(address).headers["Location"] == f"/staff/intelligence/{piece.reference}/"
    client.post(f"/staff/intelligence/{piece.reference}/", {"because": WHY})

    assert SANITISED in client.get(address).content.decode()
    typed = {"to": "licensing", "organisation": piece.subjects.get().organisation.reference}
    assert client.post(address, {**typed, "to": "agency"}).status_code == 422
    sent = client.post(address, typed)

    one = HandOver.objects.get()
    assert sent.headers["Location"] == f"/staff/hand-overs/{one.reference}/"
    assert client.post(f"/staff/hand-overs/{one.reference}/take-back/", {}).status_code == 302
    one.refresh_from_db()
    assert one.status == "closed"


def test_those_who_only_record_intelligence_do_not_see_what_reports_led_to() -> None:
    licence = a_licence()
    of_report, of_intelligence = handed_over(licence=licence), handed(some_intelligence(licence.organisation))

    assert list(HandOver.objects.visible_to(person("source_handler"))) == [of_intelligence]
    assert set(HandOver.objects.visible_to(person("case_officer"))) == {of_report, of_intelligence}


def test_the_database_keeps_it_from_having_no_origin_or_two() -> None:
    one = handed()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=one.pk).update(intelligence=None)
