"""What officers add to a file: who may, who sees it, what may rest on it, and that it stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from licensing.correspondence import actions
from licensing.correspondence.models import FileEntry
from licensing.correspondence.queries import correspondence_of, entries_on
from licensing.decisions.actions import proposals
from licensing.decisions.queries.grounds import offered_for
from licensing.decisions.rules.grounds import GivenGround
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.tasks.models import Task
from registry.uploads import received as uploaded
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.test_actions_go_on import refusal_of
from tests.licensing.appeals.world import received
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.decisions.test_views import a_day
from tests.licensing.stories import TODAY, a_licence, a_revocation_proposed, an_application_checked
from tests.people import person, signed_in
from tests.registry.conflicts.test_actions import declared
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [an_application_checked, a_licence, a_revocation_proposed, received])
def test_a_document_is_added_to_a_case_a_licence_a_decision_and_an_appeal(make: Any) -> None:
    subject = make()
    entry = a_file_entry(subject)

    assert entry.subject == subject and entry.status == "filed"
    (shown,) = entries_on(subject, by=person("case_officer"))
    assert [one.name for one in shown.documents] == ["Letter.pdf"]


def test_the_file_of_a_licence_holds_what_is_on_those_of_its_decisions_and_appeals() -> None:
    appeal = received()
    on_appeal, on_decision = a_file_entry(appeal), a_file_entry(appeal.decision)
    assert appeal.decision.licence is not None

    found = [one.entry for one in entries_on(appeal.decision.licence, by=person("case_officer"))]

    assert found == [on_decision, on_appeal]


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"title": " "}, ["no_title"]),
        ({"kind": "document", "uploads": ()}, ["no_file"]),
        ({"kind": "call", "uploads": (), "text": " "}, ["no_words"]),
        ({"happened_on": TODAY + timedelta(days=1)}, ["day_too_late"]),
        ({"happened_on": date(9999, 1, 1)}, ["day_too_late"]),
        ({"happened_on": date(1066, 1, 1)}, ["impossible_day"]),
    ],
)
def test_what_is_nothing_or_has_not_happened_is_not_added(given: dict[str, Any], reasons: list[str]) -> None:
    case = an_application_checked()

    assert refusal_of(lambda: a_file_entry(case, **given)) == reasons
    assert not FileEntry.objects.exists() and not Document.objects.filter(about__startswith="FE").exists()


def test_nobody_else_adds_and_nobody_with_a_conflict_does_or_sees_it() -> None:
    case, officer = an_application_checked(), person("case_officer")
    with pytest.raises(PermissionDenied):
        a_file_entry(case, by=person("inspector"))
    entry = a_file_entry(case)
    declared(officer, case.organisation)

    assert refusal_of(lambda: a_file_entry(case, by=officer)) == ["conflicted"]
    client = signed_in(officer)
    assert client.get(f"/staff/correspondence/{entry.reference}/").status_code == 404
    assert client.get(f"/staff/applications/{case.reference}/correspondence/").status_code == 404


def test_the_applicant_sees_nothing_of_it(set_clock: SetClock) -> None:
    case = an_application_checked()
    entry = a_file_entry(case, title="What the neighbour says")
    document = Document.objects.get(about=entry.reference)
    client = signed_in(case.started_by)

    for address in (f"/applications/{case.reference}/", f"/applications/{case.reference}/messages/"):
        assert "neighbour" not in client.get(address).content.decode()
    for address in (
        f"/staff/correspondence/{entry.reference}/",
        f"/staff/correspondence/{entry.reference}/files/{document.reference}/",
    ):
        assert client.get(address).status_code == 403


def test_an_officer_adds_it_on_a_page_that_the_case_leads_to(set_clock: SetClock) -> None:
    set_clock(NOW)
    case, client = an_application_checked(), signed_in(person("case_officer"))
    door = f"/staff/applications/{case.reference}/add-to-file/"
    assert door in client.get(f"/staff/applications/{case.reference}/").content.decode()

    wrong = client.post(
        door, {"title": "Letter", "kind": "document", "direction": "received", **a_day("happened_on", TODAY)}
    )
    assert wrong.status_code == 422 and "Choose the file." in wrong.content.decode()
    told = {
        "title": "Statement of the bank",
        "kind": "document",
        "direction": "received",
        "documents": SimpleUploadedFile("bank.pdf", pdfs.a_pdf()),
        **a_day("happened_on", TODAY),
    }
    done = client.post(door, told)
    entry = FileEntry.objects.get()
    assert done.headers["Location"] == f"/staff/correspondence/{entry.reference}/"

    assert "bank.pdf" in client.get(done.headers["Location"]).content.decode()
    page = client.get(f"/staff/applications/{case.reference}/").content.decode()
    assert "Statement of the bank" in page and "Added to the file" in page


# --- evidence


def ground_on(document: Document) -> GivenGround:
    return GivenGround(standard="2.1", text="VAT is owed.", exhibits=(f"document:{document.reference}",))


def proposed(case: Any, document: Document) -> Any:
    grounds = [ground_on(document)]
    return proposals.propose(
        case, kind="refuse", because="VAT is owed.", grounds=grounds, by=person("case_officer"), at=NOW
    )


def test_a_ground_names_a_document_that_an_officer_added() -> None:
    case = an_application_checked()
    entry = a_file_entry(case, may_be_shown=True)
    document = Document.objects.get(about=entry.reference)

    decision = proposed(case, document)

    exhibit = decision.grounds.get().exhibits.get()
    assert exhibit.document == document and "Letter of HMRC about VAT" in exhibit.source
    assert refusal_of(lambda: actions.set_aside(entry, because="x", by=person("case_officer"), at=NOW)) == [
        "is_evidence"
    ]


def test_what_the_business_may_not_learn_of_is_no_evidence() -> None:
    case = an_application_checked()
    document = Document.objects.get(about=a_file_entry(case).reference)

    offered = offered_for(case, today=TODAY)

    assert any("Letter of HMRC" in source for source in offered.withheld)
    assert refusal_of(lambda: proposed(case, document)) != []


def test_what_was_set_aside_is_no_evidence() -> None:
    case = an_application_checked()
    entry = a_file_entry(case, may_be_shown=True)
    actions.set_aside(entry, because="It is of another firm.", by=person("case_officer"), at=NOW)

    assert not any("Letter of HMRC" in label for _key, label in offered_for(case, today=TODAY).exhibits)


# --- what follows


def test_an_entry_that_loses_its_only_file_is_the_task_of_who_added_it() -> None:
    officer = person("case_officer")
    entry = a_file_entry(an_application_checked(), by=officer, uploads=[uploaded("letter.pdf", pdfs.a_pdf())])
    document = Document.objects.get(about=entry.reference)

    documents.reject(document, fault="infected", because="A virus.", by=None, at=NOW)

    task = Task.objects.open().get(kind="fileentry.replace_file")
    assert task.owner == officer
    actions.set_aside(entry, because="The file is infected.", by=officer, at=NOW)
    assert not Task.objects.open().filter(kind="fileentry.replace_file").exists()


def test_all_correspondence_is_one_list_newest_first() -> None:
    case = an_application_checked()
    a_file_entry(case, kind="call", title="Call with the director", happened_on=TODAY, uploads=(), text="He will pay.")

    log = correspondence_of(case, by=person("case_officer"))

    assert "Call with the director" in [one.title for one in log]
    assert len({str(one.kind) for one in log}) > 1, "letters are in it too"
    assert [one.at for one in log] == sorted((one.at for one in log), reverse=True)


# --- by SQL


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE licensing_fileentry SET text = 'Other words.'",
        "UPDATE licensing_fileentry SET may_be_shown = TRUE",
        "UPDATE licensing_fileentry SET status = 'to_read'",
        "UPDATE licensing_fileentry SET application_id = NULL",
        "DELETE FROM licensing_fileentry",
    ],
)
def test_by_sql_what_is_on_a_file_stays(change: str) -> None:
    a_file_entry(an_application_checked())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
