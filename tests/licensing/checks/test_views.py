"""Checks as officers see them: the work list with its CSV, and the page of one."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from licensing import jobs
from licensing.checks.models import Check
from registry.documents.models import Document
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import SetClock
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, a_letter, an_agency, answered
from tests.licensing.stories import later
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST, CSV = "/staff/checks/", "/staff/checks/list.csv"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page(name: str, check: Check, *more: str) -> str:
    return reverse(name, args=[check.reference, *more])


def officer() -> Client:
    return signed_in(person("case_officer"))


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.post(CSV + query).getvalue().decode("utf-8-sig"))))


@pytest.mark.both
class TestList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?code=tax", 1),
            ("?code=tax&state=open", 1),
            ("?code=tax&state=overdue", 1),
            ("?code=tax&state=reminded", 1),
            ("?code=tax&state=answered", 0),
            ("?code=tax&state=adverse", 0),
            ("?code=tax&agency=nobody", 0),
            ("?code=tax&agency=ourselves", 0),
            ("?code=tax&q=dyffryn", 1),
            ("?code=tax&q=nobody+at+all", 0),
            ("?code=tax&mine=on", 0),
        ],
    )
    def test_page_and_csv_are_narrowed_alike(self, set_clock: SetClock, query: str, found: int) -> None:
        check = a_check_put()
        jobs.remind_authorities(at=later(21))
        set_clock(later(30))
        client = officer()

        assert text_of(client.get(LIST + query)).count(page("staff_check", check)) == found
        assert [row["Check"] for row in rows(client, query)] == [check.reference] * found

    def test_the_csv_says_who_when_and_what_and_never_what_was_replied(self, set_clock: SetClock) -> None:
        check = a_check_put()
        jobs.remind_authorities(at=later(21))
        answered(check, at=later(22))
        set_clock(later(22))

        (row,) = rows(officer(), "?code=tax")

        assert (row["Authority"], row["About"], row["Reminders"]) == (
            "Revenue of Sampleshire",
            "Dyffryn Labour Ltd",
            "1",
        )
        assert (row["Reply"], row["Day of the reply"]) == ("Adverse", "2026-11-24")
        assert "48,211" not in str(row)

    def test_a_view_of_it_can_be_kept_and_that_it_was_taken_away_is_on_the_trail(self) -> None:
        client = officer()
        client.post("/staff/views/keep/staff_checks/?state=overdue", {"name": "Chase these"})

        rows(client, "?state=overdue&q=Dyffryn")

        assert "Chase these" in text_of(client.get(LIST))
        event = Event.objects.latest("number")
        assert event.facts == {"list": "staff_checks", "chosen": {"state": "overdue", "q": "…"}, "rows": 0}

    def test_a_name_is_no_formula(self) -> None:
        stories.an_application_being_assessed(legal_name="=HYPERLINK(1)")

        assert {row["Organisation"] for row in rows(officer())} == {"'=HYPERLINK(1)"}

    def test_it_costs_the_same_however_long_it_is(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        agency = an_agency()
        for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
            a_check_put(agency, stories.an_application_being_assessed(legal_name=name))
        client = officer()

        # Two of them write down whose names were shown.
        with django_assert_num_queries(14):
            client.get(LIST)
        client.post(CSV)  # the rows of the stories are sealed with this event
        # Two of them write down each name that is taken.
        with django_assert_num_queries(21):
            client.post(CSV).getvalue()


class TestPage:
    def test_it_shows_who_was_asked_when_and_what_came_back(self, set_clock: SetClock) -> None:
        check = a_check_put()
        jobs.remind_authorities(at=later(21))
        answered(check, at=later(22), restriction="For the decision only.")
        set_clock(later(22))

        said = text_of(officer().get(page("staff_check", check)))

        for shown in ("Revenue of Sampleshire", "Asked", "Reminded", EVIDENCE, "For the decision only.", "1955839661"):
            assert shown in said
        assert "The reply may not be shown to its subject." in said

    @pytest.mark.parametrize("role", ["manager", "auditor"])
    def test_whoever_does_not_weigh_the_case_reads_that_there_is_a_reply(self, role: str) -> None:
        check = a_check_put()
        answered(check)
        client = signed_in(person(role))

        for address in (page("staff_check", check), reverse("application", args=[check.case.reference])):
            said = text_of(client.get(address))
            assert "48,211" not in said
            assert "What it says is withheld" in said

    def test_the_case_shows_the_reply_with_its_restriction(self) -> None:
        check = a_check_put()
        answered(check)

        said = text_of(officer().get(reverse("application", args=[check.case.reference])))

        assert EVIDENCE in said
        assert "Not to be passed on." in said

    def test_what_a_reply_replaced_stays_readable(self) -> None:
        check = a_check_put()
        answered(check)
        answered(check, result="nil", evidence="It was a mistake of ours.")

        said = text_of(officer().get(page("staff_check", check)))

        assert "What it replaced" in said
        assert EVIDENCE in said
        assert "It was a mistake of ours." in said


class TestActing:
    def test_a_reply_is_written_down_with_a_tighter_restriction(self) -> None:
        check = a_check_put()
        typed = {
            "result": "nil",
            "replied_on_day": "2",
            "replied_on_month": "11",
            "replied_on_year": "2026",
            "evidence": "",
            "answered_by": "A. Taxwoman",
            "keep_from_subject": "on",
        }

        answer = officer().post(page("record_check", check), typed)

        assert answer.headers["Location"] == reverse("application", args=[check.case.reference])
        assert check.replies.get().answered_by == "A. Taxwoman"

    def test_a_reply_that_is_there_is_replaced_and_not_recorded_again(self) -> None:
        check, client = a_check_put(), officer()
        typed = {"result": "nil", "replied_on_day": "2", "replied_on_month": "11", "replied_on_year": "2026"}

        assert "Record the reply" in text_of(client.get(page("staff_check", check)))
        said = text_of(client.post(page("record_check", check), typed, follow=True))
        shown = text_of(client.get(page("staff_check", check)))

        assert f"Reply to a check recorded: {check.reference}" in said
        assert "Replace the reply" in shown
        assert "Record the reply" not in shown

    def test_words_that_repeat_the_reply_are_refused_and_kept(self) -> None:
        check = a_check_put()
        answered(check)

        answer = officer().post(page("sanitise_check", check), {"text": "It owes 48,211 pounds."})

        assert answer.status_code == 422
        assert "may not be shown to its subject" in text_of(answer)
        assert "It owes 48,211 pounds." in text_of(answer)

    def test_the_agreement_of_the_authority_is_recorded(self) -> None:
        check = a_check_put()
        reply = answered(check)
        typed = {
            "to_subject": "on",
            "given_by": "A. Taxwoman",
            "given_on_day": "2",
            "given_on_month": "11",
            "given_on_year": "2026",
            "words": "You may show it (TX/12).",
        }

        assert officer().post(page("release_check", check), typed).status_code == 302
        assert reply.releases.get().to_subject

    def test_a_check_is_put_to_another_authority(self) -> None:
        an_agency("North", codes=["police"])
        south = an_agency("South", codes=["police"])
        check = stories.an_application_being_assessed().checks.filter(code="police")[0]

        answer = officer().post(page("put_check", check), {"agency": south.reference})

        assert answer.status_code == 302
        check.refresh_from_db()
        assert check.agency == south

    def test_the_words_of_an_officer_to_the_applicant_are_told_off_beside_the_field(self) -> None:
        check = a_check_put()
        answered(check)
        typed = {"item-0-text": EVIDENCE, "due_on_day": "20", "due_on_month": "11", "due_on_year": "2026"}

        answer = officer().post(reverse("ask_applicant", args=[check.case.reference]), typed)

        assert answer.status_code == 422
        assert "This repeats what was replied to the check “Tax, National Insurance and VAT”" in text_of(answer)


def test_a_file_of_a_reply_is_for_those_who_may_read_the_reply() -> None:
    check = a_check_put()
    reply = answered(check, uploads=[a_letter()])
    document = Document.objects.get(about=reply.reference)
    address = page("reply_document", check, document.reference)

    for client in (officer(), signed_in(person("decision_maker"))):
        assert b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    for role in ("manager", "auditor"):
        assert signed_in(person(role)).get(address).status_code == 404
