"""Which roles take two administrators to be given, and which must not meet in one person (docs/decisions/0115)."""

from itertools import combinations

from registry.roles import ROLES, STAFF_ROLES

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


#: Roles that no one holds beside another role of staff: who manages access works on no case, and who audits or reviews works on nothing.
#: Who answers for another authority has no other role either (`registry/accounts/rules.py`).
ALONE = ("people_administrator", "auditor", "independent_reviewer")


#: Pairs of roles that must not meet in one person: the one proposes or does what the other approves or must not know.
APART = (
    *((one, other) for one in ALONE for other in sorted(STAFF_ROLES - {"partner_agency"}) if other not in ALONE),
    *combinations(ALONE, 2),
    ("case_officer", "decision_maker"),
    ("inspector", "quality_reviewer"),
    ("inspector", "decision_maker"),
    ("source_handler", "decision_maker"),
)
