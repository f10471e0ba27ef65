"""What is known and how well: graded, with the words that may be shared apart from those that were heard."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from registry.conflicts.models import Conflict

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation


class IntelligenceQuerySet(models.QuerySet["Intelligence"]):
    def visible_to(self, user: "User") -> "IntelligenceQuerySet":
        """Those who work with intelligence see it, without what is about an organisation they have a conflict of interest with."""
        if not user.has_perm("compliance.read_intelligence"):
            return self.none()
        barred = IntelligenceSubject.objects.filter(
            intelligence=OuterRef("pk"), organisation__in=Conflict.objects.organisations_of(user)
        )
        return self.exclude(Exists(barred))

    def about(self, organisation: "Organisation", *, until: date) -> "IntelligenceQuerySet":
        """What was recorded about the organisation up to this day: as somebody has graded it, one by one, never a count of reports."""
        recorded = self.filter(subjects__organisation=organisation, recorded_at__date__lte=until)
        return recorded.order_by("-recorded_at", "-pk")


class Intelligence(models.Model):
    """One piece of intelligence. No column says who told it: sources have tables of their own."""

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60, help_text="whose words the grades are")
    version = models.DateField()
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="intelligence"
    )
    source = models.ForeignKey(
        "compliance.Source",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="intelligence",
        help_text="by pseudonym; none where nobody in particular told it",
    )
    source_grade = models.CharField(max_length=2)
    information_grade = models.CharField(max_length=2)
    handling = models.CharField(max_length=2)
    conditions = models.JSONField(default=list, help_text="codes of the conditions on which it may be shared")
    conditions_said = models.TextField(blank=True, help_text="what else whoever receives it must keep to")
    source_text = models.TextField(help_text="as it was heard: never shared")
    sanitised_text = models.TextField(help_text="nothing that says who told it: what is read, linked and shared")
    learnt_on = models.DateField()
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

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
        ]
        indexes = [models.Index(name="intelligence_newest", fields=["-recorded_at", "-id"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def grade(self) -> str:
        """As it is written: 2B/P."""
        return f"{self.source_grade}{self.information_grade}/{self.handling}"


class IntelligenceSubject(models.Model):
    """An organisation that a piece of intelligence is about."""

    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="subjects")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="intelligence_subject_once", fields=["intelligence", "organisation"])
        ]

    def __str__(self) -> str:
        return f"{self.intelligence}: {self.organisation}"
