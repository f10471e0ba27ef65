"""One sample firm has a director on a made-up list, and the match waits for an officer."""

import pytest

from config.demo import screening
from registry.tasks.models import Task
from tests.conftest import NOW
from tests.licensing.stories import a_licence

pytestmark = pytest.mark.django_db


def test_the_match_waits_for_an_officer() -> None:
    licence = a_licence()

    (match,) = screening.screen(NOW)

    assert match.organisation == licence.organisation
    assert Task.objects.open().filter(kind="watchlistmatch.judge").count() == 1
