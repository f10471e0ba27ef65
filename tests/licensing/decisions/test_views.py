from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.decisions.actions import hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenReply
from registry.register.models import Entry
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/staff/decisions/"


def address(decision: Decision, move: str = "") -> str:
    return f"{LIST}{decision.reference}/{move}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def officer() -> Client:
    return signed_in(person("case_officer"))


def decider() -> Client:
    return signed_in(person("decision_maker"))


def a_day(name: str, when: Any) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def typed(from_day: Any) -> dict[str, str]:
    """What a decider types who grants from this day."""
    return {"because": "All is well.", **a_day("from_day", from_day)}


@pytest.mark.both
class TestList:
    def test_officers_and_deciders_find_every_decision(self) -> None:
        decision = a_grant_proposed()

        for role in ("case_officer", "decision_maker", "manager", "auditor"):
            page = text_of(signed_in(person(role)).get(LIST))
            assert decision.reference in page
            assert "1 decision<" in page

    @pytest.mark.parametrize("role", ["applicant", "inspector", "labour_user", "people_administrator"])
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(LIST).status_code == 403

    def test_the_signed_out_are_sent_to_sign_in(self) -> None:
        assert Client().get(LIST).headers["Location"].startswith("/account/login/")

    @pytest.mark.parametrize("query", ["?status=splendid", "?kind=x", "?q=" + "x" * 101])
    def test_a_filter_that_cannot_be_read_is_said_and_not_passed_over(self, query: str) -> None:
        decision = a_grant_proposed()

        response = officer().get(LIST + query)

        assert response.status_code == 422
        assert decision.reference not in text_of(response)

    @pytest.mark.parametrize("query", ["?status=notified", "?kind=refuse", "?q=blodwen"])
    def test_each_filter_leaves_what_it_says(self, query: str) -> None:
        wanted = notified(a_refusal_proposed(an_application_checked(legal_name="Blodwen Cyf")))
        other = a_grant_proposed()

        page = text_of(officer().get(LIST + query))

        assert wanted.reference in page and other.reference not in page

    def test_a_decision_is_found_by_what_it_is_about(self) -> None:
        licence = a_licence(legal_name="Blodwen Cyf")
        wanted, other = a_revocation_proposed(licence), a_grant_proposed()

        for typed in (licence.number.lower(), wanted.reference):
            page = text_of(officer().get(LIST, {"q": typed}))
            assert wanted.reference in page and other.reference not in page

    def test_what_waits_for_a_decider_is_ripe_and_not_their_own(self) -> None:
        me = person("decision_maker", "case_officer")
        ripe = a_grant_proposed()
        own = a_grant_proposed(legal_name="Abercwm Ltd", by=me)
        unripe = notified(a_refusal_proposed(an_application_checked(legal_name="Blodwen Ltd")))
        answered = notified(a_refusal_proposed(an_application_checked(legal_name="Cadwgan Ltd")))
        holder = stories.holder_of(answered.organisation)
        hearings.represent(answered, text="So be it.", by=holder, at=NOW)
        hearings.represent(answered, text="And this is all.", is_whole=True, by=holder, at=NOW)
        waiting = notified(a_refusal_proposed(an_application_checked(legal_name="Dwyfor Ltd")))
        hearings.represent(waiting, text="Wait.", by=stories.holder_of(waiting.organisation), at=NOW)

        page = text_of(signed_in(me).get(f"{LIST}?mine=on"))

        assert ripe.reference in page and answered.reference in page
        assert all(one.reference not in page for one in (own, unripe, waiting))

    def test_the_list_costs_the_same_however_long_it_is(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = officer()
        for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
            a_grant_proposed(legal_name=name)

        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            client.get(LIST)


QUERIES_OF_THE_LIST = 9


class TestPage:
    def test_it_shows_what_is_proposed_and_why(self) -> None:
        application = an_application_checked()
        inspection = an_inspection_of(application, "2.1")
        decision = a_grant_proposed_departing(application, inspection)

        page = text_of(decider().get(address(decision)))

        for shown in (
            decision.reference,
            application.reference,
            "The standards are met.",
            "Put right the same day.",
            inspection.reference,
            "Proposed</h3>",
        ):
            assert shown in page, shown

    def test_it_shows_the_chain_from_ground_to_reply(self) -> None:
        decision = notified(a_refusal_proposed())
        holder = stories.holder_of(decision.organisation)
        answer = GivenReply(1, "There are four to a room now.")
        hearings.represent(decision, text="The beds are gone.", to_grounds=[answer], by=holder, at=later(1))

        page = text_of(decider().get(address(decision)))

        assert "Workers are housed eight to a room." in page
        assert "The photographs of 2 October show it." in page
        assert "Notified 2 November 2026" in page
        assert "The beds are gone." in page
        assert "There are four to a room now." in page
        assert "to be answered by 16 November 2026" in page

    def test_the_proposer_is_told_why_not_to_decide(self) -> None:
        both = person("case_officer", "decision_maker")
        decision = a_grant_proposed(by=both)

        page = text_of(signed_in(both).get(address(decision)))

        assert "Not available yet: Grant the licence" in page
        assert "You proposed this decision, so someone else must take it." in page

    def test_the_subject_does_not_read_the_staffs_page(self) -> None:
        decision = notified(a_refusal_proposed())
        holder = stories.holder_of(decision.organisation)

        assert signed_in(holder).get(address(decision)).status_code == 403


def a_grant_proposed_departing(application: Any, inspection: Any) -> Decision:
    return proposals.propose(
        application,
        kind="grant",
        because="The standards are met.",
        starts=day(1),
        inspections=[inspection],
        departs_because="Put right the same day.",
        by=person("case_officer"),
        at=NOW,
    )


class TestNotifying:
    def test_it_is_done_by_pressing_and_not_by_looking(self) -> None:
        decision, client = a_refusal_proposed(), officer()

        client.get(address(decision, "notify/"))
        decision.refresh_from_db()
        assert decision.status == "proposed"

        assert client.post(address(decision, "notify/")).headers["Location"] == address(decision)
        decision.refresh_from_db()
        assert decision.status == "notified"

    def test_a_grant_needs_no_hearing(self) -> None:
        response = officer().post(address(a_grant_proposed(), "notify/"))

        assert response.status_code == 422
        assert "This needs no hearing: it can be decided." in text_of(response)

    def test_others_may_not(self) -> None:
        decision = a_refusal_proposed()

        for role in ("applicant", "inspector", "manager", "auditor"):
            assert signed_in(person(role)).post(address(decision, "notify/")).status_code == 403


class TestDeciding:
    def test_the_page_says_what_will_be_published_and_written(self) -> None:
        page = text_of(decider().get(address(a_grant_proposed(starts=day(3)), "decide/")))

        assert "What the register will say" in page
        assert "Licensed: from the day that you choose" in page
        assert "The letter that we send" in page
        assert "Your licence is granted" in page
        assert 'value="5"' in page and 'value="11"' in page  # the proposed day is offered

    def test_a_refusal_says_what_becomes_of_the_entry(self) -> None:
        page = text_of(decider().get(address(notified(a_refusal_proposed()), "decide/")))

        assert "The applicant is taken off the register: at once" in page
        assert "The subject may still reply." in page

    def test_a_suspension_says_until_when(self) -> None:
        page = text_of(decider().get(address(notified(a_suspension_proposed()), "decide/")))

        assert "Suspended until" in page

    def test_the_earliest_lawful_day_is_offered(self, set_clock: SetClock) -> None:
        decision = notified(a_revocation_proposed(immediate=False, takes_effect=date(2026, 12, 16)))

        set_clock(later(18))
        page = text_of(decider().get(address(decision, "decide/")))

        assert "It can take effect on 19 December 2026 at the earliest." in page
        assert 'name="from_day_day" type="text" value="19"' in page

    def test_deciding_licenses(self) -> None:
        decision = a_grant_proposed()

        response = decider().post(address(decision, "decide/"), typed(day(2)))

        assert response.headers["Location"] == address(decision)
        decision.refresh_from_db()
        assert decision.application and decision.application.licence
        entry = Entry.objects.standing_on(day(2)).get(shown_until=None)
        assert (entry.number, entry.standing) == (decision.application.licence.number, "licensed")

    @pytest.mark.both
    def test_deciding_twice_decides_once(self) -> None:
        decision, client = a_grant_proposed(), decider()
        client.post(address(decision, "decide/"), typed(day(2)))

        response = client.post(address(decision, "decide/"), typed(day(2)))

        assert response.status_code == 422
        assert "something else has happened in the meantime" in text_of(response)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({}, "enter a date"),
            ({"from_day_day": "31", "from_day_month": "2", "from_day_year": "2027"}, "must be a real date"),
            ({"from_day_day": "3", "from_day_month": "12"}, "must include a year"),
            ({"from_day_day": "1", "from_day_month": "11", "from_day_year": "2026"}, "cannot start in the past"),
        ],
    )
    def test_a_wrong_day_is_said_and_kept(self, wrong: dict[str, str], said: str) -> None:
        decision = a_grant_proposed()

        response = decider().post(address(decision, "decide/"), {**wrong, "because": "All is well."})

        assert response.status_code == 422
        assert said in text_of(response)
        assert "All is well.</textarea>" in text_of(response)
        for name, value in wrong.items():
            assert f'name="{name}" type="text" value="{value}"' in text_of(response)
        decision.refresh_from_db()
        assert decision.status == "proposed"

    def test_each_ground_is_concluded_with_a_reason(self, set_clock: SetClock) -> None:
        decision = notified(a_refusal_proposed())
        set_clock(later(15))

        response = decider().post(address(decision, "decide/"), {"because": "It is unsafe.", "concluded_1": "Seen."})
        assert response.status_code == 422
        assert 'href="#id_upheld_1' in text_of(response)
        assert "Seen.</textarea>" in text_of(response)

        given = {"because": "It is unsafe.", "upheld_1": "yes", "concluded_1": "Seen."}
        assert decider().post(address(decision, "decide/"), given).status_code == 302
        decision.refresh_from_db()
        assert (decision.status, decision.decided_because) == ("decided", "It is unsafe.")

    def test_a_ground_that_is_not_upheld_carries_no_decision(self, set_clock: SetClock) -> None:
        decision = notified(a_refusal_proposed())
        set_clock(later(15))
        given = {"because": "It is unsafe.", "upheld_1": "no", "concluded_1": "Put right."}

        response = decider().post(address(decision, "decide/"), given)

        assert response.status_code == 422
        assert "You uphold no ground" in text_of(response)


class TestSupplementing:
    def test_a_further_ground_is_put_under_a_notified_proposal(self) -> None:
        decision = notified(a_refusal_proposed())
        sent = {
            "rows": "1",
            "ground-0-standard": "2.1",
            "ground-0-text": "No returns.",
            "ground-0-evidence": "The letter of May.",
        }

        response = officer().post(address(decision, "supplement/"), sent)

        assert response.headers["Location"] == address(decision)
        page = text_of(officer().get(address(decision)))
        assert "No returns." in page and "Not notified yet." in page
        decision.refresh_from_db()
        assert decision.status == "proposed"

    def test_a_half_filled_ground_is_said_beside_its_field(self) -> None:
        decision = notified(a_refusal_proposed())

        response = officer().post(address(decision, "supplement/"), {"rows": "1", "ground-0-text": "No returns."})

        assert response.status_code == 422
        for said in ("Choose the standard or condition that was not met.", "Tick evidence above, or write"):
            assert said in text_of(response)
        assert "No returns.</textarea>" in text_of(response)

    def test_others_may_not(self) -> None:
        decision = notified(a_refusal_proposed())

        for role in ("applicant", "decision_maker", "inspector", "auditor"):
            assert signed_in(person(role)).post(address(decision, "supplement/"), {}).status_code == 403


class TestDropping:
    def test_an_old_page_does_not_drop_what_was_notified_meanwhile(self) -> None:
        decision = a_refusal_proposed()
        page = officer().get(address(decision, "drop/"))
        notified(decision)
        sent = {"because": "Sent in error.", "version": page.context["form"].page_version}

        answer = officer().post(address(decision, "drop/"), sent)

        assert answer.status_code == 409
        assert "Subject notified" in text_of(answer) and "Sent in error." in text_of(answer)
        decision.refresh_from_db()
        assert decision.status == "notified"

    def test_it_is_dropped_with_a_reason(self) -> None:
        decision = a_grant_proposed()

        officer().post(address(decision, "drop/"), {"because": "Wrong date."})

        decision.refresh_from_db()
        assert decision.status == "dropped"

    def test_without_a_reason_it_stays(self) -> None:
        decision = a_grant_proposed()

        response = officer().post(address(decision, "drop/"), {"because": " "})

        assert response.status_code == 422
        decision.refresh_from_db()
        assert decision.status == "proposed"

    def test_others_may_not(self) -> None:
        decision = a_grant_proposed()

        for role in ("applicant", "decision_maker", "inspector", "auditor"):
            assert signed_in(person(role)).post(address(decision, "drop/"), {"because": "No."}).status_code == 403


def test_what_is_decided_can_only_be_read() -> None:
    decision = decided(a_grant_proposed())

    for client in (officer(), decider()):
        page = client.get(address(decision))
        assert [one.name for one in page.context["moves"]] == ["add_to_file"]
        assert "Decided" in text_of(page)
