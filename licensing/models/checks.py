"""What is asked of other authorities about an application, or about what a holder says has changed."""

from datetime import date

from django.db import models
from django.db.models import Q

from licensing.models.applications import Application
from licensing.models.holding import Change
from licensing.states import CheckResult
from registry.models import User


class Check(models.Model):
    """One question put to one authority about one subject, and its reply. The restriction travels with the reply."""

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="checks")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(max_length=60, help_text="of the check in the pack")
    subject = models.CharField(max_length=200)
    person = models.ForeignKey(
        "registry.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    sent_on = models.DateField()
    due_on = models.DateField()
    result = models.CharField(max_length=20, choices=CheckResult, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    handling = models.JSONField(default=dict, help_text="may_be_shown_to_subject, may_be_passed_on, note")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_is_about_one_case",
                condition=Q(application__isnull=False, change=None) | Q(application=None, change__isnull=False),
            ),
            models.CheckConstraint(
                name="check_result_has_recorder",
                condition=Q(result="", recorded_by=None) | (~Q(result="") & Q(recorded_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="check_adverse_has_evidence", condition=~Q(result="adverse") | Q(evidence__gt="")
            ),
        ]
        indexes = [models.Index(name="check_of_case", fields=["application", "result", "due_on"])]

    def __str__(self) -> str:
        return f"{self.case} {self.code}: {self.subject}"

    @property
    def case(self) -> Application | Change:
        case = self.application or self.change
        assert case is not None, "a constraint keeps that a check is about one case"
        return case

    def is_overdue(self, day: date) -> bool:
        return not self.result and self.due_on < day
