"""What a demonstration shows of insurance: what soon ends, what has ended and what an officer has to look at."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from config.demo import together
from config.demo.people import DOMAIN, SAMPLE_PEOPLE
from licensing.insurances.models import InsuranceProof
from registry.accounts.models import User
from registry.tasks.jobs import open_missing
from registry.tasks.models import Task
from registry.tasks.queries import faults
from tests.conftest import NOW
from tests.licensing.stories import a_licence

pytestmark = pytest.mark.django_db


def test_an_insurance_is_to_be_shown_one_has_ended_and_one_is_to_be_checked() -> None:
    for who, role, name in SAMPLE_PEOPLE:
        User.objects.create_user(email=f"{who}@{DOMAIN}", name=name).groups.add(Group.objects.get(name=role))
    for firm in ("Blodwen Ltd", "Castle Growers Ltd", "Quarry Hands Ltd", "Meadow Pickers Ltd"):
        a_licence(legal_name=firm)
    later = NOW + timedelta(days=210)

    list(together.together(later))
    open_missing(at=later)

    assert list(InsuranceProof.objects.order_by("pk").values_list("status", flat=True)) == ["accepted"] * 3 + ["sent"]
    kinds = ("licence.insurance", "licence.insurance_over", "insuranceproof.check")
    assert [Task.objects.open().filter(kind=kind).count() for kind in kinds] == [2, 1, 1]
    assert list(faults(later)) == []


def test_of_licences_that_ran_out_only_the_latest_wait_for_an_officer() -> None:
    long_gone, lately = (
        a_licence(legal_name="Blodwen Ltd"),
        a_licence(legal_name="Castle Growers Ltd", at=NOW + timedelta(days=30)),
    )
    for who, role, name in SAMPLE_PEOPLE:
        User.objects.create_user(email=f"{who}@{DOMAIN}", name=name).groups.add(Group.objects.get(name=role))

    list(together.together(NOW + timedelta(days=400)))
    open_missing(at=NOW + timedelta(days=400))

    assert long_gone.valid_until < lately.valid_until
    to_see = Task.objects.open().filter(kind="licence.after_term")
    assert [task.subject_pk for task in to_see] == [lately.pk]
