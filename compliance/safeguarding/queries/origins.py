"""What a referral came from: a report or an inspection that its writer sees, or the organisation that they name."""

from typing import TypedDict

from django.utils.translation import gettext as _

from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from compliance.safeguarding.states import READS
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.conflicts.queries import called_by
from registry.errors import Reason, Refused
from registry.organisations.models import Organisation


class ReferralOrigin(TypedDict):
    report: Report | None
    inspection: Inspection | None


class ReferralSubject(ReferralOrigin):
    organisation: Organisation | None


def origin(*, report: str, inspection: str, by: User) -> ReferralOrigin:
    """What a referral begins from: a report or an inspection that this person may see. Who sends referrals may name any visit."""
    inspections = Inspection.objects.open_to(by) if by.has_perm(READS) else Inspection.objects.visible_to(by)
    return {
        "report": Report.objects.visible_to(by).filter(reference=report).first() if report else None,
        "inspection": inspections.filter(reference=inspection).first() if inspection else None,
    }


def named(number: str, *, by: User) -> ReferralSubject:
    """What a referral is about, by what was typed into its field `number`: a licence, an organisation, an inspection or a report.

    Raises `Refused` (unknown_origin): what links a referral is never dropped without a word.
    """
    reference = reference_typed(number)
    found = origin(report=reference, inspection=reference, by=by)
    organisation = called_by(number)
    if not (organisation or found["report"] or found["inspection"]):
        text = _(
            "There is no licence, organisation, inspection or report with this number or reference that you can see."
        )
        raise Refused([Reason("unknown_origin", text, "number")])
    return {**found, "organisation": organisation}
