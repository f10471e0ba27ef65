"""An agreement by which an authority reads the statistics early, made by the real action."""

from typing import Any

from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.editions.models import PartnerAgreement
from registry.partner_statistics import actions
from tests.conftest import NOW
from tests.people import person

POST, WHY = "Head of planning", "Visits are planned together each quarter."


def an_agreement(agency: Agency, *, by: User | None = None, **more: Any) -> PartnerAgreement:
    proposed = a_proposed_agreement(agency, by=by, **more)
    return actions.confirm_agreement(proposed, by=person("manager"), at=proposed.given_at)


def a_proposed_agreement(agency: Agency, *, by: User | None = None, **more: Any) -> PartnerAgreement:
    given = {"scheme": "", "post": POST, "because": WHY, "basis": "Memorandum of 1 October 2026.", "at": NOW, **more}
    return actions.give_tables(agency=agency, by=by or person("manager"), **given)
