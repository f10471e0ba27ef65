"""What holders tell, reached by the real actions; the usual holder is a company that drives and houses nobody."""

from datetime import date, datetime
from typing import Any

from licensing.holding.actions import changes
from licensing.holding.models import Change
from registry.accounts.models import User
from registry.licences.models import Licence
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_licence
from tests.remembered import remembered

ADDRESS = {"line_1": "4 Quay Street", "town": "Cardigan", "postcode": "SA43 1HR", "country": "wales"}
SECURE = {"convictions": False, "refused_or_revoked": False, "insolvent_or_disqualified": False}
NEWCOMER = {"full_name": "Lowri Beynon", "date_of_birth": "1988-06-01", **SECURE}


def the_holder(licence: Licence) -> User:
    return stories.holder_of(licence.organisation)


@remembered
def a_change(
    kind: str = "address",
    data: dict[str, Any] | None = None,
    *,
    licence: Licence | None = None,
    item: str = "",
    happened_on: date = TODAY,
    at: datetime = NOW,
) -> Change:
    licence = licence or a_licence()
    given = (
        {"address": ADDRESS, "trades_elsewhere": False, "letters_elsewhere": False}
        if data is None and kind == "address"
        else data or {}
    )
    return changes.tell(
        licence, kind=kind, data=given, item=item, happened_on=happened_on, by=the_holder(licence), at=at
    )


@remembered
def somebody_joins(licence: Licence | None = None, *, at: datetime = NOW) -> Change:
    return a_change("named_individual_joins", NEWCOMER, licence=licence, at=at)
