"""An override of a reply that another authority gave itself: two people decide that the check has another result."""

from django.db import models
from django.db.models import F, Q

from licensing.applications.models import Application
from licensing.checks.models import Check, Reply
from licensing.checks.states import CheckResult
from licensing.overrides.states import ANSWERS, NOT_AGREED, OVERRIDE, SEES, OverrideStatus
from registry.accounts.models import User
from registry.agencies.models import AgencyChannel
from registry.refusals.states import CanBeRefused
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ReplyOverrideQuerySet(CoveredQuerySet["ReplyOverride"]):
    def visible_to(self, user: User) -> "ReplyOverrideQuerySet":
        """Those who read cases see these, but for organisations they have a conflict of interest with."""
        return self.filter(asked__in=Check.objects.open_to(user)) if user.has_perm(SEES) else self.none()

    def of_agency_of(self, user: User) -> "ReplyOverrideQuerySet":
        """What was agreed about the replies of the authority of this person, for those who answer for it."""
        if user.agency_id is None or not user.has_perm(ANSWERS):
            return self.none()
        return self.filter(asked__agency=user.agency_id, asked__agency__closed_at=None).exclude(made=None)

    def open(self) -> "ReplyOverrideQuerySet":
        return self.filter(status=OverrideStatus.PROPOSED)

    def in_force(self) -> "ReplyOverrideQuerySet":
        return self.filter(status=OverrideStatus.AGREED)


class ReplyOverride(CanBeRefused, CoveredModel):
    """One person proposes another result than the authority gave, with a reason and evidence; another agrees or refuses.

    `reply` is what the authority said, `made` the reply that holds in its place once it is agreed.
    """

    lifecycle = OVERRIDE
    reason_reading = NOT_AGREED

    reference = models.CharField(max_length=30, unique=True)
    asked = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="overrides")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="overrides")
    status = models.CharField(max_length=20, choices=OverrideStatus, default=OVERRIDE.first)
    result = models.CharField(max_length=20, choices=CheckResult)
    because = models.TextField(help_text="the authority reads it")
    evidence = models.TextField(blank=True, help_text="which documents show it, besides the files")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who agreed or refused"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)
    refusal_read_at = models.DateTimeField(null=True, blank=True)
    made = models.OneToOneField(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="made_by_override")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="of the authority"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="what the authority says about it")

    objects = ReplyOverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two people, in the database as well as in the rules (docs/rules.md G7).
            models.CheckConstraint(
                name="override_ended_by_another", condition=Q(ended_by=None) | ~Q(ended_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="override_agreed_by_someone", condition=~Q(status="agreed") | Q(ended_by__isnull=False)
            ),
            models.CheckConstraint(
                name="override_refused_says_why", condition=~Q(status="refused") | Q(refused_because__gt="")
            ),
            models.CheckConstraint(name="override_says_why", condition=Q(because__gt="")),
            models.UniqueConstraint(
                name="override_one_open_of_a_check", fields=["asked"], condition=Q(status="proposed")
            ),
            models.UniqueConstraint(
                name="override_one_in_force_of_a_check", fields=["asked"], condition=Q(status="agreed")
            ),
        ]

    @property
    def scheme(self) -> str:
        return self.asked.case.scheme

    @property
    def application(self) -> Application | None:
        return self.asked.application

    @property
    def is_in_force(self) -> bool:
        return self.status == OverrideStatus.AGREED

    @property
    def is_proposed(self) -> bool:
        return self.status == OverrideStatus.PROPOSED

    @property
    def is_in_hand(self) -> bool:
        """Whether the case still needs an answer."""
        return self.asked.case.closed_at is None

    @property
    def is_unread_by_agency(self) -> bool:
        """Whether the people of the authority, who sign in here, have not read it yet."""
        agency = self.asked.agency
        reads_here = agency is not None and agency.closed_at is None and agency.way != AgencyChannel.POST
        return reads_here and self.read_at is None
