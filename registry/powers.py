"""Which roles take two administrators to be given, and which must not meet in one person (docs/decisions/0115)."""

from itertools import combinations

from registry.roles import OPEN_ROLES, ROLES, STAFF_ROLES

#: What decides, knows who told or who a victim is, or manages people: a role with any of these is given by two administrators.
POWERS = frozenset(
    {
        "licensing.decide",
        "compliance.handle_sources",
        "compliance.read_referrals",
        "compliance.approve_guarded_sharing",
        "registry.manage_people",
        "registry.manage_conflicts",
    }
)
TAKES_TWO = frozenset(name for name, role in ROLES.items() if role.permissions & POWERS)


#: Who answers for another authority has no other role at all (`registry/accounts/rules.py`).
_OF_STAFF = sorted(STAFF_ROLES - {"partner_agency"})
#: Roles that no one holds beside another role of staff: who manages access works on no case, and who audits or reviews works on nothing.
ALONE = ("people_administrator", "auditor", "independent_reviewer")


#: Pairs of roles that must not meet in one person: the one proposes or does what the other approves or must not know.
APART = (
    # Who works for the authority is no business that it licenses, or that it asks about its suppliers.
    *((one, other) for one in sorted(OPEN_ROLES) for other in _OF_STAFF),
    *((one, other) for one in ALONE for other in _OF_STAFF if other not in ALONE),
    *combinations(ALONE, 2),
    ("case_officer", "decision_maker"),
    ("inspector", "quality_reviewer"),
    ("inspector", "decision_maker"),
    ("source_handler", "decision_maker"),
)
