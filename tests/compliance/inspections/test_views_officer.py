from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.rules import StandardFinding
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from tests.compliance.stories import (
    an_inspection,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_inspection_reported,
    an_organisation,
)
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/staff/inspections/"
TODAY = timezone.localdate(NOW)


def address(inspection: Inspection, move: str = "") -> str:
    return f"{LIST}{inspection.reference}/{move}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.both
class TestList:
    def test_officers_find_every_inspection(self) -> None:
        inspection = an_inspection()

        response = signed_in(person("case_officer")).get(LIST)

        assert response.status_code == 200
        assert inspection.reference in text_of(response)
        assert "1 inspection<" in text_of(response)

    def test_inspectors_find_their_own(self) -> None:
        mine, other = an_inspection(), an_inspection()

        page = text_of(signed_in(mine.inspector).get(LIST))

        assert mine.reference in page
        assert other.reference not in page
        assert "1 inspection waits for you" in page

    def test_the_signed_out_are_sent_to_sign_in(self) -> None:
        response = Client().get(LIST)

        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")

    @pytest.mark.parametrize("role", ["applicant", "labour_user", "people_administrator", "partner_agency"])
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(LIST).status_code == 403

    @pytest.mark.parametrize("query", ["", "?page=0", "?page=999", "?page=x", "?sort=nothing", "?sort=-", "?unknown=1"])
    def test_a_strange_address_gives_a_sensible_page(self, query: str) -> None:
        an_inspection()

        assert signed_in(person("case_officer")).get(LIST + query).status_code == 200

    @pytest.mark.parametrize(
        "query",
        ["?status=splendid", "?kind=x", "?inspector=U-0", "?q=" + "x" * 101, "?q=%00"],
        ids=lambda query: query[:9],
    )
    def test_a_filter_that_cannot_be_read_is_said_and_not_passed_over(self, query: str) -> None:
        inspection = an_inspection()

        response = signed_in(person("case_officer")).get(LIST + query)

        assert response.status_code == 422
        assert "There is a problem" in text_of(response)
        assert inspection.reference not in text_of(response)

    @pytest.mark.parametrize(
        "query", ["?status=reported", "?kind=compliance", "?q=blodwen", "?status=reported&status=confirmed"]
    )
    def test_each_filter_leaves_what_it_says(self, query: str) -> None:
        organisation = an_organisation("Blodwen Cyf")
        wanted = an_inspection_reported(organisation=organisation, kind=InspectionKind.COMPLIANCE)
        other = an_inspection()

        page = text_of(signed_in(person("case_officer")).get(LIST + query))

        assert wanted.reference in page
        assert other.reference not in page

    def test_overdue_is_what_was_due_before_today(self, set_clock: SetClock) -> None:
        late, later = an_inspection(due_on=TODAY), an_inspection(due_on=TODAY + timedelta(days=1))
        officer = person("case_officer")
        set_clock(NOW + timedelta(days=1))

        page = text_of(signed_in(officer).get(f"{LIST}?overdue=on"))

        assert late.reference in page
        assert later.reference not in page
        assert "Overdue</span>" in page

    def test_the_filter_by_inspector_is_for_those_who_see_all(self) -> None:
        mine, other = an_inspection(), an_inspection()
        query = f"?inspector={other.inspector.reference}"

        officers = text_of(signed_in(person("case_officer")).get(LIST + query))
        own = text_of(signed_in(mine.inspector).get(LIST + query))

        assert other.reference in officers and mine.reference not in officers
        assert other.reference not in own and mine.reference in own

    def test_reviewers_can_ask_for_what_waits_for_them(self) -> None:
        reported, commissioned = an_inspection_reported(), an_inspection()

        page = text_of(signed_in(person("quality_reviewer")).get(f"{LIST}?mine=on"))

        assert reported.reference in page
        assert commissioned.reference not in page

    def test_open_inspections_come_first_and_the_most_urgent_at_the_top(self) -> None:
        confirmed = an_inspection_confirmed(due_on=TODAY)
        later, sooner = an_inspection(due_on=TODAY + timedelta(days=5)), an_inspection(due_on=TODAY + timedelta(days=2))

        page = text_of(signed_in(person("case_officer")).get(LIST))

        assert page.index(sooner.reference) < page.index(later.reference) < page.index(confirmed.reference)

    @pytest.mark.parametrize(("sort", "first"), [("name", "Aber Ltd"), ("-name", "Zennor Ltd")])
    def test_columns_sort_on_the_server(self, sort: str, first: str) -> None:
        references = {
            name: an_inspection(organisation=an_organisation(name)).reference for name in ("Aber Ltd", "Zennor Ltd")
        }

        page = text_of(signed_in(person("case_officer")).get(f"{LIST}?sort={sort}"))

        assert min(references, key=lambda name: page.index(references[name])) == first
        assert f'aria-sort="{"descending" if sort[0] == "-" else "ascending"}"' in page

    def test_a_long_list_comes_in_pages(self) -> None:
        inspector, officer = person("inspector"), person("case_officer")
        for day in range(27):
            an_inspection(inspector=inspector, by=officer, case=f"A-{day}", due_on=TODAY + timedelta(days=day))
        browser = signed_in(officer)

        first, second = text_of(browser.get(LIST)), text_of(browser.get(f"{LIST}?page=2&kind=application"))

        assert "27 inspections<" in first
        assert first.count('href="/staff/inspections/I-') == 25
        assert second.count('href="/staff/inspections/I-') == 2
        assert "?kind=application&amp;page=1" in second

    @pytest.mark.parametrize("how_many", [1, 12])
    def test_the_list_costs_the_same_however_long(
        self, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(how_many):
            an_inspection()
        browser = signed_in(person("case_officer"))

        with django_assert_num_queries(LIST_QUERIES):
            browser.get(LIST)


# The session, the user, the groups, both kinds of permissions; the staff, who of them has inspections, who this officer stands in for
# and whether anything waits for them (a confirmed report to be sent), how many there are, one page of them.
LIST_QUERIES = 13


class TestFile:
    def test_it_shows_what_was_asked_found_and_done(self) -> None:
        inspection = an_inspection_confirmed("2.4", "1.1")

        response = signed_in(person("decision_maker")).get(address(inspection))
        page = text_of(response)

        assert response.status_code == 200
        for words in (
            "Dyffryn Labour Ltd",
            "See how hours are written down.",
            "Payslips of May show it for 2.4.",
            "2.4",
        ):
            assert words in page
        for done in ("Commissioned", "Findings saved", "Reported", "Confirmed"):
            assert f'<h3 class="moj-timeline__title">{done}</h3>' in page
        assert "by Rhian Quality" in page

    def test_the_score_can_be_added_up_from_the_page(self) -> None:
        inspection = an_inspection_confirmed("1.1", "2.3", "2.4")

        page = text_of(signed_in(person("decision_maker")).get(address(inspection)))

        unmet = page[page.index("Standards not met") : page.index("</table>", page.index("Standards not met"))]
        points = [int(part.split("<")[0]) for part in unmet.split('govuk-table__cell--numeric">')[1:-1]]
        assert points == [30, 8, 8]
        assert f"<strong>{sum(points)}</strong>" in unmet
        assert "30 points or more are a fail." in page
        assert "it proposes a refusal" in page

    @pytest.mark.parametrize(
        ("unmet", "words"), [((), "it proposes a grant."), (("2.4",), "it proposes a grant with conditions.")]
    )
    def test_a_pass_says_what_it_proposes(self, unmet: tuple[str, ...], words: str) -> None:
        inspection = an_inspection_confirmed(*unmet)

        assert words in text_of(signed_in(person("decision_maker")).get(address(inspection)))

    def test_an_unfinished_score_proposes_nothing(self) -> None:
        inspection = an_inspection()

        page = text_of(signed_in(inspection.inspector).get(address(inspection)))

        assert "28 standards have no finding yet, so the score is not complete." in page
        assert "it proposes" not in page

    def test_a_score_says_of_which_standards_it_says_nothing(self) -> None:
        inspection = an_inspection_recorded()
        untested: list[StandardFinding] = [
            {"standard": code, "finding": "not_tested", "evidence": ""} for code in ("2.1", "2.2")
        ]
        inspections.record_findings(inspection, findings=untested, by=inspection.inspector, at=NOW)

        page = text_of(signed_in(inspection.inspector).get(address(inspection)))

        assert "2 standards were not tested, and are not in the score." in page

    def test_facts_are_shown_in_the_words_of_the_form(self) -> None:
        inspection = an_inspection(
            facts={"sectors": ["horticulture"], "adverse_reply": True, "odd_one": None, "where": {"town": "Pwllheli"}}
        )

        page = text_of(signed_in(inspection.inspector).get(address(inspection)))

        assert "Horticulture" in page
        assert "Another authority has adverse information" in page
        assert "odd one" in page
        assert "Pwllheli" in page

    def test_it_costs_a_known_number_of_queries(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        inspection = an_inspection_confirmed("2.4")
        browser = signed_in(person("case_officer"))

        with django_assert_num_queries(FILE_QUERIES):
            browser.get(address(inspection))

    def test_somebody_elses_inspection_is_not_there_for_an_inspector(self) -> None:
        assert signed_in(person("inspector")).get(address(an_inspection())).status_code == 404

    def test_there_is_no_such_inspection(self) -> None:
        assert signed_in(person("case_officer")).get(f"{LIST}I-0000-0000/").status_code == 404

    def test_the_signed_out_are_sent_to_sign_in(self) -> None:
        assert Client().get(address(an_inspection())).status_code == 302

    @pytest.mark.parametrize("role", ["applicant", "labour_user", "people_administrator", "partner_agency"])
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(address(an_inspection())).status_code == 403

    @pytest.mark.parametrize(
        ("role", "story", "links"),
        [
            ("case_officer", an_inspection, {"call-off", "reassign"}),
            ("case_officer", an_inspection_reported, set()),
            ("quality_reviewer", an_inspection, set()),
            ("quality_reviewer", an_inspection_reported, {"confirm", "return-for-correction"}),
            ("quality_reviewer", an_inspection_confirmed, set()),
            ("decision_maker", an_inspection_reported, set()),
            ("auditor", an_inspection, set()),
        ],
    )
    def test_each_person_is_offered_what_they_may_do_now(
        self, role: str, story: Callable[[], Inspection], links: set[str]
    ) -> None:
        inspection = story()

        page = text_of(signed_in(person(role)).get(address(inspection)))

        offered = {move for move in MOVES if f'href="{address(inspection, move)}/"' in page}
        assert offered == links

    def test_a_button_that_is_not_available_says_why(self) -> None:
        inspection = an_inspection()

        page = text_of(signed_in(inspection.inspector).get(address(inspection)))

        assert "You cannot report yet: 30 things are missing" in page
        assert f'href="{address(inspection, "report/")}"' not in page
        assert "Write a summary of the visit." in page

    def test_nobody_is_offered_to_confirm_their_own_report(self) -> None:
        both = person("inspector", "quality_reviewer")
        inspection = an_inspection_reported(inspector=both)

        page = text_of(signed_in(both).get(address(inspection)))

        assert "Not available yet: Confirm" in page
        assert "You are the inspector, so someone else must review the report." in page

    def test_what_people_typed_is_shown_as_text(self) -> None:
        inspection = an_inspection()
        inspections.record_findings(
            inspection,
            findings=[{"standard": "1.1", "finding": "not_met", "evidence": "<script>alert(1)</script>"}],
            summary="<b>bold</b>",
            by=inspection.inspector,
            at=NOW,
        )

        page = text_of(signed_in(inspection.inspector).get(address(inspection)))

        assert "<script>alert(1)" not in page
        assert "&lt;b&gt;bold" in page


# The session, the user, the groups, both kinds of permissions; the inspection, results, events, organisation, three people.
# And two to write down who reads it.
FILE_QUERIES = 25
MOVES = ("report", "confirm", "return-for-correction", "call-off", "reassign", "findings")


class TestCallingOff:
    def test_it_ends_the_inspection(self) -> None:
        inspection = an_inspection()

        response = signed_in(person("case_officer")).post(address(inspection, "call-off/"), {"because": "Withdrawn."})

        assert response.status_code == 302
        assert response.headers["Location"] == address(inspection)
        assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.CALLED_OFF

    def test_it_needs_a_reason(self) -> None:
        inspection = an_inspection()

        response = signed_in(person("case_officer")).post(address(inspection, "call-off/"), {"because": " "})

        assert response.status_code == 422
        assert "Enter the reason." in text_of(response)
        assert "<title>Error: " in text_of(response)

    def test_it_comes_too_late_when_the_report_is_in_and_keeps_what_was_typed(self) -> None:
        inspection = an_inspection_reported()

        response = signed_in(person("case_officer")).post(address(inspection, "call-off/"), {"because": "Too late?"})

        assert response.status_code == 422
        assert "This step is not possible now" in text_of(response)
        assert "Too late?</textarea>" in text_of(response)

    def test_looking_at_the_page_changes_nothing(self) -> None:
        inspection = an_inspection()

        response = signed_in(person("case_officer")).get(address(inspection, "call-off/"))

        assert response.status_code == 200
        assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.COMMISSIONED

    @pytest.mark.parametrize("role", ["inspector", "quality_reviewer", "decision_maker", "applicant"])
    def test_others_may_not(self, role: str) -> None:
        inspection = an_inspection()

        response = signed_in(person(role)).post(address(inspection, "call-off/"), {"because": "No."})

        assert response.status_code == 403
        assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.COMMISSIONED


class TestReassigning:
    def test_it_gives_the_inspection_to_another_inspector(self) -> None:
        inspection, other = an_inspection_recorded(), person("inspector", name="Lowri Bevan")
        typed = {"inspector": other.reference, "because": "Ill."}

        response = signed_in(person("case_officer")).post(address(inspection, "reassign/"), typed)

        assert response.status_code == 302
        assert Inspection.objects.get(pk=inspection.pk).inspector == other

    def test_only_those_who_work_as_inspectors_can_be_chosen(self) -> None:
        inspection, officer = an_inspection(), person("case_officer", name="Not An Inspector")
        person("inspector", name="Has Left", is_active=False)
        browser = signed_in(officer)

        page = text_of(browser.get(address(inspection, "reassign/")))
        response = browser.post(
            address(inspection, "reassign/"), {"inspector": officer.reference, "because": "It is my case."}
        )

        assert "Ifan Price</option>" in page
        assert "Not An Inspector</option>" not in page
        assert "Has Left" not in page
        assert response.status_code == 422
        assert "Choose a person who works as an inspector." in text_of(response)
        assert "It is my case." in text_of(response)

    def test_the_present_inspector_has_it_already(self) -> None:
        inspection = an_inspection()
        typed = {"inspector": inspection.inspector.reference, "because": "Again."}

        response = signed_in(person("case_officer")).post(address(inspection, "reassign/"), typed)

        assert response.status_code == 422
        assert "This inspector has it already." in text_of(response)

    def test_others_may_not(self) -> None:
        inspection = an_inspection()

        assert signed_in(inspection.inspector).get(address(inspection, "reassign/")).status_code == 403


@pytest.mark.parametrize("move", ["call-off", "reassign", "confirm", "return-for-correction", "report", "visit"])
def test_no_form_is_taken_without_its_token(move: str) -> None:
    everything = person("case_officer", "quality_reviewer", "inspector")
    inspection = an_inspection(inspector=everything)
    browser = _checking_tokens(everything)

    response = browser.post(address(inspection, f"{move}/"), {"because": "No."})

    assert response.status_code == 403


def _checking_tokens(user: User) -> Client:
    browser = signed_in(user)
    browser.handler.enforce_csrf_checks = True
    return browser


def test_welsh_pages_have_the_same_addresses_below_cy() -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).get(f"/cy{address(inspection)}")

    assert response.status_code == 200
    assert 'lang="cy"' in text_of(response)
