from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from compliance.inspections.models import Inspection
from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    TODAY,
    a_check_answered,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_request,
    an_application_checked,
    an_inspection_of,
    answered,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/staff/applications/"


def address(application: Application, move: str = "") -> str:
    return f"{LIST}{application.reference}/{move}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def officer() -> Client:
    return signed_in(person("case_officer"))


def a_day(name: str, when: Any) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


@pytest.mark.both
class TestList:
    def test_officers_find_what_has_been_handed_in(self) -> None:
        application = stories.an_application_submitted()
        draft = stories.an_application(legal_name="Blodwen Cyf")

        page = text_of(officer().get(LIST))

        assert application.reference in page and "Dyffryn Labour Ltd" in page
        assert "1 application<" in page
        assert draft.reference not in page

    @pytest.mark.parametrize("role", ["decision_maker", "manager", "auditor"])
    def test_those_who_see_cases_find_them_too(self, role: str) -> None:
        application = stories.an_application_submitted()

        assert application.reference in text_of(signed_in(person(role)).get(LIST))

    def test_the_signed_out_are_sent_to_sign_in(self) -> None:
        response = Client().get(LIST)

        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")

    @pytest.mark.parametrize(
        "role", ["applicant", "labour_user", "inspector", "quality_reviewer", "people_administrator"]
    )
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(LIST).status_code == 403

    def test_a_drafter_who_also_works_here_does_not_find_the_own_draft_in_the_list(self) -> None:
        both = person("case_officer", "applicant")
        stories.an_application(stories.a_provider(by=both))

        assert "0 applications<" in text_of(signed_in(both).get(LIST))

    @pytest.mark.parametrize("query", ["", "?page=0", "?page=999", "?page=x", "?sort=nothing", "?sort=-", "?unknown=1"])
    def test_a_strange_address_gives_a_sensible_page(self, query: str) -> None:
        stories.an_application_submitted()

        assert officer().get(LIST + query).status_code == 200

    @pytest.mark.parametrize(
        "query", ["?status=splendid", "?status=draft", "?officer=U-0", "?sector=x", "?q=" + "x" * 101, "?q=%00"]
    )
    def test_a_filter_that_cannot_be_read_is_said_and_not_passed_over(self, query: str) -> None:
        application = stories.an_application_submitted()

        response = officer().get(LIST + query)

        assert response.status_code == 422
        assert "There is a problem" in text_of(response)
        assert application.reference not in text_of(response)

    @pytest.mark.parametrize("query", ["?status=submitted", "?q=blodwen", "?sector=shellfish", "?officer=nobody"])
    def test_each_filter_leaves_what_it_says(self, query: str) -> None:
        wanted = stories.an_application_submitted(legal_name="Blodwen Cyf", sectors=["shellfish"])
        other = stories.an_application_being_assessed()

        page = text_of(officer().get(LIST + query))

        assert wanted.reference in page
        assert other.reference not in page

    def test_an_application_is_found_by_its_reference_and_by_that_of_its_payment(self) -> None:
        wanted = stories.an_application_submitted(legal_name="Blodwen Cyf")
        other = stories.an_application_submitted()

        for typed in (wanted.reference.lower(), str(wanted.payment_reference)):
            page = text_of(officer().get(LIST, {"q": typed}))
            assert wanted.reference in page and other.reference not in page

    def test_mine_are_those_in_my_hands(self) -> None:
        me, another = person("case_officer"), person("case_officer")
        mine = stories.an_application_being_assessed(case_officer=me)
        theirs = stories.an_application_being_assessed(case_officer=another, legal_name="Blodwen Cyf")

        page = text_of(signed_in(me).get(f"{LIST}?officer=mine"))
        assert mine.reference in page and theirs.reference not in page

        page = text_of(signed_in(me).get(f"{LIST}?officer={another.reference}"))
        assert theirs.reference in page and mine.reference not in page

    def test_an_overdue_check_can_be_asked_for(self, set_clock: SetClock) -> None:
        late = stories.an_application_being_assessed()
        answered = an_application_checked(legal_name="Blodwen Cyf")
        last = max(check.due_on for check in late.checks.unanswered())

        set_clock(NOW + (last - TODAY) + timedelta(days=1))
        page = text_of(officer().get(f"{LIST}?overdue=on"))

        assert late.reference in page and answered.reference not in page
        assert "overdue</strong>" in page

    def test_on_the_day_it_is_due_a_check_is_not_overdue(self, set_clock: SetClock) -> None:
        application = stories.an_application_being_assessed()
        first = min(check.due_on for check in application.checks.unanswered())

        set_clock(NOW + (first - TODAY))

        assert "0 applications<" in text_of(officer().get(f"{LIST}?overdue=on"))

    def test_the_unpaid_can_be_asked_for(self) -> None:
        unpaid = stories.an_application_submitted()
        paid = stories.an_application_paid(legal_name="Blodwen Cyf")

        page = text_of(officer().get(f"{LIST}?unpaid=on"))

        assert unpaid.reference in page and paid.reference not in page
        assert "Fee not paid</strong>" in page

    @pytest.mark.parametrize("sort", ["", "name", "-officer"])
    def test_filters_can_be_put_together(self, set_clock: SetClock, sort: str) -> None:
        wanted = stories.an_application_submitted(legal_name="Blodwen Cyf", sectors=["shellfish"])
        elsewhere = stories.an_application_submitted(legal_name="Abercwm Ltd", sectors=["horticulture"])
        paid = stories.an_application_paid(legal_name="Cadwgan Ltd", sectors=["shellfish"])
        last = max(check.due_on for check in wanted.checks.unanswered())
        set_clock(NOW + (last - TODAY) + timedelta(days=1))

        page = text_of(officer().get(f"{LIST}?sector=shellfish&unpaid=on&overdue=on&sort={sort}"))

        assert wanted.reference in page
        assert elsewhere.reference not in page and paid.reference not in page

    def test_chosen_filters_are_tags_that_can_be_taken_off(self) -> None:
        page = text_of(officer().get(f"{LIST}?status=submitted&officer=mine"))

        assert 'href="?officer=mine"' in page
        assert "Status: Submitted" in page
        assert "Case officer: Mine" in page

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("name", "Abercwm"), ("-name", "Zennor"), ("submitted", "Zennor"), ("-submitted", "Abercwm")],
    )
    def test_columns_sort(self, sort: str, first: str) -> None:
        for name, at in (("Zennor Ltd", NOW), ("Abercwm Ltd", later(1))):
            stories.an_application_submitted(legal_name=name, at=at)

        page = text_of(officer().get(f"{LIST}?sort={sort}"))

        other = {"Abercwm": "Zennor", "Zennor": "Abercwm"}[first]
        assert page.index(f"{first} Ltd") < page.index(f"{other} Ltd")

    def test_what_is_in_hand_comes_before_what_is_over(self) -> None:
        licence = a_licence(legal_name="Abercwm Ltd")
        open_one = stories.an_application_submitted(at=later(1))

        page = text_of(officer().get(LIST))

        assert page.index(open_one.reference) < page.index(licence.applications.get().reference)

    def test_the_list_costs_the_same_however_long_it_is(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = officer()
        for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
            stories.an_application_being_assessed(legal_name=name)

        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            client.get(LIST)


QUERIES_OF_THE_LIST = 13


class TestCasePage:
    def test_it_shows_the_whole_case(self) -> None:
        application = an_application_checked()
        inspection = an_inspection_of(application, "2.1")

        page = text_of(officer().get(address(application)))

        for shown in (
            application.reference,
            "Dyffryn Labour Ltd",
            "Being assessed",
            stories.PRINCIPAL,
            "Gethin Parry",
            inspection.reference,
            "Nil return",
            "Answers as submitted",
            "00445790",
            "Source: application",
            str(application.payment_reference),
            "Assessment begun</h3>",
            "Another authority has adverse information",
        ):
            assert shown in page, shown

    def test_it_says_what_is_missing_before_the_next_step(self) -> None:
        application = stories.an_application_submitted()
        assert "The fee has not been paid" in text_of(officer().get(address(application)))

        application = stories.an_application_being_assessed(stories.an_application_paid(application))
        assert "Not every check has a reply." in text_of(officer().get(address(application)))

    def test_a_button_that_cannot_be_pressed_says_why(self) -> None:
        application = stories.an_application_being_assessed()

        page = text_of(officer().get(address(application)))

        assert "Not available yet: Propose to grant" in page
        assert f'href="{address(application, "propose/refuse/")}"' in page
        assert f'href="{address(application, "propose/grant/")}"' not in page

    def test_the_restriction_travels_with_the_reply(self) -> None:
        application = stories.an_application_being_assessed()
        check = application.checks.of_others().order_by("pk")[0]
        assert not check.handling["may_be_shown_to_subject"]
        a_check_answered(check, "adverse")

        page = text_of(officer().get(address(application)))

        assert "Two returns are missing." in page
        assert "not for the business that it is about." in page

    def test_once_it_is_over_only_a_turnover_declared_too_low_can_still_be_recorded(self) -> None:
        application = a_licence().applications.get()

        answer = officer().get(address(application))

        assert [move.name for move in answer.context["file"].moves] == ["verify_turnover"]
        assert application.licence and application.licence.number in text_of(answer)

    def test_auditors_read_and_do_nothing(self) -> None:
        application = stories.an_application_being_assessed()

        page = text_of(signed_in(person("auditor")).get(address(application)))

        assert application.reference in page
        assert "What you can do" not in page
        assert "Record the reply" not in page

    @pytest.mark.parametrize("role", ["applicant", "inspector", "labour_user"])
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(address(stories.an_application_submitted())).status_code == 403

    def test_a_draft_is_not_there(self) -> None:
        assert officer().get(address(stories.an_application())).status_code == 404

    def test_nor_is_one_that_was_never_started(self) -> None:
        assert officer().get(f"{LIST}A-0000-0000/").status_code == 404

    def test_a_requests_words_are_shown_as_text(self) -> None:
        request = a_request()
        answered(request, "<script>alert(1)</script>")

        page = text_of(officer().get(address(request.application)))

        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


# --- moves: who may, what happens, and what is said when it cannot be

Story = Callable[[], Application]


def waiting_for_assignment() -> Application:
    return stories.an_application_submitted()


MOVES: dict[str, tuple[str, Story]] = {
    "begin-assessment/": ("case_officer", stories.an_application_paid),
    "assign/": ("manager", waiting_for_assignment),
    "payments/": ("case_officer", stories.an_application_submitted),
    "ask/": ("case_officer", stories.an_application_being_assessed),
    "commission-inspection/": ("case_officer", stories.an_application_being_assessed),
    "propose/grant/": ("case_officer", an_application_checked),
    "propose/refuse/": ("case_officer", an_application_checked),
}
ASKING = sorted(MOVES.keys() - {"begin-assessment/"})
OTHERS = {"case_officer": ["applicant", "inspector", "manager", "auditor"], "manager": ["applicant", "case_officer"]}


@pytest.mark.parametrize("move", ASKING)
def test_nothing_typed_is_said_beside_each_question(move: str) -> None:
    role, story = MOVES[move]
    response = signed_in(person(role)).post(address(story(), move), {})

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert "<title>Error: " in text_of(response)


@pytest.mark.parametrize("move", sorted(MOVES))
class TestEachMove:
    def test_its_page_opens(self, move: str) -> None:
        role, story = MOVES[move]

        response = signed_in(person(role)).get(address(story(), move))

        assert response.status_code == 200
        assert "<h1" in text_of(response)

    def test_others_may_not(self, move: str) -> None:
        role, story = MOVES[move]
        application = story()

        for other in OTHERS[role]:
            client = signed_in(person(other))
            assert client.get(address(application, move)).status_code == 403
            assert client.post(address(application, move), {}).status_code == 403

    def test_there_is_no_such_page_of_a_draft(self, move: str) -> None:
        role, _story = MOVES[move]

        assert signed_in(person(role)).get(address(stories.an_application(), move)).status_code == 404

    def test_when_it_is_over_the_page_says_so(self, move: str) -> None:
        role, _story = MOVES[move]
        application = a_licence().applications.get()

        response = signed_in(person(role)).get(address(application, move))

        assert response.status_code == 200
        assert "Not available yet" in text_of(response)

    def test_it_is_not_done_by_looking(self, move: str) -> None:
        role, story = MOVES[move]
        application = story()

        signed_in(person(role)).get(address(application, move))

        before = application.status
        application.refresh_from_db()
        assert application.status == before


class TestBeginning:
    def test_it_puts_the_case_in_ones_hands(self) -> None:
        application, me = stories.an_application_paid(), person("case_officer")

        response = signed_in(me).post(address(application, "begin-assessment/"))

        assert response.headers["Location"] == address(application)
        application.refresh_from_db()
        assert (application.status, application.case_officer) == ("assessing", me)

    def test_an_unpaid_fee_is_said(self) -> None:
        application = stories.an_application_submitted()

        response = officer().post(address(application, "begin-assessment/"))

        assert response.status_code == 422
        assert "The fee has not been paid" in text_of(response)


class TestAssigning:
    def test_a_manager_gives_the_case_to_an_officer(self) -> None:
        application, chosen = stories.an_application_submitted(), person("case_officer")

        signed_in(person("manager")).post(address(application, "assign/"), {"case_officer": chosen.reference})

        application.refresh_from_db()
        assert application.case_officer == chosen

    def test_nobody_else_can_be_chosen(self) -> None:
        application, inspector = stories.an_application_submitted(), person("inspector")

        response = signed_in(person("manager")).post(
            address(application, "assign/"), {"case_officer": inspector.reference}
        )

        assert response.status_code == 422
        assert "Choose a person who assesses applications." in text_of(response)


class TestPayment:
    @pytest.mark.parametrize("typed", ["400", "£400.00", "0,400.00", " 400 "])
    def test_it_is_recorded_as_people_write_it(self, typed: str) -> None:
        application = stories.an_application_submitted()
        sent = {"amount": typed, "bank_reference": "FP 1", **a_day("received_on", TODAY)}

        assert officer().post(address(application, "payments/"), sent).status_code == 302
        assert [str(payment.amount) for payment in application.payments.all()] == ["400.00"]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"amount": "a lot"}, "Enter an amount in pounds"),
            ({"amount": "0"}, "more than £0"),
            ({"amount": "1.234"}, "at most two digits of pence"),
            ({"amount": "NaN"}, "Enter an amount in pounds"),
            ({"amount": "99999999999"}, "too large"),
            (a_day("received_on", day(1)), "is in the future"),
            ({"received_on_month": "13"}, "must be a real date"),
            ({"bank_reference": ""}, "Enter the reference on the bank statement."),
        ],
    )
    def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(self, typed: dict[str, str], said: str) -> None:
        application = stories.an_application_submitted()
        sent = {"amount": "400", "bank_reference": "FP 77123", **a_day("received_on", TODAY), **typed}

        response = officer().post(address(application, "payments/"), sent)

        assert response.status_code == 422
        page = text_of(response)
        assert said in page
        for value in sent.values():
            if value:
                assert f'value="{value}"' in page
        assert not application.payments.exists()

    @pytest.mark.both
    def test_pressing_twice_records_once(self) -> None:
        application = stories.an_application_submitted()
        sent = {"amount": "400", "bank_reference": "FP 1", **a_day("received_on", TODAY)}
        client = officer()
        client.post(address(application, "payments/"), sent)

        response = client.post(address(application, "payments/"), sent)

        assert response.status_code == 422
        assert "has been recorded before" in text_of(response)
        assert application.payments.count() == 1


class TestCheck:
    def test_the_reply_is_recorded(self) -> None:
        application = stories.an_application_being_assessed()
        check = application.checks.of_others().order_by("pk")[0]
        sent = {"result": "adverse", "evidence": "Two returns.", **a_day("replied_on", TODAY)}

        response = officer().post(reverse("record_check", args=[check.reference]), sent)

        assert response.status_code == 302
        check.refresh_from_db()
        assert (check.result, check.replies.get().evidence) == ("adverse", "Two returns.")

    def test_an_adverse_reply_without_words_is_said_beside_the_question(self) -> None:
        application = stories.an_application_being_assessed()
        check = application.checks.of_others().order_by("pk")[0]
        sent = {"result": "adverse", "evidence": "", **a_day("replied_on", TODAY)}

        response = officer().post(reverse("record_check", args=[check.reference]), sent)

        assert response.status_code == 422
        assert 'href="#id_evidence"' in text_of(response)
        assert "Say what the adverse reply was." in text_of(response)

    def test_a_check_that_was_never_made_is_not_there(self) -> None:
        assert officer().get(reverse("record_check", args=["K-0000-0000"])).status_code == 404

    @pytest.mark.parametrize("role", ["applicant", "inspector", "decision_maker", "manager", "auditor"])
    def test_others_may_not(self, role: str) -> None:
        application = stories.an_application_being_assessed()
        check = application.checks.of_others().order_by("pk")[0]

        assert signed_in(person(role)).post(reverse("record_check", args=[check.reference])).status_code == 403


class TestAsking:
    def test_the_applicant_is_asked(self) -> None:
        application = stories.an_application_being_assessed()

        officer().post(address(application, "ask/"), {"item-0-text": "Who signs?", **a_day("due_on", day(7))})

        request = InformationRequest.objects.get()
        assert (request.application, request.due_on) == (application, day(7))
        assert [item.text for item in request.items.all()] == ["Who signs?"]

    def test_the_question_stays_when_the_day_is_wrong(self) -> None:
        application = stories.an_application_being_assessed()

        response = officer().post(address(application, "ask/"), {"item-0-text": "Who signs?", **a_day("due_on", TODAY)})

        assert response.status_code == 422
        assert "Who signs?</textarea>" in text_of(response)
        assert "The day must be tomorrow or later." in text_of(response)


class TestCommissioning:
    def commission(self, application: Application, inspector: User, **typed: str) -> Any:
        sent = {"brief": "See the beds.", "inspector": inspector.reference, **a_day("due_on", day(14)), **typed}
        return officer().post(address(application, "commission-inspection/"), sent)

    def test_an_inspector_gets_the_brief_and_the_answers(self) -> None:
        application, inspector = stories.an_application_being_assessed(), person("inspector")

        self.commission(application, inspector)

        inspection = Inspection.objects.get()
        assert (inspection.case, inspection.inspector, inspection.brief) == (
            application.reference,
            inspector,
            "See the beds.",
        )
        assert inspection.facts["transport"] == application.facts["transport"]

    def test_an_inspector_does_not_get_what_other_authorities_replied(self) -> None:
        application = stories.an_application_being_assessed()
        a_check_answered(application.checks.of_others().order_by("pk")[0], "adverse")

        self.commission(application, person("inspector"))

        assert "adverse_reply" not in Inspection.objects.get().facts

    @pytest.mark.both
    def test_a_second_one_at_the_same_time_is_refused(self) -> None:
        application = stories.an_application_being_assessed()
        an_inspection(organisation=application.organisation, case=application.reference)

        response = self.commission(application, person("inspector"))

        assert response.status_code == 422
        assert Inspection.objects.count() == 1

    def test_only_an_inspector_can_be_chosen(self) -> None:
        response = self.commission(stories.an_application_being_assessed(), person("case_officer"))

        assert response.status_code == 422
        assert "Choose a person who works as an inspector." in text_of(response)


class TestProposing:
    def test_a_grant_is_proposed(self) -> None:
        application = an_application_checked()
        sent = {"because": "All is well.", "rows": "1", **a_day("starts", day(3))}

        response = officer().post(address(application, "propose/grant/"), sent)

        decision = Decision.objects.get()
        assert response.headers["Location"] == f"/staff/decisions/{decision.reference}/"
        assert (decision.kind, decision.starts, decision.because) == ("grant", day(3), "All is well.")
        assert not decision.conditions.exists()

    def test_a_grant_with_conditions_is_proposed(self) -> None:
        application = an_application_checked()
        sent = {
            "because": "All but one.",
            "rows": "2",
            **a_day("starts", day(3)),
            "condition-1-standard": "3.1",
            "condition-1-requirement": "Keep records.",
            **a_day("condition-1-due_on", day(60)),
        }

        officer().post(address(application, "propose/grant/"), sent)

        condition = Decision.objects.get().conditions.get()
        assert (condition.standard, condition.requirement, condition.due_on) == ("3.1", "Keep records.", day(60))

    def test_half_a_condition_is_said_beside_what_is_missing(self) -> None:
        application = an_application_checked()
        sent = {"because": "All but one.", "rows": "1", **a_day("starts", day(3)), "condition-0-standard": "3.1"}

        response = officer().post(address(application, "propose/grant/"), sent)

        assert response.status_code == 422
        assert 'href="#id_condition-0-requirement"' in text_of(response)
        assert "Enter the corrective action that is needed." in text_of(response)
        assert "Enter the day by which the condition must be met." in text_of(response)

    def test_another_row_can_be_asked_for_and_all_that_was_typed_is_kept(self) -> None:
        application = an_application_checked()
        sent = {"because": "Half a reason", "rows": "1", "condition-0-requirement": "Keep records.", "more": "1"}

        response = officer().post(address(application, "propose/grant/"), sent)

        page = text_of(response)
        assert response.status_code == 200
        assert "There is a problem" not in page
        assert "Half a reason</textarea>" in page and "Keep records.</textarea>" in page
        assert "Condition 2" in page and "Condition 3" not in page
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("rows", ["", "x", "-1", "999", "99"])
    def test_a_strange_number_of_rows_does_no_harm(self, rows: str) -> None:
        application = an_application_checked()
        sent = {"because": "All is well.", "rows": rows, **a_day("starts", day(3))}

        assert officer().post(address(application, "propose/grant/"), sent).status_code == 302

    def test_the_grounds_of_a_refusal_start_from_what_the_inspection_found(self) -> None:
        application = an_application_checked()
        inspection = an_inspection_of(application, "2.1")

        page = text_of(officer().get(address(application, "propose/refuse/")))

        assert f"Inspection {inspection.reference} of" in page
        assert "standard 2.1: Not met: Payslips of May show it for 2.1." in page
        assert f'value="finding:{inspection.reference}:2.1" checked' in page
        assert '<option value="2.1" selected >' in page

    def test_a_refusal_is_proposed(self) -> None:
        application = an_application_checked()
        sent = {
            "because": "Unsafe.",
            "rows": "1",
            "ground-0-standard": "3.1",
            "ground-0-text": "Eight to a room.",
            "ground-0-evidence": "Photographs.",
        }

        officer().post(address(application, "propose/refuse/"), sent)

        ground = Decision.objects.get(kind="refuse").grounds.get()
        assert (ground.standard, ground.text) == ("3.1", "Eight to a room.")
        assert [(one.kind, one.text) for one in ground.exhibits.all()] == [("note", "Photographs.")]

    def test_a_refusal_without_a_ground_is_refused(self) -> None:
        application = an_application_checked()

        response = officer().post(address(application, "propose/refuse/"), {"because": "Unsafe.", "rows": "1"})

        assert response.status_code == 422
        assert "Choose the standard or condition that was not met." in text_of(response)

    def test_what_is_missing_of_the_first_ground_is_said_with_everything_else(self) -> None:
        """Nothing of a ground that is needed reads as optional, nor is it missed only on a second try."""
        form = address(an_application_checked(), "propose/refuse/")

        asked = text_of(officer().get(form))
        response = officer().post(form, {"because": "", "rows": "1"})

        assert "What is wrong (optional)" not in asked
        assert response.status_code == 422
        for field in ("because", "ground-0-standard", "ground-0-text", "ground-0-evidence"):
            assert f'href="#id_{field}"' in text_of(response)

    def test_departing_from_the_score_is_asked_for_beside_its_question(self) -> None:
        application = an_application_checked()
        an_inspection_of(application, "2.1")
        sent = {"because": "All is well.", "rows": "1", **a_day("starts", day(3))}

        response = officer().post(address(application, "propose/grant/"), sent)
        assert response.status_code == 422
        assert 'href="#id_departs_because"' in text_of(response)

        response = officer().post(address(application, "propose/grant/"), {**sent, "departs_because": "Put right."})
        assert response.status_code == 302
        assert Decision.objects.get().inspections.count() == 1

    def test_a_kind_that_is_not_of_an_application_has_no_page(self) -> None:
        assert officer().get(address(an_application_checked(), "propose/revoke/")).status_code == 404

    def test_a_second_proposal_says_why_not(self) -> None:
        decision = a_grant_proposed()
        assert decision.application

        page = text_of(officer().get(address(decision.application, "propose/refuse/")))

        assert "Another decision has been proposed and is still open." in page

    def test_refused_cases_show_their_decision(self) -> None:
        decision = decided(notified(a_refusal_proposed()), at=later(15))
        assert decision.application

        assert decision.reference in text_of(officer().get(address(decision.application)))
