"""The sample messages: one of them gives an applicant more time."""

from datetime import timedelta

import pytest

from config.demo import corresponding
from config.demo.people import DOMAIN
from registry.accounts.models import User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_request, day
from tests.people import person

pytestmark = pytest.mark.django_db


def test_the_officer_of_the_sample_gives_the_time_that_the_message_promises() -> None:
    request = a_request(at=NOW - timedelta(days=1), due_on=day(13))
    User.objects.filter(pk=stories.holder_of(request.application.organisation).pk).update(email=f"applicant@{DOMAIN}")
    User.objects.filter(pk=person("case_officer").pk).update(email=f"case-officer@{DOMAIN}")

    list(corresponding.correspond(NOW))

    request.refresh_from_db()
    assert request.due_on == day(20)
    assert request.application.messages.filter(from_authority=True, text__startswith="Yes, a week more").exists()
