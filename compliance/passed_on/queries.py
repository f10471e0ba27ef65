"""What other authorities answered to what was passed on to them."""

from compliance.intelligence.models import Dissemination
from compliance.passed_on.models import PartnerMessage


def last_answer(passed: Dissemination) -> PartnerMessage | None:
    return PartnerMessage.objects.filter(dissemination=passed, from_agency=True).order_by("pk").last()
