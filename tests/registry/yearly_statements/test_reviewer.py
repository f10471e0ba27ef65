"""The independent reviewer reads what is published, shared and learned, on the record, and nothing about a case."""

import pytest

from registry.reading.models import Consultation
from registry.roles import ROLES
from tests.licensing.checks.agencies import an_agency
from tests.people import person, signed_in
from tests.registry.campaigns.world import a_campaign
from tests.registry.partner_statistics.world import an_agreement

pytestmark = pytest.mark.django_db


def test_each_page_that_the_reviewer_opens_is_written_down_also_one_about_no_case() -> None:
    reviewer, agreement, campaign = person("independent_reviewer"), an_agreement(an_agency()), a_campaign()
    opened = {
        "/staff/targeting/evaluation/": ("page", "evaluation"),
        "/staff/prevention/": ("page", "prevention"),
        f"/staff/statistics-partners/{agreement.reference}/": ("partneragreement", agreement.reference),
        f"/staff/campaigns/{campaign.reference}/": ("campaign", campaign.reference),
    }
    for address in opened:
        assert signed_in(reviewer).get(address).status_code == 200

    written = set(Consultation.objects.filter(by=reviewer).values_list("kind", "reference"))
    assert set(opened.values()) <= written
    page = signed_in(person("auditor")).get("/staff/who-saw/", {"by": reviewer.name}).content.decode()
    assert "evaluation" in page
    assert not Consultation.objects.exclude(by=reviewer).filter(kind="page").exists()


def test_the_reviewer_changes_nothing_and_does_nothing_else_here() -> None:
    assert ROLES["independent_reviewer"].permissions == {"registry.review_independently"}
    client = signed_in(person("independent_reviewer"))
    for address in ("/staff/campaigns/", "/staff/prevention/", "/staff/targeting/evaluation/"):
        page = client.get(address).content.decode()
        assert "Count again now" not in page
        assert "Plan a campaign" not in page
    assert client.post("/staff/prevention/again/").status_code == 403
