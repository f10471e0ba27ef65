"""What a demonstration shows of people who may be victims, and of supply without a licence."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from compliance.enforcement.models.cases import UnlicensedCase, UserNotice
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import receipts
from compliance.safeguarding.models.people import Support
from compliance.safeguarding.models.referrals import Referral
from config.demo import enforcing
from config.demo.people import DOMAIN, SAMPLE_PEOPLE
from registry.accounts.models import User
from tests.compliance.reports.world import a_report
from tests.compliance.stories import an_inspection_recorded, an_organisation
from tests.conftest import NOW
from tests.registry.stories import a_licence, day, with_proved_address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sample_world() -> None:
    for who, role, name in SAMPLE_PEOPLE:
        User.objects.create_user(email=f"{who}@{DOMAIN}", name=name).groups.add(Group.objects.get(name=role))
    for number in range(3):
        an_inspection_recorded(case=f"A-0000-000{number}")
    an_organisation("Brook Farm Ltd")
    a_report(about_name="Sample Sam")


def test_three_people_are_shown_one_of_them_unnamed() -> None:
    list(enforcing.protect(NOW))

    rows = Referral.objects.order_by("pk").values_list("kind", "consent", "status")
    assert list(rows) == [("nrm", "given", "answered"), ("nrm", "child", "prepared"), ("notify", "refused", "read")]
    assert Support.objects.count() == 3


def test_two_labour_users_and_a_supplier_without_a_file_are_shown() -> None:
    list(enforcing.enforce(NOW))

    cases = UnlicensedCase.objects.order_by("pk").values_list("against", "status", "outcome")
    assert list(cases) == [
        ("supplier", "proposed", "prosecution"),
        ("user", "open", ""),
        ("user", "open", ""),
        ("user", "closed", "prosecution"),
    ]
    assert ConvictionOrder.objects.get().status == "holds"
    assert list(ProsecutorFile.objects.order_by("pk").values_list("read_by__name", flat=True)) == [
        None,
        "Grace Adeyemi",
    ]
    assert UserNotice.objects.get().acknowledged_on is not None
    assert list(Undertaking.objects.order_by("pk").values_list("status", flat=True)) == ["accepted", "order_made"]


def test_the_labour_user_of_an_undertaking_has_looked_suppliers_up_and_the_next_review_is_due() -> None:
    with_proved_address(User.objects.get(email=f"labour-user@{DOMAIN}"))
    a_licence(an_organisation("Able Hands Ltd"), at=NOW - timedelta(days=200), starts=day(-200))

    list(enforcing.enforce(NOW))

    undertaking = Undertaking.objects.order_by("pk")[0]
    assert [len(review.receipts) for review in undertaking.receipt_reviews.all()] == [1]
    assert receipts.is_review_due(undertaking, NOW.date())


def test_without_what_they_rest_on_they_make_nothing() -> None:
    long_ago = NOW.replace(year=2020)

    assert [*enforcing.protect(long_ago), *enforcing.enforce(long_ago)] == []
