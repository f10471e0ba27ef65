from datetime import timedelta
from decimal import Decimal

import pytest

from registry.organisations import actions as facts
from registry.organisations.models import Fact
from tests.conftest import NOW
from tests.registry.stories import an_organisation, day

pytestmark = pytest.mark.django_db


def test_each_fact_is_kept_with_its_source_and_its_time() -> None:
    organisation = an_organisation()

    facts.write_down(organisation, facts={"vehicles": 4}, source="application A-1", at=NOW)

    fact = Fact.objects.get()
    assert (fact.organisation, fact.key, fact.value) == (organisation, "vehicles", 4)
    assert (fact.source, fact.at) == ("application A-1", NOW)


def test_the_latest_fact_of_a_key_is_what_holds_and_the_earlier_one_is_kept() -> None:
    organisation = an_organisation()
    facts.write_down(organisation, facts={"vehicles": 4}, source="application A-1", at=NOW)

    facts.write_down(organisation, facts={"vehicles": 9}, source="notice", at=NOW + timedelta(days=1))

    assert Fact.objects.latest_of(organisation) == {"vehicles": 9}
    assert Fact.objects.count() == 2


def test_a_restricted_fact_is_not_among_the_plain_ones() -> None:
    organisation = an_organisation()

    facts.write_down(
        organisation, facts={"bank": "digest"}, source="application A-1", at=NOW, handling={"only": "analyst"}
    )

    assert Fact.objects.latest_of(organisation) == {}
    assert Fact.objects.get().handling == {"only": "analyst"}


def test_dates_and_amounts_become_plain_values() -> None:
    organisation = an_organisation()

    facts.write_down(
        organisation, facts={"since": day(0), "turnover": Decimal("12.50")}, source="application A-1", at=NOW
    )

    assert Fact.objects.latest_of(organisation)["since"] == day(0).isoformat()
    assert str(Fact.objects.latest_of(organisation)["turnover"]) == "12.50"
