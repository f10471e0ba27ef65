"""That a holder wishes its licence to pass to another business (2004 Act, s.9): asked, agreed to, decided like all that is done to a licence."""

from django.db import models
from django.db.models import Q

from licensing.models.applications import Application
from licensing.states import OPEN_TRANSFERS, TRANSFER, TransferStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class TransferQuerySet(CoveredQuerySet["Transfer"]):
    def visible_to(self, user: User) -> "TransferQuerySet":
        """Officers see all; others those from and to the organisations that they act for."""
        if user.has_perm("licensing.view_decisions"):
            return self.open_to(user)
        return self.of(Organisation.objects.acted_for_by(user))

    def open_to(self, officer: User) -> "TransferQuerySet":
        """All but those from or to an organisation with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(licence__in=Licence.objects.filter(organisation__in=kept).values("pk")).exclude(
            application__in=Application.objects.filter(organisation__in=kept).values("pk")
        )

    def of(self, organisations: models.QuerySet[Organisation]) -> "TransferQuerySet":
        return self.filter(Q(licence__organisation__in=organisations) | Q(application__organisation__in=organisations))

    def open(self) -> "TransferQuerySet":
        return self.filter(status__in=list(OPEN_TRANSFERS))


class Transfer(CoveredModel):
    """One wish of one holder that its licence pass to another business.

    The other business must apply in its own right: `application` is its application, if it has told the holder its number.
    What a consent does is that the other is licensed and the holder's licence ends, both from the same day; a licence itself
    belongs to one legal entity for good.
    """

    lifecycle = TRANSFER

    reference = models.CharField(max_length=20, unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="transfers")
    to_name = models.CharField(max_length=200, help_text="the other business, as the holder calls it")
    application = models.ForeignKey(
        Application,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transfers",
        help_text="of the other business, for a licence of its own",
    )
    from_day = models.DateField(help_text="first day on which the other business is to be licensed")
    because = models.TextField()
    status = models.CharField(max_length=20, choices=TransferStatus, default=TRANSFER.first)
    is_over = models.GeneratedField(
        expression=~Q(status__in=list(OPEN_TRANSFERS)),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for the other business"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="came_of",
        help_text="the licence of the other business",
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="transfer_one_open_of_licence", fields=["licence"], condition=Q(status__in=["asked", "agreed"])
            ),
            models.CheckConstraint(name="transfer_says_why", condition=Q(because__gt="", to_name__gt="")),
            models.CheckConstraint(
                name="transfer_answered_by_somebody",
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False, application__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_agreed_was_answered",
                condition=~Q(status__in=["agreed", "declined"]) | Q(answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_consented_has_licence",
                condition=Q(status="consented", became__isnull=False) | (~Q(status="consented") & Q(became=None)),
            ),
        ]
        indexes = [
            models.Index(name="transfer_open_first", fields=["is_over", "asked_at", "id", "status"]),
            models.Index(name="transfer_by_day", fields=["asked_at", "id"]),
            models.Index(name="transfer_by_status", fields=["status", "is_over", "asked_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisation(self) -> Organisation:
        """Whose licence it is."""
        return self.licence.organisation

    @property
    def organisations(self) -> list[Organisation]:
        """Both sides, as far as the other is known."""
        return [self.licence.organisation, *([self.application.organisation] if self.application else [])]
