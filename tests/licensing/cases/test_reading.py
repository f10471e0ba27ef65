"""Files of a case are read one after another, beside what the application says."""

import pytest

from registry.documents.models import Document
from registry.uploads import ScanVerdict
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.stories import a_document, a_grant_proposed, a_licence, an_application_checked
from tests.people import person, signed_in
from tests.registry.conflicts.test_actions import declared

pytestmark = pytest.mark.django_db


def test_files_follow_one_another_and_the_answers_stand_beside_them() -> None:
    case = an_application_checked()
    a_file_entry(case, title="Letter of the landlord")
    client = signed_in(person("case_officer"))
    first = a_document(case)
    here = f"/staff/applications/{case.reference}/documents/{first.reference}/read/"
    assert here in client.get(f"/staff/applications/{case.reference}/").content.decode()

    page = client.get(here)

    text = page.content.decode()
    assert "Answers as submitted" in text and "Next file" in text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.context["reading"].number < page.context["reading"].count
    last = client.get(page.context["reading"].after).context["reading"]
    while last.after:
        last = client.get(last.after).context["reading"]
    assert last.file.sent_as == "Letter of the landlord" and last.number == last.count


def test_the_file_is_shown_within_our_page_only_and_runs_nothing() -> None:
    case = an_application_checked()
    file = a_document(case)

    shown = signed_in(person("case_officer")).get(
        f"/staff/applications/{case.reference}/documents/{file.reference}/shown/"
    )

    assert b"".join(shown.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy and "script" not in policy
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Cache-Control"] == "no-store"


def test_no_other_file_and_no_other_person_gets_there() -> None:
    case, other = an_application_checked(), an_application_checked()
    held, of_other = a_document(case, verdict=ScanVerdict.UNKNOWN), a_document(other)
    officer = person("case_officer")
    client = signed_in(officer)
    for reference in (held.reference, of_other.reference, "E-0000-0000"):
        for part in ("read", "shown"):
            address = f"/staff/applications/{case.reference}/documents/{reference}/{part}/"
            assert client.get(address).status_code == 404

    mine = a_document(case)
    declared(officer, case.organisation)
    for part in ("read", "shown"):
        address = f"/staff/applications/{case.reference}/documents/{mine.reference}/{part}/"
        assert client.get(address).status_code == 404
        assert signed_in(case.started_by).get(address).status_code == 403


def test_who_proposes_and_who_decides_read_the_files_beside_the_form() -> None:
    """They open in a frame of the page: what was typed stays there."""
    proposal = a_grant_proposed()
    case = proposal.application
    assert case is not None
    held = a_document(case, verdict=ScanVerdict.UNKNOWN)
    shown = f"/staff/applications/{case.reference}/documents/{a_document(case).reference}/shown/"
    other = an_application_checked()
    a_document(other)

    for role, address in (
        ("case_officer", f"/staff/applications/{other.reference}/propose/grant/"),
        ("case_officer", f"/staff/applications/{other.reference}/propose/refuse/"),
        ("decision_maker", f"/staff/decisions/{proposal.reference}/decide/"),
    ):
        page = signed_in(person(role)).get(address)
        text = page.content.decode()
        assert 'target="file"' in text and '<iframe class="app-reading__frame" name="file"' in text
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert shown in text and held.reference not in text


def test_who_proposes_about_a_licence_reads_what_is_on_its_file() -> None:
    licence, officer = a_licence(), signed_in(person("case_officer"))
    entry = a_file_entry(licence, title="Letter of a worker")
    document = Document.objects.get(about=entry.reference)
    address = f"/staff/correspondence/{entry.reference}/files/{document.reference}/shown/"

    page = officer.get(f"/staff/licences/{licence.number}/propose/revoke/")
    shown = officer.get(address)

    text = page.content.decode()
    assert f'href="{address}" target="file"' in text and "Letter of a worker" in text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert b"".join(shown.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert officer.get(address.replace(document.reference, "E-0000-0000")).status_code == 404
    assert signed_in(person("applicant")).get(address).status_code == 403


def test_a_form_about_a_case_without_files_has_no_frame() -> None:
    case = an_application_checked()
    Document.objects.about(case.reference).update(about="A-0000-0000")

    page = (
        signed_in(person("case_officer")).get(f"/staff/applications/{case.reference}/propose/grant/").content.decode()
    )

    assert "<iframe" not in page
