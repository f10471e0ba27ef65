"""What other authorities answered to what was passed on to them."""

from django.db.models import QuerySet

from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.passed_on.models import PartnerMessage

PassedOn = Dissemination | HandOver


def messages_of(passed: PassedOn) -> "QuerySet[PartnerMessage]":
    rows = PartnerMessage.objects.order_by("pk")
    return rows.filter(dissemination=passed) if isinstance(passed, Dissemination) else rows.filter(hand_over=passed)


def last_answer(passed: PassedOn) -> PartnerMessage | None:
    return messages_of(passed).filter(from_agency=True).last()
