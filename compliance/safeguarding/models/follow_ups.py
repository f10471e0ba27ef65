"""What is recorded of a person after the referral: each a code of the pack and a day, with who recorded it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import READS, REFERRAL_FOLLOW_UP, ReferralFollowUpStatus
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

STATUSES: list[tuple[str, str | Promise]] = [
    (ReferralFollowUpStatus.TO_DO.value, _("To do")),
    (ReferralFollowUpStatus.RECORDED.value, _("Recorded")),
]


class ReferralFollowUpQuerySet(CoveredQuerySet["ReferralFollowUp"]):
    def visible_to(self, user: "User") -> "ReferralFollowUpQuerySet":
        """Safeguarding leads see all, but for organisations that they have a conflict of interest with."""
        if not user.has_perm(READS):
            return self.none()
        return self.exclude(referral__organisation__in=Conflict.objects.organisations_of(user))


class ReferralFollowUp(CoveredModel):
    """One thing that is recorded of a person after the referral was prepared: a code of the pack, and a day. No free text."""

    lifecycle = REFERRAL_FOLLOW_UP

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30, help_text="what is recorded, as the pack says it")
    status = models.CharField(max_length=10, choices=STATUSES, default=REFERRAL_FOLLOW_UP.first)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=30, blank=True, help_text="code of the pack")
    recorded_on = models.DateField(null=True, blank=True, help_text="the day on which it was so")
    recorded_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ReferralFollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="referral_follow_up_number", fields=["referral", "number"]),
            models.CheckConstraint(
                name="referral_follow_up_recorded_whole",
                condition=Q(status="to_do", answer="", recorded_on=None, recorded_by=None)
                | Q(status="recorded", answer__gt="", recorded_on__isnull=False, recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.referral.reference}.{self.number}"

    @property
    def is_needed(self) -> bool:
        """Of a referral that was dropped nothing more is recorded."""
        return not self.referral.is_dropped
