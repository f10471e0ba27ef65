"""What another authority answers to intelligence that was passed on to it, and that someone reads the answer."""

from typing import Any

import pytest

from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.passed_on import actions
from compliance.passed_on import actions as partners
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.tasks.queries import faults, tasks_of_agency
from registry.trail.models.events import Event
from tests.compliance.intelligence.world import HEARD, SANITISED, some_intelligence
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

PURPOSE = "To protect workers: 2004 Act, s.19."
ANSWER = "We visited on Monday and found forty workers."


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def passed_to(partner: User, *about: Any) -> Dissemination:
    analyst = person("intelligence_analyst")
    one = some_intelligence(*about, by=analyst)
    return intelligence.pass_on(one, agency=partner.agency, purpose=PURPOSE, by=analyst, at=NOW)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def opened(analyst: User, one: Intelligence) -> Any:
    client = signed_in(analyst)
    client.post(f"/staff/intelligence/{one.reference}/", {"because": "To read the answer."})
    return client


def tasks_of(user: User) -> set[str]:
    return set(Task.objects.open().visible_to(user, NOW.date()).values_list("kind", flat=True))


def test_what_is_passed_on_is_a_task_of_the_authority_which_does_not_say_who_it_is_about() -> None:
    partner, stranger = a_partner(), a_partner(an_agency("Police of Sampleshire"))
    passed = passed_to(partner, an_organisation("Fern Labour Ltd"))

    task = tasks_of_agency(partner).get()
    assert (task.kind, task.reference, task.organisation) == ("dissemination.answer", passed.reference, None)
    assert not tasks_of_agency(stranger).exists()
    assert list(faults(NOW)) == []


def test_an_answer_needs_the_conditions_accepted_a_kind_and_words() -> None:
    partner = a_partner()
    passed = passed_to(partner)
    with pytest.raises(Refused) as refused:
        actions.respond(passed, kind="result", text=ANSWER, by=partner, at=NOW)
    assert codes(refused) == ["not_accepted"]

    partners.accept_conditions(passed, by=partner, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.respond(passed, kind="praise", text=" ", by=partner, at=NOW)
    assert codes(refused) == ["no_kind", "no_text"]

    answered = actions.respond(passed, kind="result", text=ANSWER, by=partner, at=NOW)
    assert answered.status == "answered"
    assert not tasks_of_agency(partner).exists()
    assert "dissemination.note" in tasks_of(person("intelligence_analyst"))
    assert ANSWER not in str(list(Event.objects.values())) + str(list(Task.objects.values()))
    assert list(faults(NOW)) == []


def test_a_question_is_replied_to_and_the_authority_answers_again() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    passed = partners.accept_conditions(passed_to(partner), by=partner, at=NOW)
    actions.respond(passed, kind="question", text="Which office?", by=partner, at=NOW)

    actions.reply_to_partner(passed, text="The one by the station.", by=analyst, at=NOW)

    assert tasks_of_agency(partner).get().kind == "dissemination.answer"
    actions.respond(passed, kind="result", text=ANSWER, by=partner, at=NOW)
    noted = actions.note_answer(passed, by=analyst, at=NOW)
    assert noted.status == "noted"
    assert list(passed.messages.order_by("pk").values_list("from_agency", flat=True)) == [True, False, True]
    assert "dissemination.note" not in tasks_of(analyst)
    assert list(faults(NOW)) == []


def test_an_authority_without_accounts_has_no_task() -> None:
    agency, analyst = an_agency(way="post"), person("intelligence_analyst")
    intelligence.pass_on(some_intelligence(by=analyst), agency=agency, purpose=PURPOSE, by=analyst, at=NOW)

    assert not Task.objects.open().filter(kind="dissemination.answer").exists()
    assert list(faults(NOW)) == []


def test_who_has_a_conflict_with_the_firm_does_not_read_the_answer() -> None:
    partner, analyst, firm = a_partner(), person("intelligence_analyst"), an_organisation("Fern Labour Ltd")
    passed = partners.accept_conditions(passed_to(partner, firm), by=partner, at=NOW)
    actions.respond(passed, kind="result", text=ANSWER, by=partner, at=NOW)
    conflicts.declare(
        analyst, organisation=firm, because="My brother works there.", since=NOW.date(), by=analyst, at=NOW
    )

    assert "dissemination.note" not in tasks_of(analyst)
    with pytest.raises(Dissemination.DoesNotExist):
        actions.note_answer(passed, by=analyst, at=NOW)


def test_on_its_pages_the_authority_answers_and_the_analyst_reads() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    passed = passed_to(partner)
    inbox, desk = f"/staff/passed-on/{passed.reference}/", signed_in(partner)
    assert desk.post(f"{inbox}answer/", {"kind": "regrade", "text": ANSWER}).status_code == 422
    desk.post(inbox)
    assert "Answer" in text_of(desk.get(inbox))
    assert desk.post(f"{inbox}answer/", {"kind": "regrade", "text": ANSWER}).status_code == 302
    assert ANSWER in text_of(desk.get(inbox))

    note = f"/staff/partner-answers/{passed.reference}/note/"
    assert signed_in(analyst).get(note).status_code == 302  # to say why first
    reading = opened(analyst, passed.intelligence)
    shown = text_of(reading.get(f"/staff/intelligence/{passed.intelligence.reference}/"))
    assert ANSWER in shown
    assert "The grade should be changed" in text_of(reading.get(note))
    assert reading.post(note).status_code == 302
    passed.refresh_from_db()
    assert passed.status == "noted"
    for kept in (HEARD, SANITISED):
        assert kept not in text_of(desk.get("/staff/passed-on/"))
    assert desk.get(note).status_code == 403
