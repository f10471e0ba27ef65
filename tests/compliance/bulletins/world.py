"""Monthly bulletins, written and released by the real actions. There must be a published edition."""

from datetime import date
from typing import Any

from compliance.bulletins import actions
from compliance.bulletins.models import Bulletin
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

MONTH = NOW.date().replace(day=1)
LAST_MONTH = date(MONTH.year, MONTH.month - 1, 1)
TEXT = "Debt for the journey is the pattern of this month. Look at deductions in the first four weeks."


@remembered
def a_bulletin(**told: Any) -> Bulletin:
    given = {"month": MONTH, "text": TEXT, "at": NOW, **told}
    return actions.write_bulletin(by=given.pop("by", None) or person("intelligence_analyst"), **given)


@remembered
def a_released_bulletin(**told: Any) -> Bulletin:
    return actions.release_bulletin(a_bulletin(**told), by=person("manager"), at=NOW)
