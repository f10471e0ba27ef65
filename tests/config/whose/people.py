"""The people of the walks, together as the tables name them."""

from collections.abc import Iterator

from registry.roles import ROLES

STRANGERS = frozenset({"stranger", "off_boarded", "password_alone"})
PROVIDERS = frozenset({"holder", "other_employer"})
INSPECTORS = frozenset({"inspector", "other_inspector"})
STAFF = frozenset(name for name, role in ROLES.items() if role.is_staff) | INSPECTORS
EVERYBODY = PROVIDERS | STAFF | {"labour_user"}
READERS = frozenset({"case_officer", "decision_maker", "manager", "auditor"})
ON_DUTY = frozenset({"safeguarding_lead", "intelligence_analyst", "manager"})
SEE_ORGANISATIONS = READERS | {"quality_reviewer", "intelligence_analyst"}
SEE_INSPECTIONS = READERS | {"quality_reviewer", "intelligence_analyst"}
#: Reads figures, bulletins, campaigns and the log of disclosure; no case, and no name of a worker (decision 148).
REVIEWER = "independent_reviewer"
SEE_ENFORCEMENT = frozenset({"intelligence_analyst", "decision_maker", "manager", "auditor"})
# Of a firm that the register shows, a labour user reads the name too; of one that intelligence is about, a source handler.
INSIDERS = SEE_ORGANISATIONS | {"holder", "inspector", "labour_user", "safeguarding_lead", "source_handler"}


def steps(subject: str, steps: str) -> Iterator[str]:
    """The names of the pages of these steps of the thing whose page has this name."""
    return (f"{step}_{subject}" for step in steps.split())
