"""The history of a case: what was typed is folded, what was done is all there."""

from datetime import timedelta

import pytest

from licensing.applications.actions import applications
from licensing.cases.queries.case_history import history_of_case
from tests.conftest import NOW
from tests.stories import an_application, an_application_answered, holder_of

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_one_line_for_each_day_and_handing_in_its_own() -> None:
    application = an_application()
    holder = holder_of(application.organisation)
    last, next_day = NOW + timedelta(minutes=11), NOW + timedelta(days=1)
    for minutes in range(12):
        at = NOW + timedelta(minutes=minutes)
        applications.save_page(application, page="names", data={}, is_complete=False, by=holder, at=at)
    an_application_answered(application, at=next_day)
    applications.submit(application, by=holder, at=next_day)

    _looked_up, _signed, submitted, typed_next_day, typed, started = history_of_case(application)

    assert (submitted.title, submitted.at) == ("Submitted", next_day)
    assert (typed_next_day.title.startswith("Filled in the form: saved "), typed_next_day.at) == (True, next_day)
    assert (typed.title, typed.at, typed.by) == ("Filled in the form: saved 12 times", last, holder.name)
    assert (started.title, started.at) == ("Application begun", NOW)
