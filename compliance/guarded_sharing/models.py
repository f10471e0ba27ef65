"""What is to be shared with a guarded authority: on which lawful basis, who asked, and who approved it as a second person."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from compliance.guarded_sharing import states
from registry.conflicts.models import Conflict
from registry.refusals.states import CanBeRefused
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation


class GuardedSharingQuerySet(CoveredQuerySet["GuardedSharing"]):
    def visible_to(self, user: "User") -> "GuardedSharingQuerySet":
        """Those who approve see all, others what they asked for; none about an organisation they have a conflict of interest with."""
        if not user.has_perm(states.SEES):
            return self.none()
        barred = Conflict.objects.organisations_of(user)
        seen = (
            self.exclude(intelligence__subjects__organisation__in=barred)
            .exclude(hand_over__organisation__in=barred)
            .exclude(inspection__organisation__in=barred)
        )
        is_second = user.has_perm(states.APPROVES) or user.has_perm("registry.read_trail")
        return seen if is_second else seen.filter(asked_by=user)


class GuardedSharing(CanBeRefused, CoveredModel):
    """One thing that is to reach a guarded authority, once. It is about intelligence, a hand-over or a visit."""

    lifecycle = states.SHARING
    reason_reading = states.NOT_APPROVED

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60, help_text="code of the guarded kind, in reports.toml")
    scheme = models.CharField(max_length=60, help_text="whose words the kind and the basis are")
    version = models.DateField()
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20, choices=states.SharingWay)
    intelligence = models.ForeignKey(
        "compliance.Intelligence", null=True, blank=True, on_delete=models.PROTECT, related_name="guarded_sharings"
    )
    hand_over = models.ForeignKey(
        "compliance.HandOver", null=True, blank=True, on_delete=models.PROTECT, related_name="guarded_sharings"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="guarded_sharings"
    )
    basis = models.CharField(max_length=60, help_text="code of the lawful basis, in reports.toml")
    because = models.TextField(help_text="why it is needed on this basis, and proportionate")
    agreed_on = models.DateField(null=True, blank=True, help_text="the day on which the person who reported agreed")
    text = models.TextField(blank=True, help_text="what the authority is to read, word for word")
    status = models.CharField(max_length=20, choices=states.SharingStatus, default=states.SHARING.first)
    asked_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "registry.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who approved or refused",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)
    refusal_read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedSharingQuerySet.as_manager()

    class Meta:
        permissions = [
            ("approve_guarded_sharing", "Approve, as a second person, what is shared with a guarded authority"),
            ("view_guarded_sharing", "See what one has asked to share with a guarded authority"),
        ]
        constraints = [
            models.CheckConstraint(
                name="guarded_sharing_about_one",
                condition=Q(intelligence__isnull=False, hand_over=None, inspection=None)
                | Q(intelligence=None, hand_over__isnull=False, inspection=None)
                | Q(intelligence=None, hand_over=None, inspection__isnull=False),
            ),
            # Two people, in the database as well as in the rules (docs/rules.md G7).
            models.CheckConstraint(
                name="guarded_sharing_ended_by_another", condition=Q(ended_by=None) | ~Q(ended_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="guarded_sharing_approved_by_someone",
                condition=~Q(status__in=["approved", "shared"]) | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="guarded_sharing_shared_at_a_time",
                condition=Q(status="shared", shared_by__isnull=False, shared_at__isnull=False)
                | ~Q(status="shared") & Q(shared_by=None, shared_at=None),
            ),
            models.CheckConstraint(
                name="guarded_sharing_says_why", condition=Q(because__gt="") & Q(basis__gt="") & Q(kind__gt="")
            ),
            models.CheckConstraint(
                name="guarded_sharing_refused_says_why", condition=~Q(status="refused") | Q(refused_because__gt="")
            ),
        ]
        indexes = [
            models.Index(name="guarded_sharing_newest", fields=["-asked_at", "-id"]),
            models.Index(name="guarded_sharing_shared", fields=["shared_at"]),
        ]

    @property
    def organisation(self) -> "Organisation | None":
        if self.inspection is not None:
            return self.inspection.organisation
        if self.hand_over is not None:
            return self.hand_over.organisation
        assert self.intelligence is not None
        subject = self.intelligence.subjects.select_related("organisation").order_by("pk").first()
        return subject.organisation if subject else None

    @property
    def about(self) -> str:
        """The reference of what it is about."""
        return str(self.intelligence or self.hand_over or self.inspection)


class StatedSharing(CoveredModel):
    """One check of an applicant or one referral of a victim that reached a guarded authority. Never changed.

    The pack states its basis once for all of them, and no officer writes its words. Who it is about is not kept here.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60, help_text="code of the guarded kind, in reports.toml")
    scheme = models.CharField(max_length=60, help_text="whose words the kind and the basis are")
    version = models.DateField()
    agency = models.ForeignKey(
        "registry.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="none: it is not in the list of authorities",
    )
    way = models.CharField(max_length=20, choices=states.StatedWay)
    basis = models.CharField(max_length=60, help_text="code of the stated basis, in reports.toml")
    about = models.CharField(max_length=30, help_text="reference of the check, its override or the referral")
    first_by = models.ForeignKey(
        "registry.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who prepared it; none: its words are those of the pack",
    )
    second_by = models.ForeignKey(
        "registry.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who read or agreed to it; none: it was sent at once, or its words are those of the pack",
    )
    shared_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stated_sharing_by_two", condition=Q(second_by=None) | ~Q(second_by=F("first_by"))
            ),
            models.CheckConstraint(
                name="stated_sharing_says_why", condition=Q(basis__gt="", kind__gt="", about__gt="")
            ),
            models.CheckConstraint(
                name="stated_referral_was_prepared", condition=~Q(way="referral") | Q(first_by__isnull=False)
            ),
            # A referral is sent once.
            models.UniqueConstraint(name="stated_referral_once", fields=["about"], condition=Q(way="referral")),
        ]
        indexes = [models.Index(name="stated_sharing_shared", fields=["shared_at"])]
