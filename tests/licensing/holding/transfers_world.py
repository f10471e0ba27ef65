"""Transfers in every state, reached by the real actions: from a holder to a business that has applied and been checked."""

from typing import Any

from licensing.applications.models import Application
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.holding.actions import transfers
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.licences.models import Licence
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import GROUND, a_licence, an_application_checked, day
from tests.people import person
from tests.remembered import remembered

OTHER = "Other Hands Ltd"
FROM = day(20)


def the_other(transfer: Transfer) -> User:
    assert transfer.application is not None
    return stories.holder_of(transfer.application.organisation)


@remembered
def a_transfer_asked(
    licence: Licence | None = None, application: Application | None = None, *, has_applied: bool = True, **given: Any
) -> Transfer:
    licence = licence or a_licence()
    if has_applied and application is None:
        application = an_application_checked(legal_name=OTHER)
    asked: dict[str, Any] = {
        "to_name": application.organisation.legal_name if application else OTHER,
        "number": application.reference if application else "",
        "from_day": FROM,
        "because": "The firm becomes a company.",
        **given,
    }
    return transfers.ask(licence, by=stories.holder_of(licence.organisation), at=NOW, **asked)


@remembered
def a_transfer_agreed(licence: Licence | None = None, **story: Any) -> Transfer:
    transfer = a_transfer_asked(licence, **story)
    return transfers.agree(transfer, by=the_other(transfer), at=NOW)


@remembered
def a_consent_proposed(transfer: Transfer | None = None, *, by: User | None = None, **given: Any) -> Decision:
    transfer = transfer or a_transfer_agreed()
    proposed: dict[str, Any] = {"because": "Both are fit.", "takes_effect": FROM, **given}
    return proposals.propose(
        transfer.licence, kind="allow_transfer", by=by or person("case_officer"), at=NOW, **proposed
    )


@remembered
def a_refusal_of_transfer_proposed(transfer: Transfer | None = None, *, by: User | None = None) -> Decision:
    transfer = transfer or a_transfer_asked(has_applied=False)
    return proposals.propose(
        transfer.licence,
        kind="refuse_transfer",
        because="The other business has not been checked.",
        grounds=[GROUND],
        by=by or person("case_officer"),
        at=NOW,
    )
