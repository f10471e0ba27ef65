"""Money that is not as it should be, recorded by the real actions."""

from licensing.applications.models import Application
from licensing.payments.actions import payments
from licensing.payments.models import Payment
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person
from tests.remembered import remembered


@remembered
def paid_too_much(application: Application, *, by: int = 100) -> Payment:
    """A payment of so many pounds more than is still to be paid."""
    return payments.record(
        application,
        amount=application.still_to_pay + by,
        received_on=TODAY,
        bank_reference="FP 77",
        by=person("case_officer"),
        at=NOW,
    )
