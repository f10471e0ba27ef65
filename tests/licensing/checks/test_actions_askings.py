"""Asking other authorities and reminding them: by the clock, once, with a letter that says no more than it may."""

from datetime import date, timedelta

import pytest

from config.management.commands.run_due import DUE
from licensing import jobs
from licensing.checks.models import Asking, Check
from registry.letters.models import Letter
from registry.papers import words
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, an_agency, answered
from tests.licensing.stories import later

pytestmark = pytest.mark.django_db


def kinds(check: Check) -> list[str]:
    return list(check.askings.order_by("pk").values_list("kind", flat=True))


def test_what_is_put_to_an_authority_is_asked_in_one_letter_and_once() -> None:
    police = an_agency("Police", codes=["police", "insolvency"])
    application = stories.an_application_submitted()
    put = application.checks.filter(agency=police)

    asked = jobs.ask_authorities(at=NOW)

    assert asked == put.count() == 4
    assert Letter.objects.filter(agency=police).count() == 1
    assert {check.asked_at for check in put} == {NOW}
    assert Event.objects.filter(verb="ask_agency").count() == 4
    assert jobs.ask_authorities(at=NOW) == 0


def test_a_mailbox_is_told_that_something_waits_and_not_of_whom() -> None:
    check = a_check_put()

    said = words.text(Letter.objects.get(agency=check.agency))

    assert check.reference in said
    assert "/partner/" in said
    for secret in (check.organisation.legal_name, check.organisation.utr, check.organisation.company_number):
        assert secret not in said


def test_a_letter_by_post_says_what_the_check_needs_and_no_more() -> None:
    police = an_agency("Police", codes=["police"], way="post")
    a_check_put(an_agency("Home", codes=["immigration"]))
    letter = Letter.objects.get(agency=police)

    said = words.text(letter)

    assert letter in Letter.objects.to_post()
    assert "Gethin Parry" in said
    assert "3 February 1971" in said
    assert "Convictions that are not spent" in said
    assert "1955839661" not in said  # the tax number of the firm is not for the police


def test_an_authority_is_reminded_when_the_pack_says_and_again_three_times_at_most() -> None:
    check = a_check_put()  # asked for within 28 days, reminded after 21
    assert check.chase_on == date(2026, 11, 23)

    reminded = {day: jobs.remind_authorities(at=later(day)) for day in (20, 21, 22, 34, 35, 42, 49, 100)}

    assert reminded == {20: 0, 21: 1, 22: 0, 34: 0, 35: 1, 42: 1, 49: 0, 100: 0}
    assert kinds(check) == ["request", "chaser", "chaser", "chaser"]
    assert Check.objects.get(pk=check.pk).chase_on is None
    letter = Asking.objects.filter(kind="chaser")[0].letter
    assert letter is not None
    assert "still waits" in letter.subject


def test_nobody_is_reminded_of_what_is_answered() -> None:
    check = a_check_put()
    answered(check)

    assert jobs.remind_authorities(at=later(60)) == 0


def test_what_is_put_late_is_not_reminded_on_the_day_on_which_it_is_asked() -> None:
    application = stories.an_application_submitted()
    check = application.checks.get(code="tax")
    agency = an_agency()
    Check.objects.filter(pk=check.pk).update(agency=agency)  # as if the job had not run for a month

    jobs.ask_authorities(at=later(40))

    assert jobs.remind_authorities(at=later(40)) == 0
    assert jobs.remind_authorities(at=later(47)) == 1


def test_more_than_a_letter_holds_goes_into_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licensing.checks.actions.askings.AT_ONCE", 3)
    agency = an_agency("Police", codes=["police", "insolvency"])
    stories.an_application_submitted()

    assert [jobs.ask_authorities(at=NOW + timedelta(minutes=minute)) for minute in range(3)] == [3, 1, 0]
    assert Letter.objects.filter(agency=agency).count() == 2


def test_the_clock_does_it_before_letters_are_handed_over() -> None:
    done = list(DUE.values())

    assert done.index(jobs.ask_authorities) < done.index(DUE["letters mailed"])
    assert jobs.remind_authorities in done
