"""What is held about people no longer than the scheme says; holds; and what is given to whoever asks for it."""

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from licensing import jobs
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.holding.actions import changes
from licensing.people_named.models import Part
from licensing.requests.actions import answering
from licensing.retention import jobs as retention_jobs
from licensing.retention.queries import personal, readable
from licensing.retention.queries.retention import due_for_erasure
from registry import schemes, signing
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations import actions as people
from registry.organisations.models import Person
from registry.retention import actions as holds
from registry.retention.models import Erasure
from registry.schemes.retention import Erased
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests import stories
from tests.compliance.enforcement.world import a_case
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import somebody_joins
from tests.licensing.stories import a_check_answered, a_licence, a_request, answered, day, later
from tests.people import person, signed_in
from tests.registry.documents.test_actions import an_upload
from tests.registry.stories import an_agent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_one_approves")]

REASON = "The police have asked for it."


def a_draft_with_a_document() -> Application:
    draft = stories.an_application_answered()
    by = stories.holder_of(draft.organisation)
    documents.receive(
        draft.organisation, upload=an_upload(), about=draft.reference, requirement="agreement", by=by, at=NOW
    )
    return draft


def a_withdrawn_application() -> Application:
    application = stories.an_application_submitted()
    return applications.withdraw(
        application, because="Not needed.", by=stories.holder_of(application.organisation), at=NOW
    )


def due(at: datetime) -> list[tuple[str, str]]:
    return [(one.rule, one.subject.reference) for one in due_for_erasure(at.date())]


def test_a_draft_is_due_a_year_after_it_was_last_saved() -> None:
    draft = a_draft_with_a_document()

    assert due(later(365)) == []
    assert due(later(366)) == [("drafts", draft.reference)]


def test_a_withdrawn_application_is_due_seven_years_after_it_was_closed() -> None:
    application = a_withdrawn_application()

    assert due(later(7 * 365)) == []
    assert ("applications", application.reference) in due(later(7 * 365 + 3))


def test_what_led_to_a_licence_is_due_seven_years_after_its_last_day() -> None:
    licence = a_licence()
    end = datetime.combine(licence.valid_until, NOW.time(), NOW.tzinfo)

    assert due(end + timedelta(days=7 * 365)) == []
    assert ("licences", licence.applications.get().reference) in due(end + timedelta(days=7 * 365 + 4))


def test_whoever_is_being_assessed_is_never_due() -> None:
    stories.an_application_being_assessed()

    assert due(later(40 * 365)) == []


def test_erasing_leaves_that_the_case_was_there_and_a_digest_of_what_was_said() -> None:
    draft = a_draft_with_a_document()
    answers = list(draft.answers.order_by("pk").values("page", "item", "data"))
    file = Document.objects.get()

    assert retention_jobs.erase_due(at=later(366)) == 1

    draft.refresh_from_db()
    file.refresh_from_db()
    erasure = Erasure.objects.get()
    content = {
        "answers": answers,
        "requests": [],
        "wishes": [],
        "parts": [],
        "changes": [],
        "insurances": [],
        "documents": [file.digest],
        "facts": {},
    }
    assert not draft.answers.exists()
    assert (draft.facts, draft.signed_name, file.status) == ({}, "", "removed")
    assert erasure.digest == signing.digest({"salt": erasure.salt, "content": signing.plain(content)})
    assert erasure.things == len(answers) + 1
    assert list(trail.faults()) == []
    assert due(later(800)) == []


def test_erasing_takes_what_was_answered_and_wished_with_it() -> None:
    request = answered(a_request())
    asked = a_request(request.application)
    by = stories.holder_of(request.application.organisation)
    answering.ask_time(asked, wanted_on=day(30), because="Our solicitor is ill.", by=by, at=NOW)
    applications.withdraw(request.application, because="", by=by, at=NOW)

    retention_jobs.erase_due(at=later(7 * 365 + 3))

    asked.refresh_from_db()
    assert (request.items.get().answer, asked.wanted_because) == ("", "")


def test_erasing_takes_the_links_that_people_were_sent_with_it() -> None:
    sent = stories.a_part_sent(address="")
    answers = sent.part.application.answers.count()
    before = Client().get(f"/part/{sent.code}/").status_code

    retention_jobs.erase_due(at=later(366))

    assert before == 200
    assert not Part.objects.exists()
    assert Client().get(f"/part/{sent.code}/").status_code == 404
    assert Erasure.objects.get().things == answers + 1


def test_erasing_takes_what_was_told_of_the_licence_with_it() -> None:
    joined = somebody_joins()
    end = datetime.combine(joined.licence.valid_until, NOW.time(), NOW.tzinfo)

    retention_jobs.erase_due(at=end + timedelta(days=7 * 365 + 4))

    joined.refresh_from_db()
    assert (joined.data, joined.called) == ({}, "")
    assert joined.told_at == NOW
    assert due(end + timedelta(days=20 * 365)) == []


def test_whose_last_role_has_long_ended_is_forgotten_but_for_the_name() -> None:
    licence = a_licence()
    for role in licence.organisation.roles.exclude(person=None):
        people.stand_down(role, until=licence.valid_until, by=None, at=NOW)
    known = Person.objects.get(full_name=stories.PRINCIPAL)
    assert known.date_of_birth

    retention_jobs.erase_due(at=later(9 * 365))

    known.refresh_from_db()
    assert known.full_name == stories.PRINCIPAL
    assert [getattr(known, field) for field in Person.PRIVATE] == list(Person.PRIVATE.values())


def test_who_was_behind_a_business_that_is_prosecuted_is_not_forgotten() -> None:
    licence = a_licence()
    for role in licence.organisation.roles.exclude(person=None):
        people.stand_down(role, until=licence.valid_until, by=None, at=NOW)
    known, at = Person.objects.get(full_name=stories.PRINCIPAL), later(9 * 365)
    due_before = [one for one in due_for_erasure(at.date()) if one.subject == known]
    a_case(organisation=licence.organisation)

    retention_jobs.erase_due(at=at)
    assert len(due_before) == 1 and not retention_jobs._erased(due_before[0], at=at)

    known.refresh_from_db()
    assert known.date_of_birth


def test_whoever_has_a_role_is_not_forgotten() -> None:
    a_licence()

    retention_jobs.erase_due(at=later(30 * 365))

    assert Person.objects.get(full_name=stories.PRINCIPAL).date_of_birth


def test_a_hold_keeps_everything_until_it_is_lifted() -> None:
    draft, manager = a_draft_with_a_document(), person("manager")
    hold = holds.place(draft.organisation, because=REASON, by=manager, at=NOW)
    assert due(later(400)) == []

    holds.lift(hold, because="They are done with it.", by=manager, at=later(400))

    assert due(later(400)) == [("drafts", draft.reference)]


def test_a_hold_that_comes_between_finding_and_erasing_is_respected() -> None:
    draft = a_draft_with_a_document()
    found = list(due_for_erasure(later(400).date()))
    holds.place(draft.organisation, because=REASON, by=person("manager"), at=NOW)

    assert not retention_jobs._erased(found[0], at=later(400))

    assert draft.answers.exists()


def test_holding_is_refused_twice_and_without_a_reason() -> None:
    organisation, manager = stories.a_provider(), person("manager")
    holds.place(organisation, because=REASON, by=manager, at=NOW)

    with pytest.raises(Refused) as refused:
        holds.place(organisation, because="so", by=manager, at=NOW)

    assert [one.code for one in refused.value.reasons] == ["already_held", "no_reason"]


@pytest.mark.parametrize("role", ["applicant", "case_officer", "inspector"])
def test_only_managers_hold(role: str) -> None:
    with pytest.raises(PermissionDenied):
        holds.place(stories.a_provider(), because=REASON, by=person(role), at=NOW)


def test_the_command_says_what_is_due_and_erases_it(set_clock: SetClock) -> None:
    draft = a_draft_with_a_document()
    set_clock(later(366))
    said, done = StringIO(), StringIO()

    call_command("erase_due", "--dry-run", stdout=said)
    call_command("erase_due", stdout=done)

    assert said.getvalue() == f"drafts: application {draft.reference}\n"
    assert done.getvalue() == "Erased: 1\n"


def test_the_worker_erases_at_night_only() -> None:
    a_draft_with_a_document()

    assert jobs.erase_what_is_due(at=later(366).replace(hour=10)) == 0
    assert jobs.erase_what_is_due(at=later(366).replace(hour=2)) == 1


def test_every_scheme_in_force_says_how_long_it_keeps_what_it_erases() -> None:
    for name in schemes.names():
        newest = schemes.get(name, schemes.versions(name)[-1])
        assert {one.code for one in newest.retention if one.months} == set(get_args(Erased))


# --- for the person ---


def test_the_page_says_what_is_held_and_until_when() -> None:
    draft = stories.an_application_answered()

    page = signed_in(stories.holder_of(draft.organisation)).get("/account/your-data/").content.decode()

    assert "12 months since anything was last saved" in page
    assert f"{draft.answers.count()} pages of answers that you saved" in page


def test_the_copy_holds_what_one_has_said_and_nothing_of_others() -> None:
    draft = stories.an_application_answered()
    holder = stories.holder_of(draft.organisation)
    stories.an_application_answered(stories.an_application(legal_name="Somebody Else Ltd"))

    answer = signed_in(holder).post("/account/your-data/download/")
    data = json.loads(answer.content)

    assert answer["Content-Disposition"] == f'attachment; filename="{holder.reference}.json"'
    assert data["account"]["email"] == holder.email
    assert {one["application"] for one in data["answers_saved"]} == {draft.reference}
    assert "Somebody Else" not in answer.content.decode()
    assert Event.objects.latest("number").verb == "take_own_data"


def test_the_copy_to_read_says_the_same_in_words_and_is_not_kept(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    holder = stories.holder_of(stories.an_application_answered().organisation)

    answer = signed_in(holder).post("/account/your-data/download/", {"paper": "yes"})
    export = personal.export_of(holder)
    sections = readable.sections_of(holder, export)

    assert answer.content.startswith(b"%PDF")
    assert not list(tmp_path.rglob("*.pdf"))
    assert set(readable.SECTIONS) == set(export)
    rows = [row for section in sections for entry in section.entries for row in entry.rows]
    assert ("Email address", holder.email) in rows
    assert ("Legal name", "Dyffryn Labour Ltd") in rows
    assert {("As", "Principal authority"), ("Roles", "Applicant"), ("Language", "British English")} <= set(rows)


def test_taking_a_copy_takes_a_post() -> None:
    assert signed_in(person("applicant")).get("/account/your-data/download/").status_code == 405


def test_whoever_is_named_by_an_address_learns_where_and_no_particulars() -> None:
    licence = a_licence()
    known = Person.objects.get(full_name=stories.PRINCIPAL)
    other = person("applicant", email="angharad@home.example")
    Person.objects.filter(pk=known.pk).update(email="Angharad@home.example")

    data = personal.export_of(other)

    assert [one["organisation"] for one in data["named"]] == [licence.organisation.legal_name] * len(data["named"])
    assert data["named"]
    assert "1979-05-14" not in json.dumps(data)


# --- for whoever asks ---


def give(client: Client, organisation: str, reference: str, because: str) -> tuple[int, str]:
    answer = client.post(f"/staff/organisations/{organisation}/people/{reference}/", {"because": because})
    return answer.status_code, answer.content.decode()


def test_a_copy_for_a_person_says_what_is_held_and_withholds_what_may_not_be_shown() -> None:
    application = stories.an_application_being_assessed()
    known = Person.objects.get(full_name=stories.PRINCIPAL)
    for check in application.checks.order_by("pk"):
        a_check_answered(check, "adverse", evidence=f"CANARY {check.handling['may_be_shown_to_subject']}")

    status, text = give(
        signed_in(person("manager")),
        application.organisation.reference,
        known.reference,
        "Asked by post, passport seen.",
    )
    data = json.loads(text)

    assert status == 200
    assert data["particulars"]["date_of_birth"] == "1979-05-14"
    assert "CANARY False" not in text
    assert any(reply["withheld"] for one in data["checks"] for reply in one["replies"])
    assert Event.objects.latest("number").because == "Asked by post, passport seen."


def test_a_copy_for_a_person_holds_what_applications_and_the_holder_say_of_them_and_of_nobody_else() -> None:
    part = stories.a_part_signed()
    application = applications.submit(part.application, by=stories.holder_of(part.application.organisation), at=NOW)
    principal = Person.objects.get(full_name=stories.PRINCIPAL)
    director = Person.objects.get(full_name="Gethin Parry")

    of_principal = personal.person_export(principal, today=NOW.date())
    of_director = personal.person_export(director, today=NOW.date())

    assert [one["application"] for one in of_principal["answers"]] == [application.reference]
    assert of_principal["answers"][0]["answers"]["date_of_birth"] == "1979-05-14"
    assert "Gethin Parry" not in json.dumps(of_principal)
    assert [one["page"] for one in of_director["answers"]] == ["directors"]
    assert of_director["answers"][0]["own_parts"][0]["sent_to"] == "gethin@people.example"


def test_a_copy_for_a_person_holds_what_the_holder_has_told_of_them_since() -> None:
    joined = somebody_joins()
    for check in joined.checks.order_by("pk"):
        a_check_answered(check, "nil")
    changes.accept(joined, by=person("case_officer"), at=NOW)
    newcomer = Person.objects.get(full_name=joined.data["full_name"])

    assert [one["change"] for one in personal.person_export(newcomer, today=NOW.date())["changes"]] == [
        joined.reference
    ]


def test_letters_that_one_had_a_copy_of_are_counted_and_given() -> None:
    application = stories.an_application_submitted()
    agent = an_agent(application.organisation)
    before = personal.your_data(agent, today=NOW.date()).letters

    applications.withdraw(application, because="Not now.", by=stories.holder_of(application.organisation), at=NOW)

    letter = Letter.objects.latest("pk")
    assert letter.address != agent.email
    assert personal.your_data(agent, today=NOW.date()).letters == before + 1
    assert personal.export_of(agent)["letters_received"][-1]["number"] == letter.number


def test_a_copy_is_not_given_without_a_reason() -> None:
    licence = a_licence()
    known = Person.objects.get(full_name=stories.PRINCIPAL)

    status, text = give(signed_in(person("manager")), licence.organisation.reference, known.reference, "asked")

    assert status == 422
    assert "Say the reason in 10 characters or more." in text


def test_a_person_of_another_organisation_is_not_found() -> None:
    licence = a_licence()
    known = Person.objects.get(full_name=stories.PRINCIPAL)
    other = stories.a_provider("Somebody Else Ltd")

    assert give(signed_in(person("manager")), other.reference, known.reference, REASON)[0] == 404
    assert licence.organisation != other


def test_the_file_of_an_organisation_says_that_it_is_held() -> None:
    organisation, manager = stories.a_provider(), person("manager")
    client = signed_in(manager)

    client.post(f"/staff/organisations/{organisation.reference}/hold/", {"because": REASON})
    held = client.get(f"/staff/organisations/{organisation.reference}/").content.decode()
    client.post(f"/staff/organisations/{organisation.reference}/lift-hold/", {"because": "They are done with it."})
    lifted = client.get(f"/staff/organisations/{organisation.reference}/").content.decode()

    assert REASON in held
    assert "Keep everything for now" in lifted
