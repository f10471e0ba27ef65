"""What a short walk begins with: something in each lifecycle."""

from compliance.hand_overs import actions as hand_overs
from compliance.intelligence.actions import intelligence
from compliance.passed_on import actions as passed_on
from tests.compliance.danger.world import a_danger
from tests.compliance.enforcement import world as enforcement
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report, a_report_decided
from tests.compliance.safeguarding.world import a_referral_identified, a_referral_sent
from tests.compliance.stories import a_follow_up, an_inspection, an_inspection_confirmed
from tests.conftest import NOW
from tests.licensing import stories as licensing
from tests.licensing.appeals.world import received
from tests.licensing.checks.agencies import a_check_put, a_partner, an_agency
from tests.licensing.holding.transfers_world import a_transfer_asked
from tests.licensing.holding.world import a_change
from tests.people import person
from tests.stories import an_application_being_assessed


def begin() -> None:
    _licensing()
    _compliance()


def _licensing() -> None:
    licence, agency = licensing.a_licence(legal_name="Fern Labour Ltd"), an_agency()
    partner = a_partner(agency)
    a_check_put(agency, an_application_being_assessed(legal_name="Nant Glas Labour Ltd"))
    licensing.a_request(an_application_being_assessed(legal_name="Cwm Labour Ltd"))
    licensing.notified(licensing.a_refusal_proposed(licensing.an_application_checked(legal_name="Llan Labour Ltd")))
    licensing.notified(licensing.a_suspension_proposed(licence))
    a_change(licence=licence)
    a_transfer_asked(licensing.a_licence(legal_name="Passing Labour Ltd"))
    revoked = licensing.a_revocation_proposed(licensing.a_licence(legal_name="Gone Labour Ltd"))
    received(licensing.decided(licensing.notified(revoked)), at=NOW)
    passed = handed_over("agency", agency=agency, is_identified=False)
    hand_overs.pass_on(passed, by=passed.handed_by, at=NOW)
    handed_over("licensing", licence=licence)
    handed_over(licence=licence)
    licensing.an_inspection_of(licence, *licensing.FAILING)
    piece = some_intelligence(licence.organisation)
    given = intelligence.pass_on(piece, agency=agency, purpose="To protect workers.", by=piece.recorded_by, at=NOW)
    passed_on.accept_conditions(given, by=partner, at=NOW)


def _compliance() -> None:
    inspector = person("inspector")
    a_report()
    a_report_decided()
    a_danger(an_inspection(inspector=inspector), by=inspector)
    a_follow_up(an_inspection_confirmed("2.4", inspector=inspector), by=inspector)
    a_referral_identified(by=inspector)
    a_referral_sent("child", by=inspector)
    enforcement.a_case_proposed(by=inspector)
    enforcement.an_undertaking_served(by=inspector)
    enforcement.a_notice_of_underpayment_served(by=inspector)
    enforcement.an_order_on_conviction(officer=inspector)
