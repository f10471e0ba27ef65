"""The sample firms of the second scheme."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from config.demo import loading, stories
from licensing.models import Application
from registry import register, schemes, trail
from registry.models import Licence
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db

IN_FORCE = schemes.versions(loading.YOUNG_SCHEME)[0]
OLD_ENOUGH = datetime(IN_FORCE.year, IN_FORCE.month, IN_FORCE.day, 12, tzinfo=LONDON) + timedelta(days=47)


def test_a_scheme_too_young_for_the_stories_has_no_sample_firms() -> None:
    list(loading.people(OLD_ENOUGH))

    assert list(loading._of_the_young_scheme(OLD_ENOUGH - timedelta(days=1))) == []


def test_the_second_scheme_has_six_providers_and_four_applications() -> None:
    list(loading.people(OLD_ENOUGH))

    for _step in stories.told(loading._of_the_young_scheme(OLD_ENOUGH), until=OLD_ENOUGH):
        pass

    assert set(Application.objects.values_list("scheme", flat=True)) == {loading.YOUNG_SCHEME}
    assert Counter(Application.objects.values_list("status", flat=True)) == {
        "granted": 6,
        "assessing": 2,
        "submitted": 1,
        "draft": 1,
    }
    assert Licence.objects.exclude(conditions=None).distinct().count() == 2
    assert [*trail.faults(), *register.faults()] == []
