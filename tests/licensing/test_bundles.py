"""The bundle of an appeal: indexed, paginated, with the pages of documents, and without what may not be disclosed."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pytest_django import Settings

from licensing.actions import appeals, proposals
from licensing.models import Appeal, Application
from licensing.queries.bundles import bundle_blockers, bundle_of
from licensing.rules.grounds import GivenGround
from registry.errors import Refused
from registry.models import Event
from tests.licensing.agencies import a_check_put, answered
from tests.licensing.appeals import received
from tests.licensing.stories import a_document, an_application_checked, decided, later, notified
from tests.people import person, signed_in
from tests.registry.test_pdf import tool

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

    answer = officer.post(f"/staff/appeals/{appeal.reference}/bundle/")

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
    printed = appeals.take_bundle(appeal, by=person("case_officer"), at=later(15))

    assert papers.left_out == 3 and not papers.letters
    assert "48,211" not in str(papers.grounds)
    assert b"48,211" not in printed
    assert list(bundle_blockers(papers)) == []
    in_a_condition = replace(papers, conditions=(("2.1", reply.evidence, later(60).date()),))
    assert {reason.code for reason in bundle_blockers(in_a_condition)} == {"restricted"}
    Appeal.objects.filter(pk=appeal.pk).update(grounds=reply.evidence)
    with pytest.raises(Refused) as refused:
        appeals.take_bundle(Appeal.objects.get(), by=person("case_officer"), at=later(15))
    assert {reason.code for reason in refused.value.reasons} == {"restricted"}
