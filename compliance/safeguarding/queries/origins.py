"""What a referral came from: a report or an inspection that its writer sees."""

from typing import TypedDict

from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from registry.accounts.models import User


class ReferralOrigin(TypedDict):
    report: Report | None
    inspection: Inspection | None


def origin(*, report: str, inspection: str, by: User) -> ReferralOrigin:
    """What a referral begins from: a report or an inspection that this person may see."""
    return {
        "report": Report.objects.visible_to(by).filter(reference=report).first() if report else None,
        "inspection": Inspection.objects.visible_to(by).filter(reference=inspection).first() if inspection else None,
    }
