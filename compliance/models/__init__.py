"""What is kept, noun by noun. Import from here."""

from compliance.models.inspections import OPEN, Inspection, InspectionKind, InspectionQuerySet, Result
from compliance.models.intelligence import Intelligence, IntelligenceQuerySet, IntelligenceSubject
from compliance.models.reports import Report, ReportContact, ReportMessage, ReportPhoto, ReportQuerySet

__all__ = [
    "OPEN",
    "Inspection",
    "InspectionKind",
    "InspectionQuerySet",
    "Intelligence",
    "IntelligenceQuerySet",
    "IntelligenceSubject",
    "Report",
    "ReportContact",
    "ReportMessage",
    "ReportPhoto",
    "ReportQuerySet",
    "Result",
]
