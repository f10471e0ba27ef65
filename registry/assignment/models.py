"""Who does the tasks of people who are away, and the rules by which tasks are given to people."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class AbsenceQuerySet(CoveredQuerySet["Absence"]):
    def served_by(self, user: User, on: date) -> tuple[int, ...]:
        """The keys of this person and of those who are away and whose tasks they do on that day. One query."""
        away = self.filter(deputy=user, starts__lte=on, until__gte=on).values_list("person", flat=True)
        return (user.pk, *away)


class Absence(CoveredModel):
    """A person is away from one day to another, both included, and another does their tasks."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    until = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="absence_runs_forward", condition=Q(until__gte=F("starts"))),
            models.CheckConstraint(name="absence_has_another_deputy", condition=~Q(deputy=F("person"))),
        ]
        indexes = [models.Index(name="absence_of_deputy", fields=["deputy", "starts", "until"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts} to {self.until}"

    @property
    def reference(self) -> str:
        return f"{self.person.reference} {self.starts.isoformat()}"


class AssignmentMethod(models.TextChoices):
    """Which of the people of a rule gets a task."""

    ROUND_ROBIN = "round_robin", _("In turn")
    LOAD = "load", _("The person with the fewest open tasks")


class AssignmentRule(CoveredModel):
    """New tasks of one kind that match go to one of these people. Of several rules that match, the first one counts."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60, help_text="kind of task")
    nation = models.CharField(max_length=30, blank=True, help_text="calendar of the organisation; empty: any")
    sector = models.CharField(max_length=60, blank=True, help_text="code in the scheme; empty: any")
    initials = models.CharField(
        max_length=60, blank=True, help_text="first letters of the legal name, such as ABC; empty: any"
    )
    method = models.CharField(max_length=20, choices=AssignmentMethod)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_rule_ended_has_both",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def method_title(self) -> str | Promise:
        return AssignmentMethod(self.method).label


class RuleMember(CoveredModel):
    """A person to whom a rule gives tasks, and when it last did."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="rule_names_a_person_once", fields=["rule", "person"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.person}"
