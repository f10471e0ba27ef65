"""A case that we work on together with another authority: which of us leads, and the next step of each with a day."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.joint_cases import states
from registry.agencies.models import AgencyChannel
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation


class JointCaseQuerySet(CoveredQuerySet["JointCase"]):
    def visible_to(self, user: "User") -> "JointCaseQuerySet":
        """Those who record intelligence, as far as they see what was passed on."""
        if not user.has_perm(states.RECORDS):
            return self.none()
        return self.filter(
            Q(dissemination__in=Dissemination.objects.visible_to(user))
            | Q(hand_over__in=HandOver.objects.visible_to(user))
        )

    def for_partner(self, user: "User") -> "JointCaseQuerySet":
        """Those of the authority that this person answers for."""
        if not user.has_perm(states.RECEIVES) or user.agency_id is None:
            return self.none()
        return self.filter(agency=user.agency_id)


class JointCase(CoveredModel):
    """One thing that was passed on, worked on by both."""

    lifecycle = states.JOINT_CASE

    reference = models.CharField(max_length=20, unique=True)
    dissemination = models.ForeignKey(
        Dissemination, null=True, blank=True, on_delete=models.PROTECT, related_name="joint_cases"
    )
    hand_over = models.ForeignKey(HandOver, null=True, blank=True, on_delete=models.PROTECT, related_name="joint_cases")
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="+")
    lead = models.CharField(max_length=10, choices=states.JointSide)
    status = models.CharField(max_length=10, choices=states.JointCaseStatus, default=states.JOINT_CASE.first)
    result = models.TextField(blank=True, help_text="what it led to")
    opened_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = JointCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="joint_case_about_one",
                condition=Q(dissemination__isnull=False, hand_over=None)
                | Q(dissemination=None, hand_over__isnull=False),
            ),
            models.UniqueConstraint(
                name="joint_case_once_of_dissemination", fields=["dissemination"], condition=Q(status="open")
            ),
            models.UniqueConstraint(
                name="joint_case_once_of_hand_over", fields=["hand_over"], condition=Q(status="open")
            ),
        ]

    @property
    def organisation(self) -> "Organisation | None":
        if self.hand_over is not None:
            return self.hand_over.organisation
        return self.dissemination.first_organisation if self.dissemination else None

    @property
    def has_no_open_step(self) -> bool:
        return not self.steps.filter(status=states.JointStepStatus.OPEN).exists()


class JointStepQuerySet(CoveredQuerySet["JointStep"]):
    def visible_to(self, user: "User") -> "JointStepQuerySet":
        return self.filter(joint_case__in=JointCase.objects.visible_to(user))

    def for_partner(self, user: "User") -> "JointStepQuerySet":
        """The steps of this person's own authority."""
        return self.filter(joint_case__in=JointCase.objects.for_partner(user), side=states.JointSide.PARTNER)


class JointStep(CoveredModel):
    """What one of the two does next, by which day, and what came of it."""

    lifecycle = states.JOINT_STEP
    waits_with = ("joint_case",)

    reference = models.CharField(max_length=20, unique=True)
    joint_case = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="steps")
    side = models.CharField(max_length=10, choices=states.JointSide)
    text = models.TextField(help_text="what is to be done; both read it")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=states.JointStepStatus, default=states.JOINT_STEP.first)
    outcome = models.TextField(blank=True, help_text="what was done or found; both read it")
    set_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = JointStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="joint_step_says_what", condition=~Q(text="")),
            models.CheckConstraint(name="joint_step_done_says_what", condition=Q(status="open") | ~Q(outcome="")),
        ]

    @property
    def organisation(self) -> "Organisation | None":
        return self.joint_case.organisation

    @property
    def is_ours(self) -> bool:
        return self.side == states.JointSide.US

    @property
    def is_theirs_here(self) -> bool:
        """Whether people of the other authority sign in and say so."""
        return not self.is_ours and self.joint_case.agency.way == AgencyChannel.ACCOUNT

    @property
    def is_theirs_by_post(self) -> bool:
        return not self.is_ours and not self.is_theirs_here
