"""Requests that were asked before an upgrade let unanswered requests end: the new rule does not act on them at once."""

import pytest

from licensing import jobs
from licensing.requests.actions import asking
from registry.letters.models import Letter
from registry.trail.actions import events as trail
from registry.trail.queries import beginnings
from tests.licensing.stories import a_request, later

pytestmark = pytest.mark.django_db


def test_who_was_asked_before_the_upgrade_has_the_usual_time_again() -> None:
    request = a_request()
    trail.begin_rule(beginnings.REQUESTS_LAPSE, at=later(20))
    before = Letter.objects.count()

    assert jobs.let_requests_lapse(at=later(21)) == 0
    assert asking.lapse(request, by=None, at=later(34)) is False
    request.refresh_from_db()
    assert (request.status, request.application.status) == ("open", "awaiting_applicant")
    assert Letter.objects.count() == before
    assert jobs.let_requests_lapse(at=later(35)) == 1


def test_who_is_asked_after_the_upgrade_has_the_time_that_was_given() -> None:
    trail.begin_rule(beginnings.REQUESTS_LAPSE, at=later(-1))
    a_request()

    assert jobs.let_requests_lapse(at=later(14)) == 0
    assert jobs.let_requests_lapse(at=later(15)) == 1
