"""What the lists of compliance can be narrowed by. Import from here."""

from compliance.filters.enforcement import UnderpaymentFilter, UndertakingFilter, UnlicensedCaseFilter
from compliance.filters.intelligence import IntelligenceFilter
from compliance.filters.reports import ReportFilter
from compliance.filters.safeguarding import ReferralFilter
from compliance.filters.targeting import RoundFilter, ScoreFilter
from compliance.filters.visits import FollowUpFilter, InspectionFilter, PlanFilter, RemedyFilter

__all__ = [
    "FollowUpFilter",
    "InspectionFilter",
    "IntelligenceFilter",
    "PlanFilter",
    "ReferralFilter",
    "RemedyFilter",
    "ReportFilter",
    "RoundFilter",
    "ScoreFilter",
    "UnderpaymentFilter",
    "UndertakingFilter",
    "UnlicensedCaseFilter",
]
