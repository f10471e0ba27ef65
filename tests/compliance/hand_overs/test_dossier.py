"""The dossier on paper: what its reader may see, and no word of the report or of a source."""

import shutil
import subprocess
from pathlib import Path

import pytest

from compliance.hand_overs.models import HandOver
from compliance.intelligence.rules import Grade
from licensing.dossiers.queries import dossier_of
from tests.compliance.hand_overs.world import CANARY, CLEARED, handed_over
from tests.compliance.intelligence.world import HEARD as SOURCE_TEXT
from tests.compliance.intelligence.world import SANITISED, some_intelligence
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

    response = signed_in(person("case_officer")).get(f"/staff/hand-overs/{one.reference}/dossier.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    printed = tmp_path / "dossier.pdf"
    printed.write_bytes(response.content)
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True, text=True).stdout
    read = " ".join(text.split())
    for shown in (CLEARED, SANITISED, one.reference, one.licence_number):
        assert shown in read
    for kept in (CANARY, SOURCE_TEXT, "Under conditions only.", one.report.reference):
        assert kept not in read
    assert signed_in(person("inspector")).get(f"/staff/hand-overs/{one.reference}/dossier.pdf").status_code == 403
