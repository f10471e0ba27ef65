"""The bundle of an appeal: indexed, paginated, with the pages of documents, and without what may not be disclosed."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from licensing import jobs
from licensing.appeals.actions import bundles
from licensing.appeals.models import Appeal, AppealBundle
from licensing.appeals.queries.bundles import bundle_blockers, bundle_of
from licensing.applications.models import Application
from licensing.decisions.actions import proposals
from licensing.decisions.rules.grounds import GivenGround
from registry import uploads as files
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.uploads import StorageArea
from tests.licensing.appeals.world import received
from tests.licensing.checks.agencies import a_check_put, answered
from tests.licensing.stories import a_document, an_application_checked, decided, later, notified
from tests.people import person, signed_in
from tests.registry.papers.test_pdf import tool

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


@pytest.fixture(autouse=True)
def var_dir(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path


def an_appeal_on(application: Application, *keys: str) -> Appeal:
    """Against a refusal that rests on this evidence."""
    grounds = [GivenGround("2.1", "No returns were sent.", "The director said so.", exhibits=keys)]
    officer: dict[str, Any] = {"by": person("case_officer"), "at": later(0)}
    decision = proposals.propose(application, kind="refuse", because="Not met.", grounds=grounds, **officer)
    return received(decided(notified(decision), at=later(15)), at=later(15))


def words(paper: bytes, tmp_path: Path) -> str:
    file = tmp_path / "bundle.pdf"
    file.write_bytes(paper)
    return tool("pdftotext", "-layout", file, "-").stdout


def test_it_holds_all_that_the_decision_rested_on_with_the_pages_of_its_documents(tmp_path: Path) -> None:
    application = an_application_checked()
    document = a_document(application)
    appeal = an_appeal_on(application, f"document:{document.reference}")
    officer: Client = signed_in(person("case_officer"))

    page = f"/staff/appeals/{appeal.reference}/"
    officer.post(f"{page}bundle/")
    assert "preparing the bundle since" in officer.get(page).content.decode()
    assert jobs.make_bundles(at=later(15)) == 1
    assert "Download the bundle" in officer.get(page).content.decode()
    assert not Event.objects.filter(verb="take_bundle").exists()
    answer = officer.post(f"{page}bundle/{AppealBundle.objects.get().pk}/")

    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    pages = len(pikepdf.open(io.BytesIO(answer.content)).pages)
    said = words(answer.content, tmp_path)
    assert f"{pages}/{pages}" in said.replace(" ", "")
    for part in (
        "Index",
        "No returns were sent.",
        "The director said so.",
        "The photographs are of another house.",
        "It holds.",
    ):
        assert part in said
    assert "Annex 1" in said and "Agreement" in said.split("page 1 of 1")[-1]
    event = Event.objects.get(verb="take_bundle")
    assert event.facts["documents"] == [document.reference] and len(event.facts["letters"]) == 2


def test_what_may_not_be_passed_on_is_left_out_and_counted() -> None:
    """A reply that its subject has been told, and that its authority has not agreed to pass on."""
    reply = answered(a_check_put(), may_be_shown_to_subject=True)
    application = reply.asked.application
    assert application is not None
    appeal = an_appeal_on(an_application_checked(application), f"check:{reply.asked.reference}")

    papers = bundle_of(appeal, language="en")
    printed = taken(appeal, by=person("case_officer"))

    assert papers.left_out == 3 and not papers.letters
    assert "48,211" not in str(papers.grounds)
    assert b"48,211" not in printed
    assert list(bundle_blockers(papers)) == []
    in_a_condition = replace(papers, conditions=(("2.1", reply.evidence, later(60).date()),))
    assert {reason.code for reason in bundle_blockers(in_a_condition)} == {"restricted"}
    Appeal.objects.filter(pk=appeal.pk).update(grounds=reply.evidence)
    officer = person("case_officer")
    refused = bundles.ask(Appeal.objects.get(), by=officer, at=later(16))
    jobs.make_bundles(at=later(16))
    refused.refresh_from_db()
    assert not refused.is_ready and "may not be passed on" in "".join(refused.refused)
    assert refused.refused[0] in signed_in(officer).get(f"/staff/appeals/{appeal.reference}/").content.decode()


def taken(appeal: Appeal, *, by: User) -> bytes:
    bundle = bundles.ask(appeal, by=by, at=later(15))
    jobs.make_bundles(at=later(15))
    bundle.refresh_from_db()
    return bundles.take(bundle, by=by, at=later(15))


def test_asking_twice_makes_one_and_its_file_goes_after_a_day(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    appeal = an_appeal_on(an_application_checked())
    officer = person("case_officer")
    first = bundles.ask(appeal, by=officer, at=later(15))
    assert bundles.ask(appeal, by=officer, at=later(15)) == first
    assert jobs.make_bundles(at=later(15)) == 1
    first.refresh_from_db()
    name = first.stored_as

    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.make_bundles(at=later(17)) == 0

    first.refresh_from_db()
    assert files.digest_of(StorageArea.MADE, name) == "" and not first.is_ready
    with pytest.raises(Refused):
        bundles.take(first, by=officer, at=later(17))


def test_a_worker_that_was_stopped_leaves_the_bundle_to_the_next() -> None:
    bundle = bundles.ask(an_appeal_on(an_application_checked()), by=person("case_officer"), at=later(15))
    AppealBundle.objects.update(started_at=later(15))

    assert jobs.make_bundles(at=later(15) + timedelta(minutes=14)) == 0
    assert jobs.make_bundles(at=later(15) + timedelta(minutes=16)) == 1
    bundle.refresh_from_db()
    assert bundle.is_ready


def test_a_bundle_that_cannot_be_printed_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = bundles.ask(an_appeal_on(an_application_checked()), by=person("case_officer"), at=later(15))
    monkeypatch.setattr("licensing.appeals.letters.bundle", lambda *args, **facts: 1 / 0)

    assert jobs.make_bundles(at=later(15)) == 0
    bundle.refresh_from_db()
    assert bundle.is_waiting


def test_somebody_with_a_conflict_of_interest_gets_none() -> None:
    officer = person("case_officer")
    appeal = an_appeal_on(an_application_checked())
    bundle = bundles.ask(appeal, by=officer, at=later(15))
    conflicts.declare(
        officer,
        organisation=appeal.organisation,
        because="My brother works there.",
        since=later(15).date(),
        by=officer,
        at=later(15),
    )

    jobs.make_bundles(at=later(15))

    bundle.refresh_from_db()
    assert not bundle.is_ready and bundle.refused
