"""The dossier on paper: what its reader may see, and no word of the report or of a source."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from compliance.field.queries.commissions import asked_of
from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs.models import HandOver
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.intelligence.actions import ties as intelligence
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade, named
from licensing.dossiers import actions as dossiers
from licensing.dossiers.queries import dossier_of
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from tests.compliance.contradictions.world import accept_all
from tests.compliance.field.world import an_interview
from tests.compliance.hand_overs.world import CANARY, CLEARED, handed_over, report_of
from tests.compliance.intelligence.world import HEARD as SOURCE_TEXT
from tests.compliance.intelligence.world import SANITISED, some_intelligence
from tests.compliance.stories import an_inspection, findings, signed
from tests.compliance.who_saw.world import acts_seen
from tests.conftest import NOW
from tests.licensing.phoenix_matches.world import a_look_alike
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def a_known_firm() -> HandOver:
    licence = a_licence()
    some_intelligence(licence.organisation)
    some_intelligence(
        licence.organisation, grade=Grade("1", "B", "C", ["A2"], ""), sanitised_text="Under conditions only."
    )
    return handed_over(licence=licence)


def test_each_part_follows_the_permissions_of_its_reader() -> None:
    one = a_known_firm()

    officer, analyst = dossier_of(one, by=person("case_officer")), dossier_of(one, by=person("intelligence_analyst"))

    assert [piece.sanitised_text for piece in officer.intelligence or ()] == [SANITISED]
    assert officer.intelligence_held_back == 1
    assert officer.file is not None
    assert officer.visits == ()
    assert officer.look_alikes == ()
    assert analyst.look_alikes is None


def test_a_possible_phoenix_business_is_in_the_dossier_of_who_may_see_it() -> None:
    match = a_look_alike()
    one = a_known_firm()
    one.organisation = match.organisation

    assert dossier_of(one, by=person("case_officer")).look_alikes == (match,)
    assert dossier_of(one, by=person("intelligence_analyst")).look_alikes is None


@pytest.mark.pdf
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_on_paper_there_is_no_word_of_the_report_or_of_a_source(tmp_path: Path) -> None:
    one = a_known_firm()

    response = signed_in(person("case_officer")).post(f"/staff/hand-overs/{one.reference}/dossier.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    printed = tmp_path / "dossier.pdf"
    printed.write_bytes(response.content)
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True, text=True).stdout
    read = " ".join(text.split())
    for shown in (CLEARED, SANITISED, one.reference, one.licence_number):
        assert shown in read
    for kept in (CANARY, SOURCE_TEXT, "Under conditions only.", report_of(one).reference):
        assert kept not in read
    assert signed_in(person("inspector")).post(f"/staff/hand-overs/{one.reference}/dossier.pdf").status_code == 403


# --- links, vehicles, what workers said ---

#: Under conditions: none of these words may be read in a dossier.
RESTRICTED = "Quagga"


def linked(one: Intelligence, firm: Organisation, kind: str, other: str) -> None:
    first = named("organisation", firm.legal_name, firm, where="first")
    second = named(kind, other, None, where="second")
    analyst = person("intelligence_analyst")
    intelligence.tie(one, first=first, second=second, how="carries workers in", strength=2, by=analyst, at=NOW)


def page(one: HandOver, by: User) -> str:
    return " ".join(signed_in(by).get(f"/staff/hand-overs/{one.reference}/").content.decode().split())


def read(one: HandOver, by: User | None = None) -> str:
    by = by or person("case_officer")
    dossiers.read_dossier(one, by=by, at=timezone.now())
    return page(one, by)


def visited(firm: Organisation, *said: dict[str, Any]) -> Inspection:
    """A confirmed visit on which these workers talked."""
    visit = an_inspection(organisation=firm)
    for one in said:
        an_interview(visit, **one)
    signed(visit)
    visit = inspections.record_findings(
        visit, findings=findings(visit), summary="At the office.", visited_on=NOW.date(), by=visit.inspector, at=NOW
    )
    inspections.report(visit, by=visit.inspector, at=NOW)
    reviewer = person("quality_reviewer")
    accept_all(visit, reviewer)
    return inspections.confirm(visit, by=reviewer, at=NOW)


def test_links_by_what_may_be_shared_are_said_in_words_and_others_are_only_counted() -> None:
    licence = a_licence()
    linked(some_intelligence(licence.organisation), licence.organisation, "vehicle", "AB12 CDE")
    restricted = some_intelligence(grade=Grade("1", "B", "C", ["A2"], ""), sanitised_text=f"{RESTRICTED} van.")
    linked(restricted, licence.organisation, "person", f"{RESTRICTED} Jones")
    one = handed_over(licence=licence)

    shown = read(one)

    assert "carries workers in, AB12 CDE (Vehicle): Likely" in shown
    assert "1 more link has conditions" in shown
    assert RESTRICTED not in shown
    assert restricted.reference not in shown


def test_a_link_to_an_organisation_of_a_conflict_is_not_shown() -> None:
    licence, other = a_licence(), a_licence(legal_name="Fern Labour Ltd")
    officer = person("case_officer")
    piece = some_intelligence()
    ends = (named("organisation", one.legal_name, one, where="") for one in (licence.organisation, other.organisation))
    intelligence.tie(
        piece,
        first=next(ends),
        second=next(ends),
        how="same director",
        strength=3,
        by=person("intelligence_analyst"),
        at=NOW,
    )
    one = handed_over(licence=licence)
    assert "Fern Labour Ltd" in str(dossier_of(one, by=officer).links)

    conflicts.declare(
        officer,
        organisation=other.organisation,
        because="A cousin works there.",
        since=NOW.date(),
        by=officer,
        at=NOW,
    )

    assert dossier_of(one, by=officer).links == ()


def test_the_vehicles_that_the_holder_has_stated_are_in_it() -> None:
    licence = a_licence()
    organisations.write_down(
        licence.organisation, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="change", at=NOW
    )

    assert "AB12 CDE" in read(handed_over(licence=licence))


def test_what_workers_said_is_numbers_once_they_are_enough_and_never_their_words() -> None:
    licence = a_licence()
    words = {"pay": {"said": "", "words": RESTRICTED}, "papers": {"said": "no", "words": RESTRICTED}}
    few = visited(licence.organisation, {"answers": words, "notes": RESTRICTED})
    one = handed_over(licence=licence)

    shown = read(one)
    assert "too few to say how many" in shown

    many = visited(licence.organisation, *[{"answers": words, "notes": RESTRICTED}] * 3)
    shown = read(one)

    assert "Workers who talked: 3." in shown
    assert "No: 3" in shown
    assert RESTRICTED not in shown
    assert report_of(one).reference not in shown
    assert "Dossier read" in acts_seen(many.reference)
    assert "Dossier read" not in acts_seen(few.reference)


# --- who saw this? ---


def test_a_dossier_is_opened_first_and_again_when_more_is_in_it_and_who_opens_it_is_on_the_trail() -> None:
    licence = a_licence()
    piece = some_intelligence(licence.organisation)
    one, officer = handed_over(licence=licence), person("case_officer")
    shut = page(one, officer)
    assert CLEARED in shut
    assert SANITISED not in shut
    assert signed_in(officer).post(f"/staff/hand-overs/{one.reference}/open/").status_code == 302
    assert SANITISED in page(one, officer)
    assert SANITISED not in page(one, person("case_officer"))

    other = some_intelligence(licence.organisation, sanitised_text="A second van was seen.")
    assert SANITISED not in page(one, officer)
    assert "A second van was seen." in read(one, officer)

    for reference, times in (
        (one.reference, 2),
        (piece.reference, 2),
        (other.reference, 1),
        (report_of(one).reference, 2),
    ):
        assert acts_seen(reference).count("Dossier read") == times
    told = signed_in(person("auditor")).get("/staff/who-saw/", {"reference": one.reference}).content.decode()
    assert "Dossier read" in told


@pytest.mark.pdf
def test_each_copy_on_paper_is_on_the_trail() -> None:
    one = a_known_firm()
    officer = signed_in(person("case_officer"))
    for _copy in range(2):
        officer.post(f"/staff/hand-overs/{one.reference}/dossier.pdf")

    assert acts_seen(one.reference).count("Dossier printed") == 2


def test_reading_a_dossier_makes_no_open_page_old() -> None:
    one = handed_over()
    officer = signed_in(person("case_officer"))
    address = f"/staff/hand-overs/{one.reference}/decline/"
    form = officer.get(address).content.decode()
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    read(one)

    sent = officer.post(address, {"because": "It was visited last week.", "version": version[1]})

    assert sent.status_code == 302


# --- the brief and the device ---


def test_the_cleared_text_is_in_the_brief_and_on_the_device_and_no_word_of_the_report() -> None:
    one = handed_over()
    visit = hand_overs.commission(
        one, brief="", inspector=person("inspector"), due_on=NOW.date(), by=person("case_officer"), at=NOW
    )

    taken = str(asked_of(visit))

    assert CLEARED in visit.brief
    assert CLEARED in taken
    assert CANARY not in taken
    assert report_of(one).reference not in taken
