"""Evidence that was handed in: what it is called, what it answers, and the digests by which a changed byte is known."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Sum

from registry.documents.states import DOCUMENT, DocumentStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


def random_name() -> str:
    """The name on the disk: it says nothing, and nobody guesses it."""
    return secrets.token_hex(16)


class Scan(models.TextChoices):
    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


class DocumentQuerySet(CoveredQuerySet["Document"]):
    def about(self, *references: str) -> "DocumentQuerySet":
        """What was handed in with these cases, requests or conditions, in the order in which it came."""
        return self.filter(about__in=references).order_by("pk")

    def there(self) -> "DocumentQuerySet":
        """All but what was taken away again."""
        return self.exclude(status=DocumentStatus.REMOVED)

    def served(self) -> "DocumentQuerySet":
        """What may be opened: the scanner has passed it, or the demonstration has none."""
        return self.filter(status=DocumentStatus.CLEAN)

    def held(self) -> "DocumentQuerySet":
        """What waits for the scanner, oldest first."""
        return self.filter(status=DocumentStatus.RECEIVED).order_by("uploaded_at", "pk")

    def to_check(self, at: datetime) -> "DocumentQuerySet":
        """What the worker takes up now: not what another worker has in hand, nor what could not be settled a moment ago."""
        return self.held().filter(Q(next_check=None) | Q(next_check__lte=at))

    def on_disk(self) -> "DocumentQuerySet":
        return self.filter(status__in=[DocumentStatus.RECEIVED, DocumentStatus.CLEAN])

    def held_before(self, at: datetime) -> "DocumentQuerySet":
        return self.held().filter(uploaded_at__lt=at)

    def total_size(self) -> int:
        return self.on_disk().aggregate(total=Sum("size"))["total"] or 0


class Document(CoveredModel):
    """One file handed in by an organisation, or sent by another authority. What is served was made anew; the digest of what was uploaded stands beside it."""

    lifecycle = DOCUMENT
    trail_omits = frozenset({"next_check"})

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(
        "registry.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        help_text="whose it is; none: another authority sent it",
    )
    about = models.CharField(
        max_length=20,
        help_text="reference of the application, request, condition, reply or entry of a file that it belongs to",
    )
    requirement = models.CharField(
        max_length=60, blank=True, help_text="code of the requirement of the pack that it answers"
    )
    status = models.CharField(max_length=20, choices=DocumentStatus, default=DOCUMENT.first)
    name = models.CharField(max_length=120, help_text="as uploaded, without what nobody sees")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(
        help_text="of what is served, in bytes; until it was checked, of what was uploaded"
    )
    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="SHA-256 of what is served; empty until it was checked, and when it was rejected",
    )
    original_digest = models.CharField(max_length=64, help_text="SHA-256 of what was uploaded")
    stored_as = models.CharField(max_length=32, unique=True, default=random_name, editable=False)
    uploaded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    scan = models.CharField(max_length=20, choices=Scan, blank=True, help_text="what the scanner said; empty: not yet")
    checked_at = models.DateTimeField(null=True, blank=True)
    next_check = models.DateTimeField(null=True, blank=True, help_text="not before this instant; none: at once")
    fault = models.CharField(max_length=20, blank=True, help_text="code of what was wrong with it, if it was rejected")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        permissions = [
            ("hand_in_document", "Hand in documents"),
            ("keep_agency_document", "Keep documents that another authority sends with a reply"),
            ("keep_exhibit", "Keep files that were made or taken on a visit"),
            ("keep_case_document", "Keep files that an officer adds to a case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_clean_was_checked",
                condition=~Q(status="clean") | (~Q(scan="") & Q(checked_at__isnull=False)),
            ),
            models.CheckConstraint(name="document_clean_is_made", condition=~Q(status="clean") | ~Q(digest="")),
            models.CheckConstraint(name="document_received_is_unchecked", condition=~Q(status="received") | Q(scan="")),
        ]
        indexes = [
            models.Index(name="document_about", fields=["about", "id"]),
            models.Index(name="document_of_organisation", fields=["organisation", "status"]),
            models.Index(name="document_held", fields=["uploaded_at", "id"], condition=Q(status="received")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    @property
    def is_served(self) -> bool:
        return self.status == DocumentStatus.CLEAN

    @property
    def is_being_checked(self) -> bool:
        return self.status == DocumentStatus.RECEIVED

    @property
    def is_counting(self) -> bool:
        """Accepted, or not checked yet: a scanner that is down is not the fault of the person who uploaded it."""
        return self.status in {DocumentStatus.RECEIVED, DocumentStatus.CLEAN}

    @property
    def is_rejected(self) -> bool:
        return self.status == DocumentStatus.REJECTED

    def was_rejected_after(self, at: datetime) -> bool:
        return self.is_rejected and self.checked_at is not None and self.checked_at > at

    @property
    def is_unscanned(self) -> bool:
        """Let through without a scanner, as only the demonstration does."""
        return self.scan == Scan.NOT_SCANNED
