"""The kinds of files of a pack: what each is checked by, and which no version can do without."""

from pydantic import BaseModel

from registry.schemes.asking import RequestTerms
from registry.schemes.clocks import Clocks
from registry.schemes.contradictions import ContradictionTerms
from registry.schemes.disclosure import Disclosure
from registry.schemes.documents import Documents
from registry.schemes.eligibility import Eligibility
from registry.schemes.enforcement import Enforcement
from registry.schemes.factors import Factors
from registry.schemes.form import Form, Renewals
from registry.schemes.holding import HoldingTerms
from registry.schemes.intelligence import IntelligenceTerms
from registry.schemes.interviews import Interviews
from registry.schemes.letters import Letters
from registry.schemes.parts import Parts
from registry.schemes.payments import Payments
from registry.schemes.reports import Reports
from registry.schemes.requests import Requests
from registry.schemes.retention import Retention
from registry.schemes.safeguarding import Safeguarding
from registry.schemes.sanctions import Sanctions
from registry.schemes.scheme import Checks, Fees, FormalCheckTerms, Standards, Triggers
from registry.schemes.statistics import Statistics
from registry.schemes.targeting import TargetingFile
from registry.schemes.targets import Targets
from registry.schemes.tasks import TasksFile
from registry.schemes.terms import Terms
from registry.schemes.transfers import Transfers
from registry.schemes.worker_help import WorkerHelp

SCHEME = "scheme"
PARTS: dict[str, type[BaseModel]] = {
    SCHEME: Terms,
    "standards": Standards,
    "fees": Fees,
    "form": Form,
    "checks": Checks,
    "triggers": Triggers,
    "letters": Letters,
    "renewals": Renewals,
    "reports": Reports,
    "formal_check": FormalCheckTerms,
    "documents": Documents,
    "retention": Retention,
    "eligibility": Eligibility,
    "payments": Payments,
    "holding": HoldingTerms,
    "parts": Parts,
    "clocks": Clocks,
    "enforcement": Enforcement,
    "factors": Factors,
    "intelligence": IntelligenceTerms,
    "interviews": Interviews,
    "requests": Requests,
    "safeguarding": Safeguarding,
    "targets": Targets,
    "targeting": TargetingFile,
    "transfers": Transfers,
    "statistics": Statistics,
    "disclosure": Disclosure,
    "contradictions": ContradictionTerms,
    "asking": RequestTerms,
    "sanctions": Sanctions,
    "tasks": TasksFile,
    "worker_help": WorkerHelp,
}
# A version without any other file says nothing of its subject.
REQUIRED = (SCHEME, "standards", "fees", "form", "checks", "triggers", "letters")
# The main list of a file that does not bear the name of the file.
HOMES = {"retention": "retained", "holding": "change_kinds", "eligibility": "pages"}
