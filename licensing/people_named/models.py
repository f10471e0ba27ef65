"""What a person named in an application fills in and signs themselves, by a link."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from registry.accounts.models import User
from registry.memberships.states import Act
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import holder_wait


class PartQuerySet(CoveredQuerySet["Part"]):
    def standing(self) -> "PartQuerySet":
        """Those that whoever applies has not taken back: the person answers, or has answered, for themselves."""
        return self.filter(withdrawn_at=None)


class Part(CoveredModel):
    """One person's own part of one application: a thing of a list, or all pages about the one person in a role.

    Whoever holds the link and the second fact answers it, without an account. Of the code in the link only a digest is
    kept; the answers are kept as all others are.
    """

    trail_omits = frozenset({"tries"})

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parts")
    page = models.CharField(max_length=60, help_text="the list, or the first page about the one person in the role")
    item = models.CharField(max_length=12, blank=True, help_text="empty for the one person in a role")
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=200, help_text="as whoever applies gave it")
    address = models.EmailField(blank=True, help_text="empty when the link was printed")
    language = models.CharField(max_length=10)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    pin_digest = models.CharField(max_length=64, blank=True, help_text="of the number that opens the link")
    pin_until = models.DateTimeField(null=True, blank=True, help_text="none: as long as the link")
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong numbers since the last one was given")
    opened_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True, help_text="of the answers and of the words signed")
    refused_at = models.DateTimeField(null=True, blank=True, help_text="when the person said that they do not answer")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    waits = (
        holder_wait(
            "send_again",
            (),
            _("Send the link to a person again: it has run out"),
            Act.FILL_IN,
            organisation="application.organisation",
            after="expires_at",
            when="is_wanted",
            page="part_sent",
            args=("application.reference", "reference"),
            missed=_("You cannot send the application before this person has signed."),
        ),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="part_one_each", fields=["application", "page", "item"], condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="part_signed_by_name",
                condition=Q(signed_at=None, signed_name="", signed_digest="")
                | (Q(signed_at__isnull=False) & ~Q(signed_name="") & ~Q(signed_digest="")),
            ),
            models.CheckConstraint(name="part_signed_or_refused", condition=Q(signed_at=None) | Q(refused_at=None)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_wanted(self) -> bool:
        """Whether the draft still waits for the person to sign."""
        unsigned = self.withdrawn_at is None and self.signed_at is None and self.refused_at is None
        return unsigned and self.application.status == ApplicationStatus.DRAFT

    def is_open(self, at: datetime) -> bool:
        """Whether the link leads anywhere."""
        return self.withdrawn_at is None and at < self.expires_at and self.application.status != "withdrawn"
