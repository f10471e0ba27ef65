"""People who may be victims: referrals and notifications in closed fields, and who they are in a sealed table of its own.

Nothing here takes free text. An adult who has not consented is identified by nothing that is stored: the tables of identities
take no row for them, and triggers say so too (migration 0030; docs/decisions/0056).
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from compliance.safeguarding.models import codes
from compliance.safeguarding.states import REFERRAL, ReferralStatus
from registry import schemes, workdays
from registry.conflicts.models import Conflict
from registry.holidays.models import Calendar, Holiday
from registry.schemes.safeguarding import SafeguardingClocks
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from registry.accounts.models import User


class ReferralQuerySet(CoveredQuerySet["Referral"]):
    def visible_to(self, user: "User") -> "ReferralQuerySet":
        """A safeguarding lead sees all, whoever prepares them their own; never of an organisation they have a conflict with."""
        if user.has_perm("compliance.read_referrals"):
            return self.open_to(user)
        if user.has_perm("compliance.prepare_referral"):
            return self.open_to(user).filter(prepared_by=user)
        return self.none()

    def open_to(self, officer: "User") -> "ReferralQuerySet":
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))


class Referral(CoveredModel):
    """What is reported of one person who may be a victim. Every field is a code, a yes or no, or a day."""

    lifecycle = REFERRAL

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=codes.ReferralKind)
    status = models.CharField(max_length=20, choices=codes.STATUSES, default=REFERRAL.first)
    scheme = models.CharField(max_length=60, help_text="whose words the codes are")
    version = models.DateField()
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )

    is_child = models.BooleanField(help_text="is under 18, or may be")
    consent = models.CharField(max_length=10, choices=codes.ReferralConsent)
    told_nrm = models.BooleanField(default=False, help_text="was told what the mechanism is")
    told_support = models.BooleanField(default=False, help_text="was told which support there is")
    told_outcomes = models.BooleanField(default=False, help_text="was told how it may end")
    told_sharing = models.BooleanField(default=False, help_text="was told who will be told what")
    in_own_language = models.BooleanField(default=False, help_text="was told it in a language they understand")
    consented_on = models.DateField(null=True, blank=True)

    gender = models.CharField(max_length=20)
    age_band = models.CharField(max_length=20)
    nationality = models.CharField(
        max_length=2, blank=True, help_text="because the regulations ask for it: exported, and read by nothing else"
    )
    child_then = models.CharField(max_length=10, choices=codes.YesNoUnknown, help_text="was under 18 when it began")
    slavery = models.BooleanField()
    trafficking = models.BooleanField()
    natures = models.JSONField(default=list)
    country = models.CharField(max_length=2, help_text="where it happened")
    region = models.CharField(max_length=20)
    sector = models.CharField(max_length=40, blank=True)
    police_told = models.BooleanField()
    police_force = models.CharField(max_length=40, blank=True, help_text="that was told")
    police_area = models.CharField(max_length=40, help_text="in which the person was found")

    prepared_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    returned_why = models.CharField(max_length=10, choices=codes.WhyReturned, blank=True)
    read_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    at_once_why = models.CharField(
        max_length=10, choices=codes.WhyAtOnce, blank=True, help_text="sent before a second person read it"
    )
    reasonable = models.CharField(max_length=3, choices=codes.YesNo, blank=True)
    reasonable_on = models.DateField(null=True, blank=True)
    conclusive = models.CharField(max_length=3, choices=codes.YesNo, blank=True)
    conclusive_on = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=10, choices=codes.WhyDropped, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        permissions = [
            ("prepare_referral", "Prepare referrals of people who may be victims"),
            ("read_referrals", "Read every referral as the second person, send it and keep what is answered"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_child_needs_no_consent",
                condition=Q(is_child=True, consent__in=["child", "withdrawn"])
                | Q(is_child=False, consent__in=["given", "refused", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="referral_consent_is_informed",
                condition=~Q(consent="given")
                | Q(
                    told_nrm=True,
                    told_support=True,
                    told_outcomes=True,
                    told_sharing=True,
                    in_own_language=True,
                    consented_on__isnull=False,
                ),
            ),
            models.CheckConstraint(name="referral_nrm_needs_consent", condition=~Q(kind="nrm") | ~Q(consent="refused")),
            models.CheckConstraint(
                name="referral_sent_to_nrm_with_consent",
                condition=~Q(kind="nrm", status="read") | Q(consent__in=["given", "child"]),
            ),
            models.CheckConstraint(
                name="referral_read_by_another", condition=Q(read_by=None) | ~Q(read_by=F("prepared_by"))
            ),
            models.CheckConstraint(
                name="referral_sent_was_read",
                condition=~Q(status__in=["read", "sent", "answered", "concluded"])
                | Q(read_by__isnull=False, read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_sent_by_somebody",
                condition=~Q(status__in=["sent_unread", "sent", "answered", "concluded"])
                | Q(sent_by__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_sent_at_once_says_why", condition=~Q(status="sent_unread") | ~Q(at_once_why="")
            ),
            models.CheckConstraint(
                name="referral_read_after_by_another",
                condition=Q(at_once_why="") | Q(read_by=None) | ~Q(read_by=F("sent_by")),
            ),
            models.CheckConstraint(
                name="referral_answered_on_a_day",
                condition=Q(reasonable="", reasonable_on=None) | Q(reasonable__gt="", reasonable_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_concluded_on_a_day",
                condition=Q(conclusive="", conclusive_on=None)
                | Q(conclusive__gt="", conclusive_on__isnull=False, reasonable="yes"),
            ),
        ]
        indexes = [
            models.Index(name="referral_newest", fields=["-prepared_at", "-id"]),
            models.Index(name="referral_by_status", fields=["status", "-prepared_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def task_priority(self) -> TaskPriority:
        """A child's referral is urgent."""
        return TaskPriority.URGENT if self.is_child else TaskPriority.NORMAL

    @property
    def clocks(self) -> SafeguardingClocks:
        """How long each step may take, by the version under which it was prepared."""
        words = schemes.get(self.scheme, self.version).safeguarding
        return words.clocks if words else SafeguardingClocks()

    @property
    def second_read_by(self) -> datetime:
        hours = self.clocks.second_read_hours_child if self.is_child else self.clocks.second_read_hours
        return self.prepared_at + timedelta(hours=hours)

    @property
    def read_after_by(self) -> datetime | None:
        return self.sent_at + timedelta(hours=self.clocks.second_read_after_hours) if self.sent_at else None

    @property
    def send_by(self) -> datetime | None:
        """A notification within the days of the duty to notify; a referral within hours of the second reading."""
        if self.kind == codes.ReferralKind.NOTIFY:
            return self.prepared_at + timedelta(days=self.clocks.notify_days)
        hours = self.clocks.send_hours_child if self.is_child else self.clocks.send_hours
        return self.read_at + timedelta(hours=hours) if self.read_at else None

    @property
    def grounds_by(self) -> date | None:
        """The day by which the decision on reasonable grounds is expected."""
        if self.sent_at is None:
            return None
        days = frozenset(Holiday.objects.filter(nation=Calendar.ENGLAND_AND_WALES).values_list("day", flat=True))
        return workdays.add_working_days(timezone.localdate(self.sent_at), self.clocks.grounds_working_days, days)

    @property
    def conclusion_by(self) -> date | None:
        return self.reasonable_on + timedelta(days=self.clocks.conclusion_days) if self.reasonable_on else None

    @property
    def is_decided_by_others(self) -> bool:
        """A notification is not answered."""
        return self.kind == codes.ReferralKind.NRM

    @property
    def is_dropped(self) -> bool:
        return self.status == ReferralStatus.DROPPED

    @property
    def has_reasonable_grounds(self) -> bool:
        """Without reasonable grounds there is no further decision."""
        return self.reasonable == codes.YesNo.YES

    @property
    def may_be_named(self) -> bool:
        return self.consent in codes.MAY_BE_NAMED
