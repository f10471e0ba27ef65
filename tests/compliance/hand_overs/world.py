"""Reports that were handed over, by the real decision on the report."""

from typing import Any

from compliance.hand_overs.models import HandOver
from compliance.reports.actions import triage
from compliance.reports.models.reports import Report
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.licences.models import Licence
from tests.compliance.reports.world import a_report_begun
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person
from tests.remembered import remembered

#: What the reporter wrote, with a word that must be read nowhere else; and what is cleared for those who act.
CANARY = "Zebrafish"
HEARD = f"{CANARY}: they keep our passports in the drawer behind the night desk."
CLEARED = "Identity documents of workers are said to be kept at the office."
BASIS = "Crime and Disorder Act 1998, section 115."
WHY = "To be seen on the spot, without saying who told us."


@remembered
def an_identified_report(*, licence: Licence | None = None, by: User | None = None, **told: Any) -> Report:
    analyst = by or person("intelligence_analyst", name="Non Hughes")
    report = a_report_begun(by=analyst, **{"text": HEARD, **told})
    firm = (licence or a_licence()).organisation
    return triage.identify(report, organisation=firm, by=analyst, at=NOW)


def report_of(one: HandOver) -> Report:
    """The report that it came from."""
    assert one.report is not None
    return one.report


@remembered
def handed_over(
    to: str = "inspection",
    *,
    licence: Licence | None = None,
    is_identified: bool = True,
    agency: Agency | None = None,
    by: User | None = None,
    **told: Any,
) -> HandOver:
    analyst = by or person("intelligence_analyst", name="Non Hughes")
    if is_identified:
        report = an_identified_report(licence=licence, by=analyst, **told)
    else:
        report = a_report_begun(by=analyst, **{"text": HEARD, **told})
    basis = BASIS if to == "agency" else ""
    triage.decide(report, decision=to, because=WHY, cleared=CLEARED, basis=basis, agency=agency, by=analyst, at=NOW)
    return HandOver.objects.get(report=report)
