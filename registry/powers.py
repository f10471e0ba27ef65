"""Which roles take two administrators to be given, and which must not meet in one person (docs/decisions/0115)."""

from registry.roles import ROLES, STAFF_ROLES

#: What decides, knows who told or who a victim is, or manages people: a role with any of these is given by two administrators.
POWERS = frozenset(
    {
        "licensing.decide",
        "compliance.handle_sources",
        "compliance.read_referrals",
        "registry.manage_people",
        "registry.manage_conflicts",
    }
)
TAKES_TWO = frozenset(name for name, role in ROLES.items() if role.permissions & POWERS)


#: Roles that nobody holds beside another role of staff: who manages access works on no case, and who audits works on nothing.
ALONE = ("people_administrator", "auditor", "partner_agency")


#: Pairs of roles that must not meet in one person: the one proposes or does what the other approves or must not know.
APART = (
    *((one, other) for one in ALONE for other in sorted(STAFF_ROLES) if other not in ALONE),
    ("people_administrator", "auditor"),
    ("people_administrator", "partner_agency"),
    ("auditor", "partner_agency"),
    ("case_officer", "decision_maker"),
    ("inspector", "quality_reviewer"),
    ("inspector", "decision_maker"),
    ("source_handler", "decision_maker"),
)
