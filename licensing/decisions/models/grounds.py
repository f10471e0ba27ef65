"""The chain of a decision: ground, what it rests on, evidence, notice, reply, conclusion. A row each; what was notified stays."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Result
from licensing.checks.models import Check
from licensing.conditions.models import DeskCheck, Evidence
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from registry.documents.models import Document
from registry.licences.models import Condition
from registry.trail.models.covered import CoveredModel


class Notice(CoveredModel):
    """One letter that told the subject what is proposed, why, and until when it may reply. A supplement brings another."""

    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reply_by = models.DateField(help_text="last day for the subject to reply")

    class Meta:
        constraints = [models.UniqueConstraint(name="notice_has_its_number", fields=["decision", "number"])]

    def __str__(self) -> str:
        return f"{self.decision}, notice {self.number}"


class Ground(CoveredModel):
    """One thing relied on: the standard or condition, what is wrong, and the evidence. What was not notified is not relied on."""

    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="grounds")
    number = models.PositiveIntegerField()
    standard = models.CharField(max_length=10, help_text="that it rests on, itself or by way of a condition")
    condition = models.ForeignKey(
        Condition, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds", help_text="of the licence"
    )
    text = models.TextField()
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds")
    upheld = models.BooleanField(null=True, blank=True, help_text="as whoever decided concluded")
    concluded_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ground_says_what_is_wrong", condition=Q(text__gt="")),
            models.UniqueConstraint(name="ground_has_its_number", fields=["decision", "number"]),
            models.CheckConstraint(
                name="ground_concluded_with_reasons", condition=Q(upheld=None) | Q(concluded_because__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, ground {self.number}"


class ExhibitKind(models.TextChoices):
    """What a piece of evidence is."""

    CHECK = "check", _("Reply of another authority")
    FINDING = "finding", _("Finding of a confirmed inspection")
    DOCUMENT = "document", _("Document")
    SENT = "sent", _("What the holder sent")
    DESK_CHECK = "desk_check", _("Desk check by an officer")
    REQUEST = "request", _("Request that was not answered in time")
    NOTE = "note", _("What we know")


# What each kind of evidence is tied to; a note to nothing.
TIED_TO = {
    ExhibitKind.CHECK: "check_reply",
    ExhibitKind.FINDING: "finding",
    ExhibitKind.DOCUMENT: "document",
    ExhibitKind.SENT: "sent",
    ExhibitKind.DESK_CHECK: "desk_check",
    ExhibitKind.REQUEST: "request",
}


def _is_what_it_says() -> Q:
    """Tied to the one thing that it is, and to nothing else."""
    found = Q(kind=str(ExhibitKind.NOTE), **dict.fromkeys(TIED_TO.values()))
    for kind, field in TIED_TO.items():
        others = dict.fromkeys(other for other in TIED_TO.values() if other != field)
        found |= Q(kind=str(kind), **{f"{field}__isnull": False}, **others)
    return found


class Exhibit(CoveredModel):
    """One piece of evidence for one ground, tied to what it is. `text` is what of it the subject is told."""

    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=20, choices=ExhibitKind)
    source = models.CharField(max_length=200, blank=True, help_text="what it is called; of a note, nothing")
    text = models.TextField()
    check_reply = models.ForeignKey(Check, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    finding = models.ForeignKey(Result, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    sent = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    desk_check = models.ForeignKey(DeskCheck, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    request = models.ForeignKey(
        InformationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="exhibit_says_something", condition=Q(text__gt="")),
            models.CheckConstraint(
                name="exhibit_is_what_it_says",
                condition=_is_what_it_says(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground}, {self.kind}"


class ChosenFactor(CoveredModel):
    """An aggravating or mitigating factor of the pack that whoever proposed has weighed."""

    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="factors")
    code = models.CharField(max_length=60, help_text="of the factor in the pack")

    class Meta:
        constraints = [models.UniqueConstraint(name="factor_weighed_once", fields=["decision", "code"])]

    def __str__(self) -> str:
        return f"{self.decision} {self.code}"


class ProposedCondition(CoveredModel):
    """A condition that comes with a grant or is added to a licence; or what a condition of it is to be from then on."""

    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="conditions")
    became = models.ForeignKey(
        Condition,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
        help_text="the condition of the licence, once it holds",
    )
    standard = models.CharField(max_length=10)
    requirement = models.TextField()
    due_on = models.DateField()
    was_requirement = models.TextField(blank=True, help_text="of the condition that it varied, until then")
    was_due_on = models.DateField(null=True, blank=True, help_text="of the condition that it varied, until then")

    def __str__(self) -> str:
        return f"{self.decision} {self.standard}"


class Representation(CoveredModel):
    """What the subject said to a notice: to all of it here, to each ground in rows of its own."""

    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="representations")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="representations")
    text = models.TextField(blank=True)
    is_whole = models.BooleanField(
        default=False, help_text="all that the subject wishes to say: nobody need wait for more"
    )
    received_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.decision}, {self.received_at:%Y-%m-%d}"


class GroundReply(CoveredModel):
    """What the subject said to one ground."""

    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, related_name="to_grounds")
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="ground_reply_says_something", condition=Q(text__gt="")),
            models.UniqueConstraint(name="ground_replied_once_each", fields=["representation", "ground"]),
        ]

    def __str__(self) -> str:
        return f"{self.representation} to ground {self.ground.number}"
