"""What is kept, noun by noun. Import from here."""

from compliance.models.inspections import OPEN, Inspection, InspectionKind, InspectionQuerySet, Result
from compliance.models.intelligence import Intelligence, IntelligenceQuerySet, IntelligenceSubject
from compliance.models.reports import Report, ReportContact, ReportMessage, ReportPhoto, ReportQuerySet
from compliance.models.scores import LicenceScore, ScoreQuerySet, ScoreReply

__all__ = [
    "OPEN",
    "Inspection",
    "InspectionKind",
    "InspectionQuerySet",
    "Intelligence",
    "IntelligenceQuerySet",
    "IntelligenceSubject",
    "LicenceScore",
    "Report",
    "ReportContact",
    "ReportMessage",
    "ReportPhoto",
    "ReportQuerySet",
    "Result",
    "ScoreQuerySet",
    "ScoreReply",
]
