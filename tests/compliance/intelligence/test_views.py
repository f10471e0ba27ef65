"""Intelligence on its pages: recorded from a report, read for a reason, found by its sanitised text, passed on."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.rules import Grade
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import HEARD, SANITISED, some_intelligence
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

WHY = "To prepare the visit on Friday."
PURPOSE = "To protect workers from harm: 2004 Act, section 19."
TYPED = {
    "source_text": HEARD,
    "sanitised_text": SANITISED,
    "learnt_on_day": "1",
    "learnt_on_month": "11",
    "learnt_on_year": "2026",
    "source": "2",
    "information": "B",
    "handling": "C",
    "conditions": ["A2", "S2"],
}


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


@pytest.fixture
def client(analyst: User) -> Client:
    return signed_in(analyst)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def opened(client: Client, one: Intelligence) -> str:
    client.post(f"/staff/intelligence/{one.reference}/", {"because": WHY})
    return text_of(client.get(f"/staff/intelligence/{one.reference}/"))


def listed(client: Client, query: str = "") -> list[str]:
    return [one.reference for one in client.get(f"/staff/intelligence/{query}").context["page"].rows]


def test_it_is_recorded_from_a_report_about_organisations_by_their_numbers(client: Client) -> None:
    licence, other = a_holder("Harvest Hands Ltd"), an_organisation("Meadow Staff Ltd")
    report = a_report(about_number=licence.number)
    address = f"/staff/intelligence/new/?report={report.reference}"
    client.post(f"/staff/reports/{report.reference}/", {"because": "To grade what it says."})
    assert licence.organisation.reference in text_of(client.get(address))

    wrong = client.post(address, {**TYPED, "about": "ZZZZ9999"})
    right = client.post(address, {**TYPED, "about": f"{licence.number}, {other.reference}"})

    assert wrong.status_code == 422
    assert "There is no organisation ZZZZ9999." in text_of(wrong)
    one = Intelligence.objects.get()
    assert right.url == f"/staff/intelligence/{one.reference}/"  # type: ignore[attr-defined]
    assert (one.grade, one.conditions, one.report) == ("2B/C", ["A2", "S2"], report)
    assert {subject.organisation for subject in one.subjects.all()} == {licence.organisation, other}


def test_what_is_missing_is_said_all_at_once_and_what_was_typed_stays(client: Client) -> None:
    page = client.post("/staff/intelligence/new/", {"source_text": HEARD, "source": "2"})

    assert page.status_code == 422
    for said in (
        HEARD,
        "Remove anything that could identify the source",
        "Say how good the information is.",
        "Say whether it may",
    ):
        assert said in text_of(page)


def test_nothing_is_learnt_in_the_future(client: Client) -> None:
    page = client.post("/staff/intelligence/new/", {**TYPED, "learnt_on_year": "2030"})

    assert page.status_code == 422 and "Enter a day that is not in the future." in text_of(page)
    assert not Intelligence.objects.exists()


def test_whoever_opens_it_says_why_and_what_was_heard_is_for_who_wrote_it_and_source_handlers(
    client: Client, analyst: User
) -> None:
    one = some_intelligence(an_organisation("Harvest Hands Ltd"), by=analyst, grade=Grade("1", "B", "C", ["S2"]))

    assert SANITISED not in text_of(client.get(f"/staff/intelligence/{one.reference}/"))
    assert HEARD in opened(client, one)
    assert "Ask us before passing it on" in opened(client, one)
    other = opened(signed_in(person("intelligence_analyst")), one)
    assert SANITISED in other
    assert HEARD not in other
    assert HEARD in opened(signed_in(person("source_handler")), one)
    assert {event.because for event in Event.objects.filter(kind="intelligence", verb="read")} == {WHY}


def test_a_search_for_what_was_heard_is_like_one_for_nonsense(client: Client) -> None:
    one = some_intelligence(an_organisation("Harvest Hands Ltd"))
    later = some_intelligence(grade=Grade("3", "E", "P"), sanitised_text="A van without seats.")

    assert listed(client) == [later.reference, one.reference]
    assert listed(client, "?q=passports") == listed(client, "?q=harvest+hands") == [one.reference]
    assert listed(client, "?source=3") == listed(client, "?information=E&handling=P") == [later.reference]
    heard, nonsense = (text_of(client.get(f"/staff/intelligence/?q={words}")) for words in ("drawer", "drawxr"))
    drawn_anew = re.compile('value="[A-Za-z0-9]{64}"|data-left="[0-9]+"')
    assert drawn_anew.sub("", heard).replace("drawer", "drawxr") == drawn_anew.sub("", nonsense)


def test_the_list_and_its_file_cost_the_same_however_long(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _more in range(4):
        some_intelligence(an_organisation("Harvest Hands Ltd"))

    # Two of them write down who was shown which rows.
    with django_assert_num_queries(13):
        client.get("/staff/intelligence/")
    csv = b"".join(client.post("/staff/intelligence/list.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert csv.count(SANITISED) == 4
    assert HEARD not in csv


def test_it_is_graded_anew_on_its_page(client: Client) -> None:
    one = some_intelligence()
    address = f"/staff/intelligence/{one.reference}/grade-anew/"
    typed = {"source": "1", "information": "A", "handling": "P", "because": "The visit found them."}
    opened(client, one)

    assert client.post(address, {**typed, "conditions": ["S2"]}).status_code == 422
    assert client.post(address, typed).status_code == 302

    one.refresh_from_db()
    assert one.grade == "1A/P"


@pytest.mark.parametrize("door", ["grade-anew", "pass-on", "tie", "hand-over"])
def test_no_side_door_shows_it_before_its_reader_has_said_why(client: Client, door: str) -> None:
    one = some_intelligence()
    address = f"/staff/intelligence/{one.reference}/{door}/"

    for answer in (client.get(address), client.post(address, {"because": "The visit found them."})):
        assert answer.headers["Location"] == f"/staff/intelligence/{one.reference}/"

    opened(client, one)
    assert SANITISED in text_of(client.get(address))


# --- another authority ---


def test_another_authority_reads_what_it_was_given_once_it_accepts_the_conditions(client: Client) -> None:
    agency, other = an_agency("Revenue of Sampleshire"), an_agency("Police of Sampleshire")
    partner, stranger = (signed_in(person("partner_agency", agency=one)) for one in (agency, other))
    one = some_intelligence(grade=Grade("1", "B", "C", ["S2"], "Not to be used in court."))
    address = f"/staff/intelligence/{one.reference}/pass-on/"
    opened(client, one)
    assert client.post(address, {"agency": agency.reference, "purpose": "short"}).status_code == 422

    assert client.post(address, {"agency": agency.reference, "purpose": PURPOSE}).status_code == 302

    passed = Dissemination.objects.get()
    inbox = f"/staff/passed-on/{passed.reference}/"
    assert [count.number for count in partner.get("/staff/").context["beside"]] == [1]
    before = text_of(partner.get(inbox))
    assert SANITISED not in before
    for said in ("Ask us before passing it on", "Not to be used in court.", PURPOSE):
        assert said in before
    assert partner.post(inbox).status_code == 302
    after = text_of(partner.get(inbox))
    assert SANITISED in after
    assert HEARD not in after
    assert partner.get("/staff/").context["beside"] == []
    assert stranger.get(inbox).status_code == 404
    assert passed.reference not in text_of(stranger.get("/staff/passed-on/"))
    assert partner.get(f"/staff/intelligence/{one.reference}/").status_code == 403
    assert Event.objects.get(kind="dissemination").verb == "accept_conditions"
    assert "Opened" in opened(client, one)


def test_whoever_passes_on_sees_grade_conditions_and_whom_it_is_about_and_the_authority_learns_whom(
    client: Client, analyst: User
) -> None:
    agency, about = an_agency("Revenue of Sampleshire"), an_organisation("Afon Labour Ltd")
    partner = signed_in(person("partner_agency", agency=agency))
    one = some_intelligence(about, by=analyst, grade=Grade("1", "B", "C", ["S2"], "Not to be used in court."))

    opened(client, one)
    form = text_of(client.get(f"/staff/intelligence/{one.reference}/pass-on/"))
    for said in ("Afon Labour Ltd", "Not to be used in court.", "Ask us before passing it on", SANITISED):
        assert said in form
    assert HEARD not in form

    passed = intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)
    inbox = f"/staff/passed-on/{passed.reference}/"
    assert "Afon Labour Ltd" not in text_of(partner.get(inbox))
    partner.post(inbox)
    assert "Afon Labour Ltd" in text_of(partner.get(inbox))


def test_each_person_of_the_authority_opens_it_and_the_trail_knows_each_once(analyst: User) -> None:
    agency = an_agency("Revenue of Sampleshire")
    first, second = (person("partner_agency", agency=agency) for _colleague in range(2))
    one = some_intelligence(by=analyst)
    passed = intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)
    inbox = f"/staff/passed-on/{passed.reference}/"
    signed_in(first).post(inbox)

    colleague = signed_in(second)
    assert SANITISED not in text_of(colleague.get(inbox))
    for _twice in range(2):
        colleague.post(inbox)

    assert SANITISED in text_of(colleague.get(inbox))
    opened_by = Event.objects.filter(kind="dissemination").order_by("number").values_list("verb", "by")
    assert list(opened_by) == [("accept_conditions", first.reference), ("open", second.reference)]
    passed.refresh_from_db()
    assert passed.accepted_by == first


def test_what_was_passed_on_stays_what_it_was(client: Client, analyst: User) -> None:
    agency = an_agency("Revenue of Sampleshire")
    one = some_intelligence(by=analyst, grade=Grade("1", "B", "P"))
    passed = intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)

    intelligence.grade_anew(one, grade=Grade("3", "E", "P"), because="It was not so at all.", by=analyst, at=NOW)

    passed.refresh_from_db()
    assert (passed.grade, passed.text) == ("1B/P", SANITISED)


# --- sources ---


def test_a_handler_keeps_looks_at_and_hands_over_a_source_on_pages() -> None:
    handler, other = person("source_handler"), person("source_handler", name="Rhys Parry")
    client = signed_in(handler)
    source = a_source(by=handler)
    some_intelligence(by=handler, source=source)

    page = text_of(client.get(f"/staff/sources/{source.reference}/"))
    assert "Right twice." in page
    assert "2A/P" in page
    typed = {"to": other.reference, "because": "I go on leave until May."}
    assert client.post(f"/staff/sources/{source.reference}/hand-over/", typed).status_code == 302
    assert client.get(f"/staff/sources/{source.reference}/").status_code == 404
    assert source.reference in text_of(signed_in(other).get("/staff/sources/"))
