"""What is kept, noun by noun. Import from here."""

from licensing.models.appeals import Appeal, AppealQuerySet
from licensing.models.applications import Answer, Application, ApplicationQuerySet, CaseMark, InformationRequest
from licensing.models.bundles import AppealBundle
from licensing.models.cards import CardPayment
from licensing.models.checks import Asking, Check, CheckQuerySet, Release, Reply, ReplyQuerySet
from licensing.models.decisions import Decision, DecisionQuerySet
from licensing.models.grounds import (
    ChosenFactor,
    Exhibit,
    ExhibitKind,
    Ground,
    GroundReply,
    Notice,
    ProposedCondition,
    Representation,
)
from licensing.models.holding import Change, ChangeQuerySet, DeskCheck, Evidence, StartOfSupply
from licensing.models.notes import Note
from licensing.models.papers import Paper
from licensing.models.parts import Part, PartQuerySet
from licensing.models.payments import Demand, Payment
from licensing.models.progress import Message, MessageQuerySet, Milestone, Pace
from licensing.models.radar import Finding, Look, LookAlike, LookAlikeQuerySet
from licensing.models.renewals import Reminder
from licensing.models.statements import Statement, StatementLine, StatementLineQuerySet
from licensing.models.transfers import Transfer, TransferQuerySet
from licensing.models.waivers import Waiver, WaiverQuerySet

__all__ = [
    "Answer",
    "Appeal",
    "AppealBundle",
    "AppealQuerySet",
    "Application",
    "ApplicationQuerySet",
    "Asking",
    "CardPayment",
    "CaseMark",
    "Change",
    "ChangeQuerySet",
    "Check",
    "CheckQuerySet",
    "ChosenFactor",
    "Decision",
    "DecisionQuerySet",
    "Demand",
    "DeskCheck",
    "Evidence",
    "Exhibit",
    "ExhibitKind",
    "Finding",
    "Ground",
    "GroundReply",
    "InformationRequest",
    "Look",
    "LookAlike",
    "LookAlikeQuerySet",
    "Message",
    "MessageQuerySet",
    "Milestone",
    "Note",
    "Notice",
    "Pace",
    "Paper",
    "Part",
    "PartQuerySet",
    "Payment",
    "ProposedCondition",
    "Release",
    "Reminder",
    "Reply",
    "ReplyQuerySet",
    "Representation",
    "StartOfSupply",
    "Statement",
    "StatementLine",
    "StatementLineQuerySet",
    "Transfer",
    "TransferQuerySet",
    "Waiver",
    "WaiverQuerySet",
]
