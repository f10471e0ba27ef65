"""What the registry finds by itself when an application is handed in: recorded as checks, with result and evidence."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from licensing import jobs
from licensing.applications.models import Application
from licensing.checks.actions import checks
from licensing.checks.models import Check, Reply
from licensing.checks.queries import facts
from licensing.checks.states import OwnCheck
from licensing.decisions.queries import readiness
from licensing.progress.queries import whereabouts
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.applications.companies import a_snapshot
from tests.licensing.checks.lists import a_list
from tests.licensing.phoenix_matches.world import RUNS, handed_in
from tests.licensing.stories import TODAY, a_licence, a_refusal_proposed, decided, later, notified
from tests.people import person

pytestmark = pytest.mark.django_db


def own(application: Application, code: str) -> tuple[Check, Reply]:
    check = application.checks.get(code=f"own_{code}")
    return check, check.replies.standing().get()


def what(application: Application) -> dict[str, str]:
    """What each look came to."""
    own = application.checks.filter(code__in=OwnCheck.values)
    return {check.code: check.replies.standing().get().result for check in own}


def test_each_is_recorded_at_once_with_result_and_evidence_by_the_system() -> None:
    application = stories.an_application_submitted()

    assert what(application) == {
        "own_numbers": "nil",
        "own_company": "not_applicable",  # no snapshot has been read
        "own_history": "no_trace",
        "own_lists": "not_applicable",  # no list has been read
    }
    check, reply = own(application, "numbers")
    assert (check.result, check.replied_on, reply.way, reply.recorded_by) == ("nil", TODAY, "system", None)
    assert "Unique Taxpayer Reference 1955839661 is a valid number." in reply.evidence
    assert Event.objects.get(verb="look_up").facts["found"] == what(application)


def test_they_are_no_replies_of_other_authorities() -> None:
    """Neither to the applicant, who waits for those, nor to the triggers of a pack."""
    application = stories.an_application_submitted()
    others = application.checks.exclude(code__startswith="own_").count()

    step = next(
        step
        for step in whereabouts.whereabouts(application, today=TODAY).steps
        if step.title == "Other authorities reply"
    )

    assert step.hint == f"0 of {others} have replied"
    assert not facts.facts_of(application)["adverse_reply"]


class TestCompany:
    def test_what_differs_from_the_snapshot_waits_for_an_officer(self) -> None:
        a_snapshot(CompanyNumber="00445790", CompanyName="DYFFRYN HARVEST LIMITED", CompanyStatus="Liquidation")

        check, reply = own(stories.an_application_submitted(), "company")

        assert (check.result, reply.result) == ("", "look")
        assert check.due_on == TODAY + timedelta(days=5)
        assert {item["code"] for item in reply.items} >= {"name", "status"}
        assert "Snapshot of" in reply.evidence

    def test_a_company_that_is_not_active_is_a_fact_for_the_triggers_until_somebody_has_looked(self) -> None:
        a_snapshot(CompanyNumber="00445790", CompanyName="DYFFRYN LABOUR LTD", CompanyStatus="Liquidation")
        application = stories.an_application_being_assessed()
        check, _reply = own(application, "company")
        assert facts.facts_of(application)["company_gone"] is True

        checks.record_result(
            check, result="nil", evidence="Lifted since.", replied_on=TODAY, by=person("case_officer"), at=NOW
        )

        assert facts.facts_of(application)["company_gone"] is False

    def test_what_agrees_is_nil(self) -> None:
        a_snapshot(CompanyNumber="00445790", CompanyName="DYFFRYN LABOUR LTD", CompanyStatus="Active")
        application = stories.an_application_submitted()

        check, _reply = own(application, "company")

        assert check.result in {"nil", ""}
        assert facts.facts_of(application)["company_gone"] is False


class TestHistory:
    def test_an_earlier_refusal_of_somebody_in_the_firm_is_found_with_its_reference(self) -> None:
        first = stories.an_application_being_assessed(legal_name="Old Name Ltd")
        refusal = notified(a_refusal_proposed(first))
        decided(refusal, by=person("decision_maker"), at=later(60))

        check, reply = own(stories.an_application_submitted(at=later(90), legal_name="Old Name Ltd"), "history")

        assert check.result == ""
        assert [(item["code"], item["reference"]) for item in reply.items] == [("refused", first.reference)]
        assert "Old Name Ltd" in reply.evidence

    def test_an_earlier_licence_is_said_and_no_reason_to_look(self) -> None:
        licence = a_licence(stories.a_provider("Old Name Ltd"))

        check, reply = own(stories.an_application_submitted(legal_name="Old Name Ltd"), "history")

        assert check.result == "nil"
        assert licence.number in reply.evidence

    def test_what_befalls_another_firm_of_theirs_while_the_case_is_in_hand_is_found_the_day_after(self) -> None:
        old, new = (stories.an_application_paid(handed_in(name, director=RUNS)) for name in ("Old Name", "New Name"))
        other = notified(a_refusal_proposed(stories.an_application_being_assessed(old)))
        case = stories.an_application_being_assessed(new)
        assert own(case, "history")[0].result == "no_trace"

        decided(other, by=person("decision_maker"), at=later(60))
        assert jobs.look_again(at=later(60)) == 1
        check, reply = own(case, "history")

        assert check.result == ""
        assert [item["code"] for item in reply.items] == ["refused"]
        assert jobs.look_again(at=later(62)) == 0  # the same as yesterday


class TestLists:
    def test_a_director_on_a_list_is_found_by_birthday_and_name_in_any_spelling(self, tmp_path: Path) -> None:
        a_list(tmp_path, "Parry Gethyn,G. Parri,1971-02-03,,DD-77,2020-01-01,2031-01-01,Register")

        check, reply = own(stories.an_application_submitted(), "lists")

        assert (check.result, reply.result) == ("", "look")
        (item,) = reply.items
        assert item["reference"] == "DD-77"
        assert "Gethin Parry" in item["summary"]
        assert "born on the same day" in item["summary"]

    @pytest.mark.parametrize(
        "row",
        [
            "Gethin Parry,,1971-02-04,,1,,,",  # another birthday
            "Somebody Else,,1971-02-03,,2,,,",  # another name
            "Gethin Parry,,1971-02-03,,3,2010-01-01,2020-01-01,",  # it is over
        ],
    )
    def test_nobody_is_found_by_a_name_alone_nor_when_it_is_over(self, tmp_path: Path, row: str) -> None:
        a_list(tmp_path, row)

        check, reply = own(stories.an_application_submitted(), "lists")

        assert check.result == "nil"
        assert "Disqualified directors" in reply.evidence

    def test_a_company_is_found_by_its_number(self, tmp_path: Path) -> None:
        a_list(tmp_path, "Dyffryn Labour Limited,,,445790,WU-1,2024-01-01,,Gazette")

        _check, reply = own(stories.an_application_submitted(), "lists")

        assert "the same company number" in reply.items[0]["summary"]

    def test_a_match_is_a_fact_for_the_triggers_and_keeps_a_grant_waiting_until_somebody_has_looked(
        self, tmp_path: Path
    ) -> None:
        a_list(tmp_path, "Gethin Parry,,1971-02-03,,DD-77,2020-01-01,,")
        application = stories.an_application_being_assessed()
        assert facts.facts_of(application)["on_a_list"] is True
        for check in application.checks.of_others():
            checks.record_result(check, result="nil", evidence="", replied_on=TODAY, by=person("case_officer"), at=NOW)
        assert readiness.readiness(application).unanswered_checks == 1

        check, _reply = own(application, "lists")
        checks.record_result(
            check, result="nil", evidence="Another Gethin Parry.", replied_on=TODAY, by=person("case_officer"), at=NOW
        )

        assert facts.facts_of(application)["on_a_list"] is False
        assert readiness.readiness(application).unanswered_checks == 0

    def test_a_newer_edition_is_compared_with_cases_in_hand_and_what_was_dismissed_stays_so(
        self, tmp_path: Path
    ) -> None:
        a_list(tmp_path, "Nobody At All,,1950-01-01,,1,,,", at=NOW)
        application = stories.an_application_being_assessed()
        assert own(application, "lists")[0].result == "nil"

        a_list(tmp_path, "Gethin Parry,,1971-02-03,,DD-77,2020-01-01,,", at=later(1))
        again = [jobs.look_again(at=later(1)), jobs.look_again(at=later(1))]
        check, _reply = own(application, "lists")
        assert (again, check.result) == ([1, 0], "")
        checks.record_result(
            check,
            result="nil",
            evidence="Another one.",
            replied_on=date(2026, 11, 3),
            by=person("case_officer"),
            at=later(1),
        )

        a_list(tmp_path, "Gethin Parry,,1971-02-03,,DD-77,2020-01-01,,", "Nobody,,1950-01-01,,1,,,", at=later(2))

        assert jobs.look_again(at=later(2)) == 0
        assert own(application, "lists")[0].result == "nil"
