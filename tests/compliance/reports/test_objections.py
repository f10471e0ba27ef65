"""The public objects to a listed applicant, where the pack allows it and as long as it does; by the way of any report."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from compliance.reports.models.reports import Report
from compliance.reports.queries import reports
from compliance.reports.states import ConcernKind
from registry import schemes
from registry.errors import Refused
from registry.register.actions import listings
from registry.register.models import Entry
from tests.compliance.reports.test_views_intake import answer, posted, text_of
from tests.compliance.reports.world import a_report, a_report_done
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder, an_applicant

pytestmark = pytest.mark.django_db

LABEL = str(ConcernKind.OBJECTION.label)
LINK = "Tell us why this business should not be licensed"
OBJECTION: dict[str, Any] = {"kinds": ["objection"], "about_number": "APP-00001"}
PACKS = Path(schemes.__file__).parent / "packs"


@pytest.fixture
def without_objections(tmp_path: Path) -> Iterator[None]:
    """The pack as it is, but that no version says anything of reports and objections."""
    shutil.copytree(PACKS / "gla-food", tmp_path / "gla-food")
    newest = tmp_path / "gla-food" / f"{schemes.versions('gla-food')[-1]}.toml"
    newest.write_text(re.sub(r"^\[reports\..*?(?=^# ---)", "", newest.read_text(), flags=re.MULTILINE | re.DOTALL))
    with schemes.use([tmp_path]):
        yield


def page_of(entry: Entry) -> str:
    return text_of(Client().get(f"/check/{entry.number}/"))


def begin(query: str) -> str:
    """The page on which the first question about the concern stands, after coming by an address."""
    first = Client().get(f"/report/{query}")
    return text_of(answer(first, danger="no"))


# --- on the register ---


def test_the_page_of_an_applicant_says_how_to_object_and_until_when() -> None:
    page = page_of(an_applicant())

    assert LINK in page
    assert "/report/?about=APP-00001&kind=objection" in page
    assert "You can object until the end of 22 November 2026." in page
    assert "We do not tell the business who said it." in page


def test_nobody_objects_to_who_is_licensed_or_was_refused() -> None:
    applicant = an_applicant()
    organisation = applicant.listing.organisation
    listings.show_refusal(
        organisation, scheme=applicant.scheme, refused_from=NOW.date(), by=person("decision_maker"), at=NOW
    )

    assert LINK not in page_of(applicant)
    assert LINK not in page_of(Entry.objects.get(listing=a_holder().listing))


@pytest.mark.parametrize(("days", "is_open"), [(20, True), (21, False)])
def test_the_time_for_it_ends(set_clock: SetClock, days: int, is_open: bool) -> None:
    applicant = an_applicant()

    set_clock(NOW + timedelta(days=days))

    assert (LINK in page_of(applicant)) is is_open
    assert (LABEL in begin("?about=APP-00001&kind=objection")) is is_open


@pytest.mark.usefixtures("without_objections")
def test_where_the_pack_has_none_nobody_is_asked_for_them() -> None:
    assert LINK not in page_of(an_applicant())
    with pytest.raises(Refused):
        a_report(**OBJECTION)


# --- in the form ---


def test_the_form_begins_with_the_applicant_and_the_objection() -> None:
    an_applicant("Meadow Staff Ltd")

    first = Client().get("/report/?about=APP-00001&kind=objection")
    what = answer(first, danger="no")
    who = answer(what, text="He ran a firm that was closed last year.", kinds="objection")

    assert 'value="objection" checked' in what.content.decode()
    assert 'value="Meadow Staff Ltd"' in who.content.decode()
    assert 'value="APP-00001"' in who.content.decode()


@pytest.mark.parametrize(
    "query",
    ["", "?about=APP-00001", "?about=HARV0001&kind=objection", "?kind=objection", "?about=APP-00009&kind=objection"],
)
def test_objections_are_offered_to_nobody_else(query: str) -> None:
    an_applicant()
    a_holder()

    assert LABEL not in begin(query)


def test_an_objection_is_kept_with_the_number_of_the_applicant() -> None:
    an_applicant()

    response = posted(kinds=["objection"], about_number=" app-00001 ")

    assert "translate" in response.content.decode()
    report = Report.objects.get()
    assert (report.kinds, report.about_number, report.scheme) == (["objection"], "APP-00001", "gla-food")


def test_what_comes_too_late_is_refused_and_nothing_typed_is_lost(set_clock: SetClock) -> None:
    an_applicant()
    set_clock(NOW + timedelta(days=21))

    response = posted(kinds=["objection"], about_number="APP-00001", text="He owes us for May.")

    assert response.status_code == 422
    assert "we read every report" in text_of(response)
    assert "He owes us for May." in text_of(response)
    assert Report.objects.count() == 0


# --- for staff ---


def test_who_decides_sees_how_many_objected_and_only_who_handles_reports_may_read() -> None:
    entry = an_applicant()
    organisation = entry.listing.organisation
    assert reports.objections_to(organisation, entry.scheme) is None

    a_report(**OBJECTION)
    a_report_done(**OBJECTION)
    a_report(kinds=["pay"], about_number="APP-00001")

    assert reports.objections_to(organisation, entry.scheme) == reports.ObjectionCount(2, 1, "APP-00001")
    assert reports.objections_to(organisation, "construction") is None


def test_the_list_of_reports_is_narrowed_to_them() -> None:
    an_applicant()
    objection, other = a_report(**OBJECTION), a_report(about_number="APP-00001")

    page = text_of(signed_in(person("intelligence_analyst")).get("/staff/reports/?kind=objection&q=APP-00001"))

    assert objection.reference in page
    assert other.reference not in page


# --- what happens with what is told ---


@pytest.mark.parametrize("address", ["/report/", "/cy/report/"])
def test_people_are_told_what_happens_with_it_before_they_report(address: str) -> None:
    page = text_of(Client().get(address))

    policy = schemes.in_force("gla-food", NOW.date()).reporting
    assert policy
    language = "cy" if "cy" in address else "en"
    for promise in policy.happens:
        assert page.count(promise.text[language]) == 1  # both schemes say the same


def test_they_read_it_again_before_they_send() -> None:
    assert "to immigration enforcement unless you agree" in text_of(posted(step="contact", contact="none"))


@pytest.mark.usefixtures("without_objections")
def test_a_pack_that_says_nothing_promises_nothing() -> None:
    assert "immigration" not in text_of(Client().get("/report/"))


def test_every_sentence_is_to_be_confirmed() -> None:
    for name in ("gla-food", "construction"):
        keys = {key for key, _why in schemes.to_review(schemes.get(name, schemes.versions(name)[-1]))}
        assert {"reporting", "objections"} <= keys
