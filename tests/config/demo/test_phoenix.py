"""One sample firm lost its licence and comes back: an officer finds it as soon as it has handed in."""

from random import Random

import pytest

from config.demo import casting as stories
from config.demo import loading, parts, phoenix
from config.demo import stories as demo_stories
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_the_firm_that_lost_its_licence_is_found_when_it_comes_back() -> None:
    list(loading.people(NOW))
    random, cast = Random(loading.SEED), parts.cast(loading.SCHEME)
    plan = {"revoked": (5, 150, 330)}
    firms = list(parts.parts(plan, random, scheme=loading.SCHEME, at=NOW, for_samples=False))
    lost = next(part for part in firms if part.firm.profile.facts["legal_status"] == "company")
    again = phoenix.come_back(firms, Random(1), number=User.objects.count() + 1, scheme=loading.SCHEME, at=NOW)

    for _step in stories.play([demo_stories.application(cast, part, random) for part in (lost, again)], until=NOW):
        pass

    (found,) = LookAlike.objects.all()
    assert (found.organisation.legal_name, found.other.legal_name) == (again.firm.name, lost.firm.name)
    assert found.is_strong
    assert {"born", "telephone", "address"} <= {signal["kind"] for signal in found.signals}
    assert found.organisation.applications.get().status == "assessing"
