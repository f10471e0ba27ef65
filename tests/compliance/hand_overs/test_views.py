"""The pages of a hand-over: the dossier for who acts, the list, and what another authority reads."""

from typing import Any

import pytest

from compliance.hand_overs import actions
from compliance.hand_overs.models import HandOver
from compliance.intelligence.rules import Grade
from compliance.reports.actions import triage
from registry.trail.models.events import Event
from tests.compliance.hand_overs.world import BASIS, CANARY, CLEARED, WHY, an_identified_report, handed_over, report_of
from tests.compliance.intelligence.world import HEARD as SOURCE_TEXT
from tests.compliance.intelligence.world import SANITISED, some_intelligence
from tests.compliance.stories import an_inspection_confirmed
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page(role: str, one: HandOver) -> str:
    client = signed_in(person(role))
    client.post(f"/staff/hand-overs/{one.reference}/open/")
    return text_of(client.get(f"/staff/hand-overs/{one.reference}/"))


def test_the_form_of_the_decision_asks_for_the_cleared_text_and_hands_over() -> None:
    analyst = person("intelligence_analyst")
    report, client = an_identified_report(by=analyst), signed_in(analyst)
    client.post(f"/staff/reports/{report.reference}/", {"because": WHY})
    typed = {"decision": "inspection", "because": WHY, "priority": "harm"}

    refused = client.post(f"/staff/reports/{report.reference}/decide/", typed)
    assert refused.status_code == 422
    assert "Write the text for those who act on it" in text_of(refused)
    assert client.post(f"/staff/reports/{report.reference}/decide/", {**typed, "cleared": CLEARED}).status_code == 302

    one = HandOver.objects.get()
    shown = text_of(client.get(f"/staff/reports/{report.reference}/"))
    assert one.reference in shown
    assert "Waiting for action" in shown


def test_the_dossier_shows_who_acts_what_is_known_and_no_word_of_the_report_or_its_source() -> None:
    licence = a_licence()
    known, held_back = (
        some_intelligence(licence.organisation),
        some_intelligence(
            licence.organisation, grade=Grade("1", "B", "C", ["A2"], ""), sanitised_text="Under conditions only."
        ),
    )
    visit = an_inspection_confirmed("2.4", organisation=licence.organisation)
    one = handed_over(licence=licence)

    officer, inspector = page("case_officer", one), signed_in(person("inspector"))

    for shown in (CLEARED, SANITISED, known.reference, visit.reference, "2.4", licence.number, "1 more piece"):
        assert shown in officer
    for kept in (CANARY, SOURCE_TEXT, held_back.sanitised_text, held_back.reference, report_of(one).reference):
        assert kept not in officer
    assert "Commission a visit" in officer
    assert "Commission a visit" not in page("manager", one)
    assert report_of(one).reference in page("intelligence_analyst", one)
    assert inspector.get(f"/staff/hand-overs/{one.reference}/").status_code == 403


def test_a_visit_is_commissioned_and_a_refusal_written_on_their_pages() -> None:
    one, other = handed_over(), handed_over(licence=a_licence(legal_name="Fern Labour Ltd"))
    client, inspector = signed_in(person("case_officer")), person("inspector")
    due = {"due_on_day": "30", "due_on_month": "11", "due_on_year": "2026"}

    sent = client.post(
        f"/staff/hand-overs/{one.reference}/commission/", {"brief": "", "inspector": inspector.reference, **due}
    )
    one.refresh_from_db()
    assert one.inspection is not None
    assert sent.headers["Location"] == f"/staff/inspections/{one.inspection.reference}/"

    assert client.post(f"/staff/hand-overs/{other.reference}/decline/", {"because": "No."}).status_code == 422
    declined = client.post(f"/staff/hand-overs/{other.reference}/decline/", {"because": "It was visited last week."})
    assert declined.status_code == 302
    assert "It was visited last week." in page("intelligence_analyst", other)


def test_the_list_shows_neither_the_report_nor_the_cleared_text_and_other_authorities_only_to_those_who_handle_reports() -> (
    None
):
    visit, agency = handed_over(), handed_over("agency", agency=an_agency(), licence=a_licence(legal_name="Fern Ltd"))
    for role, sees in (("case_officer", [visit]), ("intelligence_analyst", [agency, visit])):
        answer = signed_in(person(role)).get("/staff/hand-overs/")
        assert list(answer.context["page"].rows) == sees
        assert CLEARED not in text_of(answer)
        assert CANARY not in text_of(answer)
    assert signed_in(person("case_officer")).get(f"/staff/hand-overs/{agency.reference}/").status_code == 404


def test_another_authority_reads_the_cleared_text_and_answers_on_its_page() -> None:
    agency = an_agency()
    one = handed_over("agency", agency=agency)
    partner, stranger = signed_in(a_partner(agency)), signed_in(a_partner(an_agency("Police of Sampleshire")))
    address = f"/staff/passed-on/reports/{one.reference}/"
    assert partner.get(address).status_code == 404
    actions.pass_on(one, by=person("intelligence_analyst"), at=NOW)

    read = text_of(partner.get(address))
    assert CLEARED in read
    assert BASIS in read
    assert CANARY not in read
    assert one.reference in text_of(partner.get("/staff/passed-on/"))
    assert stranger.get(address).status_code == 404
    assert partner.post(address, {"because": " "}).status_code == 422
    assert partner.post(address, {"because": "We visited on Monday."}).status_code == 302
    assert "Send the answer" not in text_of(partner.get(address))


def test_the_analyst_reads_the_result_and_comes_back_to_the_report() -> None:
    analyst = person("intelligence_analyst")
    one = handed_over(by=analyst)
    actions.decline(one, because="It was visited last week.", by=person("case_officer"), at=NOW)
    client = signed_in(analyst)

    asked = text_of(client.get(f"/staff/hand-overs/{one.reference}/note/"))
    noted = client.post(f"/staff/hand-overs/{one.reference}/note/", {"tell": "on"})

    assert "It was visited last week." in asked
    assert noted.headers["Location"] == f"/staff/reports/{report_of(one).reference}/"
    assert report_of(one).messages.get().from_authority
    assert Event.objects.filter(kind="handover", verb="note").exists()
    triage.read(report_of(one), because=WHY, by=analyst, at=NOW)
