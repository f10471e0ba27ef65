"""A day that cannot be meant is refused where it is written, and keeps nothing else from being done."""

from datetime import date

import pytest

from licensing.insurances import actions
from licensing.insurances.models import InsuranceProof
from registry.errors import Refused
from registry.trail.actions import events as trail
from tests.conftest import NOW
from tests.licensing.insurances.world import a_proof
from tests.licensing.stories import a_licence
from tests.people import person

pytestmark = pytest.mark.django_db
FAR = date(9999, 12, 31)


def test_a_row_from_before_with_an_impossible_day_can_still_be_acted_on() -> None:
    proof = a_proof(a_licence())
    InsuranceProof.objects.filter(pk=proof.pk).update(ends_on=FAR)

    proof = actions.refuse_proof(proof, because="Its day cannot be right.", by=person("case_officer"), at=NOW)

    assert proof.status == "refused" and proof.ends_on == FAR


def test_a_day_that_is_written_now_is_refused_whatever_the_row_had_before() -> None:
    proof = trail.locked(a_proof(a_licence()))
    proof.ends_on = FAR

    with pytest.raises(Refused, match="impossible_day"):
        trail.record(proof, "touch", by=person("case_officer"), at=NOW)
    with pytest.raises(Refused, match="impossible_day"):
        trail.record(trail.locked(proof), "touch", by=person("case_officer"), at=NOW, ends_on=FAR)
