"""Signs of forced labour that an inspection or a decision rests on: each is put before a safeguarding lead, and stays until one answers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.models.codes import WhySetAside
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import CONCERN, READS, ConcernStatus
from registry import schemes
from registry.conflicts.models import Conflict
from registry.schemes.safeguarding import SafeguardingClocks
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from registry.accounts.models import User

STATUSES: list[tuple[str, str | Promise]] = [
    (ConcernStatus.TO_CONSIDER.value, _("To be considered")),
    (ConcernStatus.REFERRED.value, _("A referral was prepared")),
    (ConcernStatus.SET_ASIDE.value, _("No referral")),
]


class SafeguardingConcernQuerySet(CoveredQuerySet["SafeguardingConcern"]):
    def visible_to(self, user: "User") -> "SafeguardingConcernQuerySet":
        """Safeguarding leads see all, but for organisations that they have a conflict of interest with."""
        if not user.has_perm(READS):
            return self.none()
        return self.exclude(organisation__in=Conflict.objects.organisations_of(user))

    def answered_by(self, referral: Referral) -> "SafeguardingConcernQuerySet":
        """What is open about the inspection of a referral or, where it names none, about its organisation."""
        mine = self.filter(status=ConcernStatus.TO_CONSIDER, organisation=referral.organisation).order_by("pk")
        return mine.filter(about=referral.inspection.reference) if referral.inspection else mine


class SafeguardingConcern(CoveredModel):
    """Standards against forced labour that something speaks against, and what a lead said: codes and days, nothing of a person."""

    lifecycle = CONCERN

    reference = models.CharField(max_length=20, unique=True)
    about = models.CharField(max_length=20, help_text="reference of the inspection or decision")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60)
    version = models.DateField()
    standards = models.JSONField(help_text="codes of the standards that something speaks against")
    status = models.CharField(max_length=20, choices=STATUSES, default=CONCERN.first)
    raised_at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=WhySetAside, blank=True)
    considered_by = models.ForeignKey(
        "registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    considered_at = models.DateTimeField(null=True, blank=True)

    objects = SafeguardingConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="concern_considered_whole",
                condition=Q(status="to_consider", why="", considered_by=None, considered_at=None)
                | Q(status="referred", why="", considered_by__isnull=False, considered_at__isnull=False)
                | Q(status="set_aside", why__gt="", considered_by__isnull=False, considered_at__isnull=False),
            ),
        ]

    @property
    def task_priority(self) -> TaskPriority:
        return TaskPriority.URGENT

    @property
    def consider_by(self) -> datetime:
        """As soon as the second reading of a referral is due: someone may still be there."""
        words = schemes.get(self.scheme, self.version).safeguarding
        clocks = words.clocks if words else SafeguardingClocks()
        return self.raised_at + timedelta(hours=clocks.second_read_hours)
