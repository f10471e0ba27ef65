"""Proofs of insurance, sent by the real action."""

from datetime import timedelta

from licensing.insurances import actions
from licensing.insurances.models import InsuranceProof
from registry.licences.models import Licence
from tests.compliance.stories import an_upload
from tests.conftest import NOW
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY

CODE = "employers_liability"


def a_proof(licence: Licence, *, days: int = 400) -> InsuranceProof:
    """A certificate of an insurance that lasts so many days from today."""
    ends_on = TODAY + timedelta(days=days)
    return actions.send(licence, code=CODE, ends_on=ends_on, uploads=[an_upload()], by=the_holder(licence), at=NOW)
