"""When and where a visit is to be made, by whom, with whom, and what must be known to come back safely."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection, of_visible
from registry.identifiers import lines_of
from registry.times import hours
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class Risk(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class PlanQuerySet(CoveredQuerySet["VisitPlan"]):
    def visible_to(self, user: "User") -> "PlanQuerySet":
        return self.filter(of_visible(user))

    def of(self, officer: "User") -> "PlanQuerySet":
        """Those that this officer makes, in the lead or beside somebody."""
        joint = JointOfficer.objects.filter(officer=officer).values("plan")
        return self.filter(Q(inspection__inspector=officer) | Q(pk__in=joint))

    def between(self, first: date, last: date) -> "PlanQuerySet":
        return self.filter(day__gte=first, day__lte=last)

    def standing(self) -> "PlanQuerySet":
        """Of visits that are to be made or were; not of those that were called off."""
        return self.exclude(inspection__status="called_off")


class VisitPlan(CoveredModel):
    """The plan of one visit."""

    trail_adds = ("agencies",)

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="plan")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.ForeignKey(
        "registry.Premises", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    address = models.TextField(blank=True, help_text="where the place is in no file")
    region = models.CharField(max_length=60, blank=True)
    announced = models.BooleanField()
    because = models.TextField(help_text="why it is announced, or why not")
    risk = models.CharField(max_length=10, choices=Risk)
    two_officers = models.BooleanField(default=False, help_text="two officers of the authority at all times")
    safety_notes = models.TextField(blank=True)
    people_to_meet = models.TextField(blank=True)
    meeting_point = models.CharField(max_length=200, blank=True)
    vehicle = models.CharField(max_length=60, blank=True)
    agencies = models.ManyToManyField("registry.Agency", blank=True, related_name="+")
    planned_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        permissions = [("plan_visits", "Plan the visits of every inspector")]
        constraints = [
            models.CheckConstraint(name="plan_ends_after_it_starts", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="plan_says_where", condition=Q(place__isnull=False) | ~Q(address="")),
            models.CheckConstraint(name="plan_says_why_so", condition=~Q(because="")),
        ]
        indexes = [
            models.Index(name="plan_by_day", fields=["day", "starts", "id"]),
            models.Index(name="plan_by_region", fields=["region"]),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}, {self.day}"

    @property
    def hours(self) -> str:
        return hours(self.starts, self.ends)

    @property
    def where(self) -> str:
        """The place on one line."""
        if self.place is None:
            return ", ".join(line.strip() for line in self.address.splitlines() if line.strip())
        return ", ".join([self.place.name, *lines_of(self.place.address)])


class JointOfficer(CoveredModel):
    """An officer who goes along: sees the inspection, and does not report it."""

    plan = models.ForeignKey(VisitPlan, on_delete=models.CASCADE, related_name="joint")
    officer = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="joint_visits")

    class Meta:
        constraints = [models.UniqueConstraint(name="joint_officer_once", fields=["plan", "officer"])]

    def __str__(self) -> str:
        return f"{self.officer}: {self.plan}"


class PlannedInterpreter(CoveredModel):
    """A language that is needed, and whether somebody is booked for it."""

    plan = models.ForeignKey(VisitPlan, on_delete=models.CASCADE, related_name="interpreters")
    language = models.CharField(max_length=60)
    is_booked = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="interpreter_once_a_language", fields=["plan", "language"])]

    def __str__(self) -> str:
        return f"{self.language}: {self.plan}"
