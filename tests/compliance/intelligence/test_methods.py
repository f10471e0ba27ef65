"""Methods of offenders: tagged on reports and intelligence by the codes of the pack, and counted once for each report."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from compliance.intelligence.actions.methods import tag_methods
from compliance.intelligence.queries.methods import in_words, methods_for
from compliance.reports.actions import triage
from compliance.reports.models.reports import Report
from compliance.reports.models.triage import TagKind
from compliance.statistics.queries import people_released
from compliance.statistics.queries.quarters import quarters_over
from compliance.statistics.queries.reports import received_reports
from registry import schemes
from registry.accounts.models import User
from registry.editions.tables import Mark
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import a_scheme

pytestmark = pytest.mark.django_db

LATER = date(2027, 1, 1)
#: The last day of the quarter in which the reports of these tests come in.
LAST_DAY = LATER.replace(day=1) - timedelta(days=1)


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst")


def tagged(*codes: str, by: User) -> Report:
    report = a_report()
    return triage.tag(
        report, scheme=a_scheme(NOW.date()).name, standards=[], indicators=[], methods=codes, by=by, at=NOW
    )


def test_a_report_is_tagged_by_methods_of_the_pack_and_by_no_others(analyst: User) -> None:
    report = tagged("M3", "M4", by=analyst)

    assert list(report.tags.filter(kind=TagKind.METHOD).values_list("code", flat=True)) == ["M3", "M4"]
    with pytest.raises(Refused) as refused:
        tagged("M99", by=analyst)
    assert [one.where for one in refused.value.reasons] == ["methods"]


def test_intelligence_is_tagged_by_an_analyst_and_the_last_choice_holds(analyst: User) -> None:
    piece = some_intelligence(by=analyst)

    tag_methods(piece, methods=["M1", "M2"], by=analyst, at=NOW)
    tag_methods(piece, methods=["M2"], by=analyst, at=NOW)

    assert in_words(piece) == ["M2 Fees for finding work"]
    assert Event.objects.of([("intelligence", piece.reference)]).filter(verb="tag_methods").count() == 2
    with pytest.raises(Refused):
        tag_methods(piece, methods=["7"], by=analyst, at=NOW)
    with pytest.raises(PermissionDenied):
        tag_methods(piece, methods=["M1"], by=person("safeguarding_lead"), at=NOW)


def test_the_page_shows_guidance_beside_each_method_and_saves_the_choice(analyst: User) -> None:
    piece = some_intelligence(by=analyst)
    client = signed_in(analyst)
    client.post(f"/staff/intelligence/{piece.reference}/", {"because": "To say how they work."})
    address = f"/staff/intelligence/{piece.reference}/methods/"

    asked = client.get(address).content.decode()
    assert all(one.guidance["en"] in asked for one in methods_for(piece))
    assert client.post(address, {"methods": ["M5"]}).status_code == 302

    assert (
        "M5 Supply through several businesses" in client.get(f"/staff/intelligence/{piece.reference}/").content.decode()
    )
    assert piece.reference in client.get("/staff/intelligence/?method=M5").content.decode()
    assert piece.reference not in client.get("/staff/intelligence/?method=M6").content.decode()


def test_a_report_counts_once_for_a_method_that_its_intelligence_has_too(analyst: User) -> None:
    report = tagged("M3", by=analyst)
    piece = some_intelligence(by=analyst, report=report)
    tag_methods(piece, methods=["M3", "M4"], by=analyst, at=NOW)

    counted = received_reports(quarters_over(LATER))

    assert [one.methods for one in counted] == [("M3", "M4")]


def test_the_edition_has_methods_without_any_number_under_ten(analyst: User) -> None:
    for _number in range(12):
        tagged("M3", by=analyst)
    for _number in range(3):
        tagged("M4", by=analyst)
    for _number in range(10):
        tagged(by=analyst)

    tables = {one.code: one for one in people_released.tables(LAST_DAY)}

    numbers = {str(row[1]): row[2] for row in tables["methods"].rows}
    assert numbers["M3"] == 12
    assert numbers["M4"] == Mark.HIDDEN
    assert tables["methods"].dimensions[1].values["M3"]["cy"] == "M3. Defnyddio tai i reoli"


def test_every_method_has_guidance_and_says_that_it_is_to_be_reviewed() -> None:
    terms = schemes.in_force(a_scheme(NOW.date()).name, NOW.date()).intelligence
    assert terms is not None and terms.methods
    assert all(one.guidance["cy"] and one.needs_review and one.source for one in terms.methods)
