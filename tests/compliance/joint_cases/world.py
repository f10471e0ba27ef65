"""Joint cases, made by the real actions."""

from datetime import timedelta
from typing import Any

from compliance.intelligence.actions import intelligence
from compliance.joint_cases import actions
from compliance.joint_cases.models import JointCase
from compliance.passed_on import actions as partners
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.compliance.intelligence.world import some_intelligence
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

SOON, LATER = (NOW.date() + timedelta(days=days) for days in (10, 20))
PLAN: dict[str, Any] = {
    "lead": "us",
    "our_step": "Visit the office on a working morning.",
    "our_day": SOON,
    "their_step": "Meet the workers at the hostel.",
    "their_day": LATER,
}


@remembered
def a_joint_case(partner: User, *about: Organisation, by: User | None = None) -> JointCase:
    """Of intelligence that the authority of this person has opened."""
    analyst = by or person("intelligence_analyst")
    one = some_intelligence(*about, by=analyst)
    passed = intelligence.pass_on(one, agency=partner.agency, purpose="To protect workers.", by=analyst, at=NOW)
    partners.accept_conditions(passed, by=partner, at=NOW)
    return actions.open_joint_case(passed, **PLAN, by=analyst, at=NOW)
