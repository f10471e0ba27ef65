"""What is known and how well, with the words that may be shared; what was passed on of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from compliance.intelligence.states import (
    DISSEMINATION,
    INTELLIGENCE,
    DisseminationStatus,
    TextStatus,
)
from registry.agencies.models import AgencyChannel
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation


class IntelligenceQuerySet(CoveredQuerySet["Intelligence"]):
    def released(self) -> "IntelligenceQuerySet":
        """Of which a second person has released the text."""
        return self.filter(status=TextStatus.RELEASED)

    def visible_to(self, user: "User") -> "IntelligenceQuerySet":
        """Those who work with intelligence see it, without what is about an organisation they have a conflict of interest with."""
        if not user.has_perm("compliance.read_intelligence"):
            return self.none()
        own = Conflict.objects.organisations_of(user)
        barred = IntelligenceSubject.objects.filter(intelligence=OuterRef("pk"), organisation__in=own)
        return self.exclude(Exists(barred))

    def about(self, organisation: "Organisation", *, until: date) -> "IntelligenceQuerySet":
        """What was recorded about the organisation up to this day: as somebody has graded it, one by one, never a count of reports."""
        rows = self.order_by("-recorded_at", "-pk")
        return rows.filter(subjects__organisation=organisation, recorded_at__date__lte=until)


class Intelligence(CoveredModel):
    """One piece of intelligence. No column says who told it: sources have tables of their own."""

    lifecycle = INTELLIGENCE

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60, help_text="whose words the grades are")
    version = models.DateField()
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="intelligence"
    )
    source = models.ForeignKey(
        "compliance.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="intelligence"
    )
    source_grade = models.CharField(max_length=2)
    information_grade = models.CharField(max_length=2)
    handling = models.CharField(max_length=2)
    conditions = models.JSONField(default=list, help_text="codes of the conditions on which it may be shared")
    conditions_said = models.TextField(blank=True, help_text="what else whoever receives it must keep to")
    source_text = models.TextField(help_text="as it was heard: never shared")
    sanitised_text = models.TextField(help_text="nothing that says who told it: what is read, linked and shared")
    status = models.CharField(max_length=10, choices=TextStatus, default=INTELLIGENCE.first)
    text_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    learnt_on = models.DateField()
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    graded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    grade_agreed_by = models.ForeignKey(
        "registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    grade_agreed_at = models.DateTimeField(null=True, blank=True)

    objects = IntelligenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "intelligence"
        permissions = [
            ("read_intelligence", "Read graded intelligence, without who told it"),
            ("record_intelligence", "Record and grade intelligence"),
        ]
        constraints = [
            models.CheckConstraint(
                name="intelligence_has_both_texts", condition=~Q(source_text="") & ~Q(sanitised_text="")
            ),
            models.CheckConstraint(
                name="intelligence_released_by_another",
                condition=Q(status="released", released_by__isnull=False, released_at__isnull=False)
                & ~Q(released_by=F("text_by"))
                | ~Q(status="released") & Q(released_by=None, released_at=None),
            ),
            models.CheckConstraint(
                name="intelligence_grade_agreed_by_another",
                condition=Q(grade_agreed_by=None, grade_agreed_at=None)
                | Q(grade_agreed_by__isnull=False, grade_agreed_at__isnull=False) & ~Q(grade_agreed_by=F("graded_by")),
            ),
        ]
        indexes = [models.Index(name="intelligence_newest", fields=["-recorded_at", "-id"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_released(self) -> bool:
        return self.status == TextStatus.RELEASED

    @property
    def grade_waits(self) -> bool:
        return self.grade_agreed_at is None

    @property
    def grade(self) -> str:
        """As it is written: 2B/P."""
        return f"{self.source_grade}{self.information_grade}/{self.handling}"


class IntelligenceSubject(CoveredModel):
    """An organisation that a piece of intelligence is about."""

    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="subjects")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="intelligence_subject_once", fields=["intelligence", "organisation"])
        ]

    def __str__(self) -> str:
        return f"{self.intelligence}: {self.organisation}"


class DisseminationQuerySet(CoveredQuerySet["Dissemination"]):
    def visible_to(self, user: "User") -> "DisseminationQuerySet":
        """To the people who see the intelligence that was passed on."""
        return self.filter(intelligence__in=Intelligence.objects.visible_to(user))

    def for_partner(self, user: "User") -> "DisseminationQuerySet":
        """What the authority that this person answers for was given."""
        may = user.has_perm("compliance.receive_intelligence") and user.agency_id is not None
        return self.filter(agency=user.agency_id) if may else self.none()


class Dissemination(CoveredModel):
    """Sanitised intelligence as another authority got it. What is graded or written again later does not change it."""

    lifecycle = DISSEMINATION

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=DisseminationStatus, default=DISSEMINATION.first)
    intelligence = models.ForeignKey(Intelligence, on_delete=models.PROTECT, related_name="passed_on")
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    grade = models.CharField(max_length=8, help_text="as it is written: 2B/P")
    conditions = models.JSONField(default=list)
    conditions_said = models.TextField(blank=True)
    purpose = models.TextField(help_text="what the authority may use it for, and under which power it is shared")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True, help_text="the day until which the authority was given time")

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        permissions = [("receive_intelligence", "Read what is passed on to one's own authority")]
        constraints = [
            models.CheckConstraint(name="dissemination_says_what_for", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="dissemination_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_answered_here(self) -> bool:
        """Whether people of the other authority sign in and answer."""
        return self.agency.way == AgencyChannel.ACCOUNT

    @property
    def origin(self) -> Intelligence:
        return self.intelligence

    @property
    def first_organisation(self) -> "Organisation | None":
        subject = self.intelligence.subjects.select_related("organisation").order_by("pk").first()
        return subject.organisation if subject else None
