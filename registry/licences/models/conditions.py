"""Additional conditions on licences: what must be put right, under which standard, by when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models.licences import Licence
from registry.licences.states import CONDITION, ConditionStatus
from registry.memberships.states import Act
from registry.overdue import passed
from registry.tasks.models import waited_for
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class ConditionQuerySet(CoveredQuerySet["Condition"]):
    def open_to(self, officer: User) -> "ConditionQuerySet":
        """All but those of licences of organisations with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(licence__in=Licence.objects.filter(organisation__in=kept).values("pk"))

    def with_whose_turn(self) -> "ConditionQuerySet":
        """Each with whether its holder must still meet it: not where we check the evidence that the holder sent."""
        return self.annotate(is_with_holder=waited_for(Condition, "meet"))

    def to_be_met(self) -> "ConditionQuerySet":
        """Those that their holders must still meet."""
        return self.filter(waited_for(Condition, "meet"))

    def overdue_on(self, day: date) -> "ConditionQuerySet":
        """Those that their holders must still meet, and of which the day has passed."""
        return self.to_be_met().filter(passed("due_on", day))


class Condition(CoveredModel):
    """An additional licence condition: what must be put right, under which standard, by when."""

    lifecycle = CONDITION.wait_for(
        NoWait(ConditionStatus.OPEN, "The holder may have sent evidence, which we check."),
        holder_wait(
            "meet",
            {ConditionStatus.OPEN},
            _("Meet the condition and send evidence"),
            Act.NOTIFY,
            organisation="licence.organisation",
            due="due_on",
            asks="licensing.conditions.queries.waiting.is_to_be_met",
            page="send_evidence",
            args=("licence.number", "reference"),
            missed=_("We may find that you failed the condition. Your licence can be suspended or revoked for that."),
        ),
        pending_wait(
            "judging",
            {ConditionStatus.OPEN},
            _("We check the evidence that you sent for a condition"),
            Pending.AUTHORITY,
            organisation="licence.organisation",
            asks="licensing.conditions.queries.waiting.is_with_us",
            page="send_evidence",
            args=("licence.number", "reference"),
        ),
        staff_wait(
            "judge",
            {ConditionStatus.OPEN},
            _("Check the evidence, or decide on a condition that is overdue"),
            "licensing.propose_decision",
            organisation="licence.organisation",
            asks="licensing.conditions.queries.waiting.is_to_be_judged",
            page="staff_licence",
            args=("licence.number",),
            seen_with="registry.view_licences",
        ),
    )

    reference = models.CharField(max_length=20, unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="conditions")
    status = models.CharField(max_length=20, choices=ConditionStatus, default=CONDITION.first)
    standard = models.CharField(max_length=10)
    requirement = models.TextField()
    due_on = models.DateField()
    imposed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="condition_closed_has_date",
                condition=Q(status="open", closed_on=None) | (~Q(status="open") & Q(closed_on__isnull=False)),
            )
        ]
        indexes = [
            models.Index(name="condition_by_status", fields=["status", "due_on", "id"]),
            models.Index(name="condition_by_day", fields=["due_on", "id"]),
            models.Index(name="condition_by_standard", fields=["standard", "due_on", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.standard}"
