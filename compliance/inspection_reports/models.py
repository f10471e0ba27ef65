"""The report of an inspection as it was handed in, each time; how it was sent to the business, and what the business says to it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from registry.memberships.states import Act
from registry.overdue import has_passed
from registry.trail.models.covered import CoveredModel
from registry.waits import holder_wait

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class Wording(CoveredModel):
    """What the business reads in place of what the inspector wrote: without the names of workers, or who said so."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="wordings")
    part = models.CharField(max_length=10, help_text="code of the standard whose evidence it stands for; or: summary")
    text = models.TextField()

    SUMMARY = "summary"

    class Meta:
        constraints = [models.UniqueConstraint(name="wording_once_a_part", fields=["inspection", "part"])]

    def __str__(self) -> str:
        return f"{self.inspection} {self.part}"


class ReportVersion(CoveredModel):
    """The whole report as it was handed in, with its digest. It never changes; it may be returned once."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content as canonical JSON")
    reported_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    returned_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_version_number_once", fields=["inspection", "number"]),
            models.CheckConstraint(
                name="report_version_returned_with_reason",
                condition=Q(returned_at=None, returned_by=None, returned_because="")
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}, version {self.number}"


class ReportSending(CoveredModel):
    """The disclosable report as the business was given it, and the day by which it may reply."""

    waits = (
        holder_wait(
            "reply",
            (),
            _("Reply to the report of our inspection, if you want to"),
            Act.REPLY,
            organisation="inspection.organisation",
            due="reply_by",
            until="reply_by",
            when="has_no_reply",
            page="own_inspection_report",
            args=("inspection.reference",),
            missed=_("We use the report without your reply."),
        ),
    )

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="sending")
    content = models.JSONField(help_text="what the business reads: without what may not be disclosed")
    digest = models.CharField(max_length=64)
    reply_by = models.DateField()
    sent_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        permissions = [("send_inspection_report", "Send the report of an inspection to the business")]

    def __str__(self) -> str:
        return f"{self.inspection}, sent"

    @property
    def reference(self) -> str:
        """Of the inspection, by which the business knows it."""
        return self.inspection.reference

    @property
    def has_no_reply(self) -> bool:
        return not self.replies.exists()

    def is_open_on(self, day: date) -> bool:
        return not has_passed(self.reply_by, day)


class ReportReply(CoveredModel):
    """What the business says to a report that it was sent; kept beside it, whenever it came."""

    sending = models.ForeignKey(ReportSending, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    is_late = models.BooleanField(help_text="came after the day by which it was to come")
    replied_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "report replies"
        constraints = [models.CheckConstraint(name="report_reply_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"Reply to {self.sending}"
