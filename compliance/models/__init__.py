"""What is kept, noun by noun. Import from here."""

from compliance.models.dissemination import Dissemination, DisseminationQuerySet
from compliance.models.evidence import (
    ENDS_CUSTODY,
    Custody,
    CustodyAct,
    EvidenceItem,
    EvidenceKind,
    EvidenceQuerySet,
)
from compliance.models.inspections import OPEN, Inspection, InspectionKind, InspectionQuerySet, Result
from compliance.models.intelligence import Intelligence, IntelligenceQuerySet, IntelligenceSubject
from compliance.models.reports import (
    Channel,
    Report,
    ReportContact,
    ReportMessage,
    ReportPhoto,
    ReportQuerySet,
    TriageDecision,
)
from compliance.models.rounds import Choice, VisitRound
from compliance.models.scores import LicenceScore, ScoreQuerySet, ScoreReply
from compliance.models.sources import IdentityLook, SealedIdentity, Source, SourceQuerySet
from compliance.models.ties import Entity, EntityKind, Strength, Tie, TieQuerySet
from compliance.models.triage import (
    LinkKind,
    ReportClue,
    ReportLink,
    ReportTag,
    ReportTranslation,
    TagKind,
    Triage,
)
from compliance.models.weights import Weighting, WeightingQuerySet, WeightStep

__all__ = [
    "ENDS_CUSTODY",
    "OPEN",
    "Channel",
    "Choice",
    "Custody",
    "CustodyAct",
    "Dissemination",
    "DisseminationQuerySet",
    "Entity",
    "EntityKind",
    "EvidenceItem",
    "EvidenceKind",
    "EvidenceQuerySet",
    "IdentityLook",
    "Inspection",
    "InspectionKind",
    "InspectionQuerySet",
    "Intelligence",
    "IntelligenceQuerySet",
    "IntelligenceSubject",
    "LicenceScore",
    "LinkKind",
    "Report",
    "ReportClue",
    "ReportContact",
    "ReportLink",
    "ReportMessage",
    "ReportPhoto",
    "ReportQuerySet",
    "ReportTag",
    "ReportTranslation",
    "Result",
    "ScoreQuerySet",
    "ScoreReply",
    "SealedIdentity",
    "Source",
    "SourceQuerySet",
    "Strength",
    "TagKind",
    "Tie",
    "TieQuerySet",
    "Triage",
    "TriageDecision",
    "VisitRound",
    "WeightStep",
    "Weighting",
    "WeightingQuerySet",
]
