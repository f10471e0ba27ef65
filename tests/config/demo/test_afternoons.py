"""What sample officers do about what has waited for days."""

from datetime import timedelta

import pytest

from compliance.hand_overs.models import HandOver
from config.demo import afternoons, loading, parts
from config.demo.casting import play
from licensing.findings.models import FindingToConsider
from licensing.holding.models import Change
from registry.tasks.queries import faults
from tests.compliance.hand_overs.world import handed_over
from tests.conftest import NOW
from tests.licensing.holding.world import a_change
from tests.licensing.stories import FAILING, a_licence, an_inspection_of

pytestmark = pytest.mark.django_db


def test_what_has_waited_for_days_is_done_and_what_is_new_is_left() -> None:
    list(loading.people(NOW))
    licence = a_licence()
    an_inspection_of(licence, *FAILING)
    handed_over(licence=licence)
    told = a_change(licence=licence)
    later = NOW + timedelta(days=9)

    list(play([afternoons.days(parts.cast(loading.SCHEME), NOW)], until=NOW + timedelta(days=3)))
    assert FindingToConsider.objects.get().status == "open"
    list(play([afternoons.days(parts.cast(loading.SCHEME), NOW)], until=later))

    assert FindingToConsider.objects.get().status == "considered"
    assert HandOver.objects.get().result == "no_action"
    assert Change.objects.get(pk=told.pk).status in ("accepted", "noted")
    assert list(faults(later)) == []
