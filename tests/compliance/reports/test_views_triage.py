"""What staff say of a report, on its pages: why they read it, what becomes of it, what it means, what belongs with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.reports.actions import triage
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.reports import Report
from compliance.reports.models.triage import Triage
from compliance.reports.queries import reports
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.reports.world import DETAILS, a_report, a_report_begun, a_report_decided
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder
from tests.registry.uploads.test_files import with_gps

pytestmark = pytest.mark.django_db

WHY = "To decide what becomes of it."


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


@pytest.fixture
def client(analyst: User) -> Client:
    return signed_in(analyst)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def opened(client: Client, report: Report) -> str:
    client.post(f"/staff/reports/{report.reference}/", {"because": WHY})
    return text_of(client.get(f"/staff/reports/{report.reference}/"))


def listed(client: Client, query: str = "") -> list[str]:
    return [report.reference for report in client.get(f"/staff/reports/{query}").context["page"].rows]


# --- reading ---


def test_whoever_opens_a_report_says_why_and_the_trail_keeps_it(client: Client, analyst: User) -> None:
    report = a_report()
    address = f"/staff/reports/{report.reference}/"

    assert "They keep our passports" not in text_of(client.get(address))
    assert client.post(address, {"because": "short"}).status_code == 422
    assert not Event.objects.filter(verb="read").exists()
    assert "They keep our passports" in opened(client, report)

    read = Event.objects.get(verb="read")
    assert (read.by, read.because, read.reference) == (analyst.reference, WHY, report.reference)


def test_the_reason_is_asked_again_after_an_hour_and_of_everybody_else(
    client: Client, set_clock: Any, analyst: User
) -> None:
    report = a_report()
    opened(client, report)

    other = signed_in(person("intelligence_analyst"))
    assert "Why do you open this report?" in text_of(other.get(f"/staff/reports/{report.reference}/"))
    for page in ("decide", "translate", "tag", "identify", "link"):
        assert other.get(f"/staff/reports/{report.reference}/{page}/").status_code == 302
    assert reports.may_read_on(report, by=analyst, at=NOW + timedelta(minutes=59))
    assert not reports.may_read_on(report, by=analyst, at=NOW + timedelta(minutes=61))


# --- the clock ---


def test_the_clock_runs_from_when_the_report_came_and_is_as_fast_as_the_danger(analyst: User) -> None:
    hours = {
        danger: (report.decide_by - report.received_at) / timedelta(hours=1)
        for danger in ("yes", "not_sure", "no")
        for report in [a_report(danger=danger)]
    }

    assert hours == {"yes": 1, "not_sure": 4, "no": 72}


def test_neither_beginning_nor_another_priority_stops_the_clock_or_moves_its_beginning(analyst: User) -> None:
    report = a_report_begun(by=analyst, danger="no")
    late = NOW + timedelta(days=4)
    assert list(Report.objects.overdue_at(late)) == [report]

    triage.decide(report, decision="intelligence", priority="life", because=WHY, by=analyst, at=late)
    report.refresh_from_db()

    assert (report.urgency, report.decide_by) == (0, NOW + timedelta(hours=1))
    assert not report.is_overdue(late)  # decided; the reporter is to be told within five days of the report
    assert report.is_overdue(NOW + timedelta(days=6))


def test_the_list_has_threat_to_life_first_then_what_is_due_first_and_the_decided_after(
    client: Client, analyst: User
) -> None:
    later = a_report(danger="no", at=NOW + timedelta(hours=1))
    calm = a_report(danger="no")
    unsure, danger = a_report(danger="not_sure"), a_report(danger="yes")
    decided = a_report_decided(by=analyst, danger="yes")

    assert listed(client) == [one.reference for one in (danger, unsure, calm, later, decided)]
    assert listed(client, "?decision=undecided&danger=yes") == [danger.reference]
    assert listed(client, "?decision=no_action") == [decided.reference]


def test_those_who_may_read_none_see_how_many_are_late(analyst: User) -> None:
    a_report(danger="yes", about_name="Canary Meadow", at=NOW - timedelta(hours=2))
    a_report(danger="no")

    page = text_of(signed_in(person("manager")).get("/staff/reports/clocks/"))

    assert "Threat to life" in page
    assert [(one.open, one.undecided, one.overdue) for one in _clocks()] == [(1, 1, 1), (1, 1, 0)]
    assert "Canary Meadow" not in page
    assert 'govuk-tag--red">' in signed_in(person("manager")).get("/staff/reports/clocks/").content.decode()


def test_threats_to_life_are_in_red_first_on_the_home_of_who_answers_for_the_work(analyst: User) -> None:
    manager = signed_in(person("manager"))
    a_report(danger="no")
    assert "Threat to life" not in text_of(manager.get("/staff/"))

    a_report(danger="yes", at=NOW - timedelta(hours=2))
    home = manager.get("/staff/").content.decode()
    section = home.split('aria-labelledby="dangers"')[1].split("</section>")[0]
    assert "govuk-tag--red" in section and 'href="/staff/reports/clocks/"' in section
    assert "Open reports: 1. Overdue: 1." in section
    assert home.index("Open reports: 1. Overdue: 1.") < home.index("app-counts")


def _clocks() -> Any:
    return signed_in(person("manager")).get("/staff/reports/clocks/").context["clocks"]


# --- what becomes of it ---


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"decision": "danger", "because": WHY}, ["nobody_called"]),
        ({"decision": "agency", "because": "short"}, ["no_reason", "no_agency", "no_cleared_text", "no_basis"]),
        ({"decision": "intelligence", "because": WHY, "priority": "splendid"}, ["unknown_priority"]),
    ],
)
def test_a_decision_says_what_it_needs_to_say(analyst: User, typed: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        triage.decide(a_report_begun(by=analyst), **typed, by=analyst, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == codes
    assert not Triage.objects.exists()


def test_it_is_decided_on_its_page_who_was_called_is_kept_and_the_trail_has_no_word_of_it(
    client: Client, analyst: User
) -> None:
    report = a_report_begun(by=analyst)
    opened(client, report)
    typed = {"decision": "danger", "called": "Dyfed-Powys Police, 10:40", "because": WHY, "priority": "life"}

    assert client.post(f"/staff/reports/{report.reference}/decide/", typed).status_code == 302

    page = opened(client, report)
    assert "Immediate danger: emergency call made" in page
    assert "Dyfed-Powys Police, 10:40" in page
    event = Event.objects.get(verb="decide")
    assert "Police" not in str(event.facts) + event.because
    assert event.facts["priority"] == "life"


def test_it_is_not_closed_before_somebody_has_decided(client: Client, analyst: User) -> None:
    report = a_report_begun(by=analyst)

    page = client.post(f"/staff/reports/{report.reference}/close/", {"ending": "own", "outcome": "We have visited."})

    assert page.status_code == 422
    assert "Decide first what to do with the report." in text_of(page)


# --- translation, tags, whom it is about ---


def test_a_translation_stands_beside_the_original_with_who_made_it_and_is_found(client: Client, analyst: User) -> None:
    report = a_report(text="Nie dostaliśmy pieniędzy za nadgodziny.")
    opened(client, report)
    typed = {"language": "Polish", "text": "We were not paid for overtime.", "translator": "Interpreter 114"}

    assert client.post(f"/staff/reports/{report.reference}/translate/", typed).status_code == 302

    page = opened(client, report)
    for said in ("Nie dostaliśmy", "We were not paid for overtime.", "From Polish, by Interpreter 114", "Typed by Non"):
        assert said in page
    assert listed(client, "?q=overtime") == [report.reference]


def test_tags_are_of_the_pack_and_narrow_the_list(client: Client, analyst: User) -> None:
    report, other = a_report(), a_report()
    opened(client, report)
    address = f"/staff/reports/{report.reference}/tag/"

    assert client.post(address, {"standards": ["2.2"], "indicators": ["7", "8"]}).status_code == 302
    assert client.post(address, {"indicators": ["12"]}).status_code == 422

    assert "Retention of identity documents" in opened(client, report)
    assert listed(client, "?indicator=7") == listed(client, "?standard=2.2") == [report.reference]
    assert listed(client, "?indicator=9") == []
    assert client.post(address, {"methods": ["M3"]}).status_code == 302
    assert listed(client, "?method=M3") == [report.reference]
    assert listed(client, "?method=M4") == []
    assert other.reference in listed(client)


def test_whoever_has_a_conflict_of_interest_sees_the_report_in_no_list_search_page_or_number(
    client: Client, analyst: User
) -> None:
    licence = a_holder("Harvest Hands Ltd")
    named = a_report(about_number=licence.number)
    found_out = a_report(about_name="Harvest Hands", about_number="")
    opened(client, found_out)
    typed = {"number": licence.organisation.reference}
    assert client.post(f"/staff/reports/{found_out.reference}/identify/", typed).status_code == 302
    assert len(listed(client)) == 2

    conflicts.declare(
        analyst, organisation=licence.organisation, because="My sister.", since=NOW.date(), by=analyst, at=NOW
    )

    assert listed(client) == listed(client, "?q=passports") == []
    assert reports.reports_waiting_for(analyst) == 0
    for report in (named, found_out):
        assert client.get(f"/staff/reports/{report.reference}/").status_code == 404
    beside = a_report(about_name="Harvest Hands Ltd")
    assert named.reference not in opened(client, beside)


# --- what belongs together ---


def test_reports_of_the_same_thing_are_found_and_a_person_says_what_they_are(client: Client, analyst: User) -> None:
    licence = a_holder("Harvest Hands Ltd")
    first = a_report(text="The van with 14 seats brings 20 people every morning and its door does not shut at all.")
    report = a_report(
        about_name="HARVEST HANDS LIMITED",
        about_number="07700 900123",
        about_place="Near SY23 3AA",
        text="The van with 14 seats brings 20 people every morning, and its door does not shut at all!",
    )
    by_number = a_report(about_name="", about_number="+44 7700 900 123", text="Pay is late, every single month.")
    by_place = a_report(about_name="", about_place="sy233aa", text="Nine of us sleep in two small rooms there.")
    by_licence = a_report(about_name="", about_number=licence.number, text="He says that the licence is his own.")
    a_report(about_name="Somebody Else", text="Nothing in common with any of the others here.")

    found = {one.report.reference: [str(words) for words in one.shares] for one in _may_belong(client, report)}

    assert found == {
        first.reference: ["nearly the same words"],
        by_number.reference: ["the same number"],
        by_place.reference: ["the same postcode"],
        by_licence.reference: ["the same number"],
    }
    address = f"/staff/reports/{report.reference}/link/"
    assert client.post(address, {"other": first.reference, "kind": "duplicate", "because": WHY}).status_code == 302
    assert client.post(address, {"other": by_place.reference, "kind": "apart", "because": WHY}).status_code == 302
    assert client.post(address, {"other": report.reference, "kind": "linked", "because": WHY}).status_code == 422
    page = opened(client, first)
    assert "The same thing, reported again" in page
    assert report.reference in page
    assert {one.report.reference for one in _may_belong(client, report)} == {
        by_number.reference,
        by_licence.reference,
    }


def _may_belong(client: Client, report: Report) -> Any:
    opened(client, report)
    return client.get(f"/staff/reports/{report.reference}/").context["file"].may_belong


def test_two_reports_are_compared_side_by_side_by_whoever_has_opened_both(client: Client, analyst: User) -> None:
    report, other = a_report(text="The van has no door."), a_report(text="Duba nu are ușă.")
    address = f"/staff/reports/{report.reference}/link/?other={other.reference}"
    opened(client, report)

    page = text_of(client.get(address))
    assert f"Open {other.reference} and say why" in page
    assert "Duba nu are" not in page

    opened(client, other)
    triage.translate(
        other, language="Romanian", text="The van lacks a door.", translator="Interpreter 4471", by=analyst, at=NOW
    )
    page = text_of(client.get(address))
    assert page.index("The van has no door.") < page.index("Duba nu are ușă.") < page.index("The van lacks a door.")
    assert "The van has no door." in text_of(client.post(address, {}))


def test_a_report_is_beside_none_that_its_reader_may_not_see(client: Client, analyst: User) -> None:
    holder = a_holder("Harvest Hands Ltd")
    report, other = a_report(), a_report(about_number=holder.number)
    opened(client, report)
    conflicts.declare(
        analyst, organisation=holder.organisation, because="My sister.", since=NOW.date(), by=analyst, at=NOW
    )

    page = text_of(client.get(f"/staff/reports/{report.reference}/link/?other={other.reference}"))

    assert "and say why" not in page


# --- written down by staff ---


def test_a_call_is_taken_down_in_its_order_danger_first_and_how_it_came_when_nobody_waits() -> None:
    officer = signed_in(person("case_officer"))

    form = officer.get("/staff/reports/new/").context["form"]

    assert list(form.fields)[:2] == ["danger", "text"]
    assert list(form.fields)[-3:] == ["channel", "agency", "photos"]


def test_whoever_writes_to_the_reporter_is_told_in_which_language_they_read(client: Client, analyst: User) -> None:
    report = a_report_begun(by=analyst)
    report.language = "ro"
    report.save()

    page = text_of(client.get(f"/staff/reports/{report.reference}/ask/"))

    assert "The reporter reads Romanian." in page


def test_what_is_told_by_telephone_is_kept_like_any_other_and_the_six_words_are_read_out() -> None:
    officer = signed_in(person("case_officer"))
    ticket = officer.get("/staff/reports/new/").context["ticket"]
    told = {"danger": "yes", "text": "Locked in at night.", "language": "ro", **DETAILS}
    typed = {"ticket": ticket, "channel": "telephone", **told}

    page = officer.post("/staff/reports/new/", {**typed, "contact": "mailbox"})
    again = officer.post("/staff/reports/new/", {**typed, "contact": "mailbox"})

    report = Report.objects.get()
    assert (report.channel, report.urgency, report.language) == ("telephone", 0, "ro")
    assert reports.open_mailbox(page.context["passphrase"]) == report
    assert again.context["passphrase"] == page.context["passphrase"]
    assert not ReportContact.objects.exists()  # the mailbox was chosen: particulars are left behind
    assert officer.get(f"/staff/reports/{report.reference}/").status_code == 403


def test_the_form_of_staff_has_the_same_checks(client: Client) -> None:
    page = client.post(
        "/staff/reports/new/",
        {"channel": "agency", "danger": "no", "text": "Seen.", "contact": "direct", "language": "cy"},
    )

    assert page.status_code == 422
    for said in ("Choose the authority that reported it.", "Give a telephone number or an email address."):
        assert said in text_of(page)
    agency = an_agency("Revenue of Sampleshire")
    told = {"danger": "no", "text": "Seen.", "contact": "none", "language": "cy"}
    typed = {"channel": "agency", "agency": agency.reference, **told}
    assert client.post("/staff/reports/new/", typed).status_code == 200
    assert Report.objects.get().agency == agency


# --- taken away ---


def test_the_list_is_taken_away_without_a_word_of_what_was_told(client: Client) -> None:
    report = a_report(about_name="Canary Meadow")

    response = client.post("/staff/reports/list.csv")

    csv = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert report.reference in csv
    assert "Canary" not in csv
    assert "passports" not in csv
    assert Event.objects.get(verb="take_list").facts["list"] == "staff_reports"


def test_a_report_costs_the_same_however_much_belongs_to_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = a_report()
    for _more in range(12):
        a_report()
    opened(client, report)

    with django_assert_max_num_queries(30):
        client.get(f"/staff/reports/{report.reference}/")


def test_a_photograph_that_staff_are_handed_is_made_anew_as_one_from_the_page_for_everybody(client: Client) -> None:
    taken = SimpleUploadedFile("IMG_1.jpg", with_gps(), content_type="image/jpeg")
    told = {"danger": "no", "text": "Seen.", "contact": "none", "language": "cy"}
    typed = {"channel": "post", "photos": [taken], **told}

    assert client.post("/staff/reports/new/", typed).status_code == 200

    photo = Report.objects.get().photos.get()
    assert b"Exif" not in bytes(photo.content) and b"GPS" not in bytes(photo.content)
    worthless = SimpleUploadedFile("IMG_2.jpg", b"no picture", content_type="image/jpeg")
    page = client.post("/staff/reports/new/", {**typed, "photos": [worthless]})
    assert page.status_code == 422 and "Seen." in text_of(page)


def test_each_sign_has_guidance_where_a_report_is_tagged_and_on_a_page_for_partners_too(
    client: Client, analyst: User
) -> None:
    report = a_report()
    opened(client, report)

    for page in (
        client.get(f"/staff/reports/{report.reference}/tag/"),
        signed_in(a_partner(an_agency())).get("/staff/signs/"),
        signed_in(person("inspector")).get("/staff/signs/"),
    ):
        text = page.content.decode()
        assert "Someone else keeps passports or cards" in text  # how a sign looks
        assert "note who fetched it" in text  # what to do
        assert "Ring 999 if anyone is in danger now" in text  # who to tell
        assert "Tell the safeguarding lead" in text  # where a method says nothing of its own
    assert "has not confirmed this guidance" in text


def test_what_most_signs_say_alike_is_said_once_on_the_page_of_signs() -> None:
    text = signed_in(person("inspector")).get("/staff/signs/").content.decode()

    schemes = text.count("Methods of offenders")
    assert (
        0
        < text.count("Tell the safeguarding lead if someone may be a victim. Tell the analysts in every case.")
        <= 2 * schemes
    )
    assert text.count("has not confirmed this guidance") <= 2 * schemes


def test_staff_read_the_day_that_the_reporter_was_promised(client: Client) -> None:
    """The confirmation names the day of our answer, and staff saw only the day of their decision."""
    report = a_report(contact="mailbox")

    words = opened(client, report)

    assert "To be decided by" in words
    assert f'Tell the reporter: <time datetime="{report.tell_by.isoformat()}"' in words
